#include "insight/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace testigo::insight {
namespace {

double half_width(const Estimate& estimate) {
  return std::max(estimate.value - estimate.interval.low, estimate.interval.high - estimate.value);
}

}  // namespace

std::optional<Estimate> share(std::int64_t count, std::int64_t of, double z) {
  assert(count >= 0 && count <= of && "a share is of a whole that contains it");
  if (of <= 0) return std::nullopt;
  const auto k = static_cast<double>(count);
  const auto n = static_cast<double>(of);
  const double centre = (k + z * z / 2.0) / (n + z * z);
  const double half = z * std::sqrt(k * (n - k) / n + z * z / 4.0) / (n + z * z);
  // At 0 and N one end is the value itself; rounding must not put it a hair beyond.
  const double value = k / n;
  return Estimate{value,
                  {std::clamp(centre - half, 0.0, value), std::clamp(centre + half, value, 1.0)}};
}

std::optional<Estimate> net_sentiment(std::int64_t positive, std::int64_t negative,
                                      std::int64_t classified, double z) {
  assert(positive >= 0 && negative >= 0 && positive + negative <= classified &&
         "positive and negative are parts of the classified");
  if (classified <= 0) return std::nullopt;
  const auto n = static_cast<double>(classified);
  const double p = static_cast<double>(positive) / n;
  const double q = static_cast<double>(negative) / n;
  const double net = p - q;
  // The variance cannot be negative; rounding can.
  const double half = z * std::sqrt(std::max(0.0, p + q - net * net) / n);
  return Estimate{net, {std::max(-1.0, net - half), std::min(1.0, net + half)}};
}

Estimate difference(const Estimate& now, const Estimate& before) {
  const double value = now.value - before.value;
  const double half = std::hypot(half_width(now), half_width(before));
  return {value, {value - half, value + half}};
}

}  // namespace testigo::insight
