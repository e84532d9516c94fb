#pragma once

#include <vector>

#include "core/result.h"
#include "core/theme_sums.h"
#include "store/read.h"

namespace testigo::store {

// A brand's mentions by theme, from its daily sums: time grows with the days and themes of the
// window, not with its mentions, but for those of one source, which are counted. By name.
// `filter.brand` must be given.
[[nodiscard]] Result<std::vector<ThemeSums>> theme_sums(Store& store, const RollupFilter& filter);

}  // namespace testigo::store
