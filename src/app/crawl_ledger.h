#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "app/crawl_plan.h"
#include "core/page.h"
#include "core/rollup.h"

namespace testigo::app {

// An empty line of the ledger for a watch's brand and source.
[[nodiscard]] CoverageCounts ledger_line(const PlannedWatch& watch);

// The line of a request that brought nothing: refused by robots (never asked), by the server or by
// a wall, or failed. `why` is the reason's name in the ledger.
[[nodiscard]] CoverageCounts without_answer(const PlannedWatch& watch, FetchStatus status,
                                            const std::string& why);

// Requests that wait for another run, and what stopped this one.
[[nodiscard]] CoverageCounts left_over(const PlannedWatch& watch, std::int64_t requests,
                                       const std::string& why);

}  // namespace testigo::app
