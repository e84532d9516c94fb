#include "insight/survival.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace testigo::insight {
namespace {

Interval interval_of(double open, double greenwood) {
  if (open <= 0.0) return {0.0, 0.0};
  if (open >= 1.0) return {1.0, 1.0};
  const double log_open = std::log(open);
  const double half = z95 * std::sqrt(greenwood) / std::abs(log_open);
  return {std::pow(open, std::exp(half)), std::pow(open, std::exp(-half))};
}

}  // namespace

std::vector<SurvivalPoint> survival(std::span<const Spell> spells) {
  std::vector<Spell> sorted(spells.begin(), spells.end());
  std::sort(sorted.begin(), sorted.end(), [](const Spell& a, const Spell& b) {
    return std::tuple(a.days, b.ended) < std::tuple(b.days, a.ended);
  });
  std::vector<SurvivalPoint> curve;
  double open = 1.0;
  double greenwood = 0.0;
  for (std::size_t i = 0; i < sorted.size();) {
    const double days = sorted[i].days;
    SurvivalPoint point;
    point.days = days;
    point.at_risk = static_cast<std::int64_t>(sorted.size() - i);
    for (; i < sorted.size() && sorted[i].days == days; ++i)
      if (sorted[i].ended) ++point.ended;
    if (point.ended == 0) continue;
    const auto n = static_cast<double>(point.at_risk);
    const auto d = static_cast<double>(point.ended);
    open *= 1.0 - d / n;
    if (n > d) greenwood += d / (n * (n - d));
    point.open = open;
    point.interval = interval_of(open, greenwood);
    curve.push_back(point);
  }
  return curve;
}

SurvivalPoint at_days(std::span<const SurvivalPoint> curve, double days) {
  SurvivalPoint last;
  last.interval = {1.0, 1.0};
  for (const SurvivalPoint& point : curve)
    if (point.days <= days) last = point;
  return last;
}

std::optional<double> median_of(std::span<const SurvivalPoint> curve) {
  const auto half = std::find_if(curve.begin(), curve.end(),
                                 [](const SurvivalPoint& point) { return point.open <= 0.5; });
  return half == curve.end() ? std::nullopt : std::optional(half->days);
}

std::optional<double> quantile(std::span<const double> sorted, double part) {
  if (sorted.empty()) return std::nullopt;
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace testigo::insight
