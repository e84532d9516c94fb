#pragma once

#include <vector>

#include "core/result.h"
#include "core/rollup.h"
#include "core/verdict.h"
#include "store/read.h"

namespace testigo::store {

// A brand's mentions by stage and polarity, from its daily sums: time grows with the days of
// the window, of one source also with its cells, not with its mentions. In the order of Stage, those without one last;
// values that nothing has are left out.
[[nodiscard]] Result<std::vector<MomentSums>> stage_sums(Store& store, const RollupFilter& filter);

// The same by service moment (Axis::service) or step of the service cycle (Axis::cycle), and by
// degree. No sums are kept of these: the mentions of the window are read. Copies, the brand's own
// posts and advertisements are left out, as in the sums. By name; `filter.brand` must be given.
[[nodiscard]] Result<std::vector<MomentSums>> facet_sums(Store& store, const RollupFilter& filter,
                                                         Axis axis);
[[nodiscard]] Result<std::vector<MomentSums>> degree_sums(Store& store, const RollupFilter& filter);

}  // namespace testigo::store
