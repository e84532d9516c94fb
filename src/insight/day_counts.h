#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/day_totals.h"
#include "core/rollup.h"
#include "insight/statistics.h"
#include "insight/trend.h"

namespace testigo::insight {

// What was said on a day, by polarity.
struct DayCounts {
  Day day;
  std::int64_t positive = 0;
  std::int64_t negative = 0;
  std::int64_t classified = 0;  // neutral and mixed included

  DayCounts& operator+=(const DayCounts& more) {  // of counts; the day stays
    positive += more.positive;
    negative += more.negative;
    classified += more.classified;
    return *this;
  }
  friend bool operator==(const DayCounts&, const DayCounts&) = default;
};

[[nodiscard]] std::optional<Estimate> net_of(const DayCounts& counts);

// The days of a window in order, none missing. Rows outside it are passed over.
[[nodiscard]] std::vector<DayCounts> counts_by_day(std::span<const DailyRollup> rows,
                                                   const DayRange& window);
// Of those rows that have this value.
[[nodiscard]] std::vector<DayCounts> counts_by_day(std::span<const DayTotals> rows,
                                                   std::string_view value, const DayRange& window);

}  // namespace testigo::insight
