#pragma once

#include <cstdint>
#include <vector>

#include "core/day_totals.h"
#include "store/read.h"

namespace testigo::store {

// What a brand's days are kept told apart by: the numbers of split_day.
enum class KeptSplit : std::uint8_t { source, language, stage, theme };

// The totals of each brand's days and values, in order of brand and day: for charts of a split,
// about as many rows as there are points to draw. A theme has no rows where nobody spoke of it. Of
// one source the rows are finer, and themes are counted from the mentions of these days.
[[nodiscard]] Result<std::vector<DayTotals>> split_days(Store& store, KeptSplit split,
                                                        const RollupFilter& filter);

}  // namespace testigo::store
