#pragma once

#include "core/ids.h"
#include "core/result.h"
#include "core/standing.h"
#include "store/read.h"

namespace testigo::store {

// Of the mentions that shares count. `filter.brand` is passed over. Reads the mentions of the
// window.
[[nodiscard]] Result<BrandStanding> brand_standing(Store& store, const BrandId& brand,
                                                   const RollupFilter& filter);

}  // namespace testigo::store
