#include "insight/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace testigo::insight {
namespace {

constexpr double least_stars = 1.0;
constexpr double most_stars = 5.0;

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

namespace {

// Of shares that are 0 or 1, whose estimates vary by nothing.
Interval interval_of_one_voice(double net, const Estimate& positive, const Estimate& negative) {
  const double down =
      std::hypot(positive.value - positive.interval.low, negative.interval.high - negative.value);
  const double up =
      std::hypot(positive.interval.high - positive.value, negative.value - negative.interval.low);
  return {std::max(-1.0, net - down), std::min(1.0, net + up)};
}

}  // namespace

std::optional<Estimate> net_sentiment(std::int64_t positive, std::int64_t negative,
                                      std::int64_t classified, double z) {
  assert(positive >= 0 && negative >= 0 && positive + negative <= classified &&
         "positive and negative are parts of the classified");
  if (classified <= 0) return std::nullopt;
  const auto n = static_cast<double>(classified);
  const double p = static_cast<double>(positive) / n;
  const double q = static_cast<double>(negative) / n;
  const double net = p - q;
  if (positive == classified || negative == classified || positive + negative == 0)
    return Estimate{net, interval_of_one_voice(net, *share(positive, classified, z),
                                               *share(negative, classified, z))};
  // The variance cannot be negative; rounding can.
  const double half = z * std::sqrt(std::max(0.0, p + q - net * net) / n);
  return Estimate{net, {std::max(-1.0, net - half), std::min(1.0, net + half)}};
}

namespace {

constexpr double half_a_rating = 0.5;  // of each star: Jeffreys' prior

// Of whole stars about their own mean, with so many of each added.
double variance_of(const StarCounts& stars, double added) {
  double n = 0.0, sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < stars.size(); ++i) {
    const auto star = static_cast<double>(i + 1);
    const double count = static_cast<double>(stars[i]) + added;
    n += count;
    sum += star * count;
    squares += star * star * count;
  }
  return std::max(0.0, (squares - sum * sum / n) / (n - 1.0));
}

}  // namespace

std::optional<Estimate> mean_rating(double rating_sum, const StarCounts& stars, double z) {
  const auto rated = std::accumulate(stars.begin(), stars.end(), std::int64_t{0});
  if (rated <= 0) return std::nullopt;
  const auto n = static_cast<double>(rated);
  const double mean = std::clamp(rating_sum / n, least_stars, most_stars);
  if (rated == 1) return Estimate{mean, {least_stars, most_stars}};
  const bool alike = std::find(stars.begin(), stars.end(), rated) != stars.end();
  const double half = z * std::sqrt(variance_of(stars, alike ? half_a_rating : 0.0) / n);
  return Estimate{mean, {std::max(least_stars, mean - half), std::min(most_stars, mean + half)}};
}

Estimate difference(const Estimate& now, const Estimate& before) {
  const double value = now.value - before.value;
  const double half = std::hypot(half_width(now), half_width(before));
  return {value, {value - half, value + half}};
}

double two_sided_p(const Estimate& difference, double z) {
  const double half = half_width(difference);
  if (half <= 0.0) return difference.value == 0.0 ? 1.0 : 0.0;
  return std::erfc(std::abs(difference.value) * z / half / std::sqrt(2.0));
}

std::vector<double> false_discovery(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
  std::vector<double> adjusted(p.size());
  double least = 1.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto rank = static_cast<double>(p.size() - i);
    least = std::min(least, p[order[i]] * static_cast<double>(p.size()) / rank);
    adjusted[order[i]] = least;
  }
  return adjusted;
}

}  // namespace testigo::insight
