#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "insight/statistics.h"

namespace testigo::insight {

// How long something was watched, and whether it came to its end within that time.
struct Spell {
  double days = 0.0;
  bool ended = false;
};

// A step of the survival curve: right after `days`, the share that is still open.
struct SurvivalPoint {
  double days = 0.0;
  std::int64_t at_risk = 0;  // open and watched right before
  std::int64_t ended = 0;    // at that time
  double open = 1.0;         // S(days), in [0, 1]
  Interval interval;         // 95 %
};

// Kaplan and Meier's product-limit estimate (1958): S(t) = Π (1 − ended / at risk) over the times
// up to t at which any ended; spells that were watched to t only count as at risk at t. Interval:
// Greenwood's variance on the scale of log(−log S), so that it stays in [0, 1] (Kalbfleisch &
// Prentice 1980); [0, 1]'s end where S is 0 or 1. One point for each time at which some ended, in
// order.
[[nodiscard]] std::vector<SurvivalPoint> survival(std::span<const Spell> spells);

// The share still open right after so many days, from a curve; all of them before its first point.
[[nodiscard]] SurvivalPoint at_days(std::span<const SurvivalPoint> curve, double days);

// The first time at which no more than half are open; empty where more than half stay open.
[[nodiscard]] std::optional<double> median_of(std::span<const SurvivalPoint> curve);

// The value under which a part of the sorted values lies, between two of them in proportion (type 7
// of Hyndman & Fan 1996). Empty without values.
[[nodiscard]] std::optional<double> quantile(std::span<const double> sorted, double part);

}  // namespace testigo::insight
