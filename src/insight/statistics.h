#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/rollup.h"

namespace testigo::insight {

// Two-sided 95 %: the quantile of the normal distribution at 0.975.
inline constexpr double z95 = 1.959963984540054;

// Under this many classified mentions a figure is shown greyed: the intervals are then wide and the
// normal approximation behind the one of net sentiment is poor (DESIGN §8).
inline constexpr std::int64_t small_sample = 30;

struct Interval {
  double low = 0.0;
  double high = 0.0;

  friend bool operator==(const Interval&, const Interval&) = default;
};

// A value with its 95 % interval.
struct Estimate {
  double value = 0.0;
  Interval interval;

  friend bool operator==(const Estimate&, const Estimate&) = default;
};

// Share: count / of, in [0, 1], with Wilson's score interval (Wilson 1927; Brown, Cai, DasGupta
// 2001 recommend it for small N): centre (k + z²/2)/(N + z²), half width
// z·√(k(N − k)/N + z²/4)/(N + z²). Empty where `of` is 0. `count` must be in [0, of].
[[nodiscard]] std::optional<Estimate> share(std::int64_t count, std::int64_t of, double z = z95);

// Net sentiment: (positive − negative) / all classified, neutral and mixed included, in [-1, 1],
// with interval ± z·√((p + n − (p − n)²)/N) held within [-1, 1]; p and n are the shares. The
// interval is that of the mean of N draws from {+1, 0, −1}. Where all N say the same that would be
// no width at all, however few they are; there it is made of Wilson's bounds of both shares
// (Newcombe 1998, method 10; Zou & Donner 2008): net − √((p − p_low)² + (n_high − n)²) and
// net + √((p_high − p)² + (n − n_low)²). Empty where `classified` is 0.
[[nodiscard]] std::optional<Estimate> net_sentiment(std::int64_t positive, std::int64_t negative,
                                                    std::int64_t classified, double z = z95);

// Mean rating: sum of stars / rated, with interval ± z·s/√N held within [1, 5]; s² is the variance
// of the whole stars about their own mean over N − 1; where all stars are the same, with half a
// rating of each star added. Empty where nothing is rated; of one rating the interval is all of
// [1, 5].
[[nodiscard]] std::optional<Estimate> mean_rating(double rating_sum, const StarCounts& stars,
                                                  double z = z95);

// now − before, with the interval of a difference of independent estimates: half widths add in
// quadrature. Each half width is the larger side of its interval.
[[nodiscard]] Estimate difference(const Estimate& now, const Estimate& before);

// How likely a difference at least as far from 0 is by chance where there is none: two-sided, from
// the normal distribution, the standard error being half the interval / z.
[[nodiscard]] double two_sided_p(const Estimate& difference, double z = z95);

// Adjusted p-values in the order given (Benjamini & Hochberg 1995): of those at most 0.05, 1 in 20
// is expected to be chance.
[[nodiscard]] std::vector<double> false_discovery(std::span<const double> p);
inline constexpr double level = 0.05;

}  // namespace testigo::insight
