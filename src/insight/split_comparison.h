#pragma once

#include <span>
#include <vector>

#include "insight/trend.h"

namespace testigo::insight {

// compare_periods() where each value was looked at by itself, as sources are: each has its own days
// that were seen.
[[nodiscard]] std::vector<SeriesChange> compare_split_periods(std::span<const DayTotals> rows,
                                                              const CoveredByValue& covered,
                                                              const TrendOptions& options);

}  // namespace testigo::insight
