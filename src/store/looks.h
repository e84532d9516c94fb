#pragma once

#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "store/read.h"

namespace testigo::store {

class Connection;

// What was said of a brand at a source from then until then (both included) was there to be read,
// and was. Looks that are less than a day apart become one, which touches the same days in any
// zone: a source that is crawled every hour has one row, one that is crawled daily a row a day.
// Names may be empty: any.
void add_look_within(Connection& c, const BrandId& brand, const SourceId& source, UtcTime from,
                     UtcTime to);

struct LookRow {
  std::optional<SourceId> source;  // empty: any
  UtcTime from{}, to{};
};
// Those that tell of this brand, source and days (in whatever zone), in order of source and time.
[[nodiscard]] Result<std::vector<LookRow>> looks(Store& store, const RollupFilter& filter);

}  // namespace testigo::store
