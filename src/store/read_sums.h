#pragma once

#include <vector>

#include "core/result.h"
#include "core/rollup.h"
#include "store/read.h"

namespace testigo::store {

// Sums over the rollup rows of each brand: `filter.brand` is passed over, its other fields hold for
// all. One entry for each of `brands`, in their order. Time grows with the days of the window, of
// one source also with its cells, not with its mentions.
[[nodiscard]] Result<std::vector<BrandSums>> brand_sums(Store& store,
                                                        const std::vector<BrandId>& brands,
                                                        const RollupFilter& filter);

// Every brand that has a mention, by name: for a store without a configuration.
[[nodiscard]] Result<std::vector<BrandId>> stored_brands(Store& store);

}  // namespace testigo::store
