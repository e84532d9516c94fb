#include "insight/audit.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace testigo::insight {
namespace {

// A count of mentions, estimated from a sample.
struct Total {
  double value = 0.0;
  double variance = 0.0;

  void add(double mentions, double share, double variance_of_share) {
    value += mentions * share;
    variance += mentions * mentions * variance_of_share;
  }
};

std::size_t index(Tag tag) { return static_cast<std::size_t>(tag); }

// part / (part + rest) of independent totals.
std::optional<Rate> rate_of(const Total& part, const Total& rest) {
  const double sum = part.value + rest.value;
  if (sum <= 0.0) return std::nullopt;
  const double variance =
      (rest.value * rest.value * part.variance + part.value * part.value * rest.variance) /
      (sum * sum * sum * sum);
  return Rate{part.value / sum, variance};
}

Estimate estimate_of(double value, double variance, double z) {
  const double half = z * std::sqrt(std::max(variance, 0.0));
  return {value, {std::clamp(value - half, 0.0, 1.0), std::clamp(value + half, 0.0, 1.0)}};
}

bool all_were_looked_at(std::span<const AuditStratum> strata) {
  return std::all_of(strata.begin(), strata.end(), [](const AuditStratum& stratum) {
    return stratum.mentions == 0 || stratum.labelled() > 0;
  });
}

void add_rates(TagAccuracy& of, std::span<const AuditStratum> strata) {
  // By what the rules and the person say: is it this tag?
  Total both, neither, rules_only, person_only;
  for (const AuditStratum& stratum : strata) {
    const double n = static_cast<double>(stratum.labelled());
    if (n == 0.0) continue;
    const double k = static_cast<double>(stratum.labels[index(of.tag)]);
    const double smooth = (k + 0.5) / (n + 1.0);
    const double variance = smooth * (1.0 - smooth) / n;
    const double mentions = static_cast<double>(stratum.mentions);
    const bool here = stratum.tag == of.tag;
    (here ? both : person_only).add(mentions, k / n, variance);
    (here ? rules_only : neither).add(mentions, 1.0 - k / n, variance);
  }
  of.sensitivity = rate_of(both, person_only);
  of.specificity = rate_of(neither, rules_only);
  if (of.sensitivity) of.recall = estimate_of(of.sensitivity->value, of.sensitivity->variance, z95);
}

// Rogan and Gladen 1978.
std::optional<Rate> corrected_rate(const TaggedCount& group, const TagAccuracy& accuracy) {
  if (group.of <= 0 || !accuracy.sensitivity || !accuracy.specificity) return std::nullopt;
  const Rate& se = *accuracy.sensitivity;
  const Rate& sp = *accuracy.specificity;
  const double youden = se.value + sp.value - 1.0;
  if (youden <= 0.0) return std::nullopt;
  const double n = static_cast<double>(group.of);
  const double p = static_cast<double>(group.count) / n;
  const double share = std::clamp((p + sp.value - 1.0) / youden, 0.0, 1.0);
  const double variance = (p * (1.0 - p) / n + share * share * se.variance +
                           (1.0 - share) * (1.0 - share) * sp.variance) /
                          (youden * youden);
  return Rate{share, variance};
}

}  // namespace

std::int64_t AuditStratum::labelled() const {
  return std::accumulate(labels.begin(), labels.end(), std::int64_t{0});
}

std::vector<TagAccuracy> tag_accuracy(std::span<const AuditStratum> strata) {
  std::vector<TagAccuracy> accuracy;
  const bool whole = all_were_looked_at(strata);
  for (const AuditStratum& stratum : strata) {
    TagAccuracy& one = accuracy.emplace_back();
    one.tag = stratum.tag;
    one.mentions = stratum.mentions;
    one.labelled = stratum.labelled();
    one.precision = share(stratum.labels[index(stratum.tag)], one.labelled);
    if (whole) add_rates(one, strata);
  }
  std::sort(accuracy.begin(), accuracy.end(),
            [](const TagAccuracy& a, const TagAccuracy& b) { return a.tag < b.tag; });
  return accuracy;
}

std::optional<Estimate> corrected_share(std::int64_t count, std::int64_t of,
                                        const TagAccuracy& accuracy, double z) {
  const auto rate = corrected_rate({count, of}, accuracy);
  if (!rate) return std::nullopt;
  return estimate_of(rate->value, rate->variance, z);
}

std::vector<std::optional<Estimate>> corrected_parts(std::span<const TaggedCount> groups,
                                                     const TagAccuracy& accuracy, double z) {
  Total all;
  std::vector<std::optional<Total>> totals;
  for (const TaggedCount& group : groups) {
    auto& total = totals.emplace_back();
    const auto rate = corrected_rate(group, accuracy);
    if (!rate) continue;
    total.emplace();
    total->add(static_cast<double>(group.of), rate->value, rate->variance);
    all.value += total->value;
    all.variance += total->variance;
  }
  std::vector<std::optional<Estimate>> parts;
  for (const auto& total : totals) {
    auto& part = parts.emplace_back();
    if (!total) continue;
    const Total rest{all.value - total->value, all.variance - total->variance};
    if (const auto rate = rate_of(*total, rest)) part = estimate_of(rate->value, rate->variance, z);
  }
  return parts;
}

}  // namespace testigo::insight
