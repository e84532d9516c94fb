#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/verdict.h"
#include "insight/statistics.h"

namespace testigo::insight {

inline constexpr std::size_t tag_count = 5;

// The mentions that the rules gave one tag, and what persons said of a random sample of them.
struct AuditStratum {
  Tag tag = Tag::other;
  std::int64_t mentions = 0;
  std::array<std::int64_t, tag_count> labels{};  // by what the person said

  [[nodiscard]] std::int64_t labelled() const;
};

// A rate with the variance of its estimate.
struct Rate {
  double value = 0.0;
  double variance = 0.0;

  friend bool operator==(const Rate&, const Rate&) = default;
};

// How far the rules' tag is to be believed. Every stratum speaks for all its mentions, so that the
// rates are those of the whole, however many of each tag were looked at (Cochran 1977 §5A.2).
struct TagAccuracy {
  Tag tag = Tag::other;
  std::int64_t mentions = 0;  // that the rules gave it
  std::int64_t labelled = 0;  // of these

  // Of those tagged so, the share that a person tags so: Wilson's interval.
  std::optional<Estimate> precision;
  // Of those that a person tags so (estimated over all strata), the share that the rules tag so.
  std::optional<Estimate> recall;
  // For corrections: recall, and of those that a person does not tag so, the share that the rules
  // do not either. Variances by the delta method, with (k + ½)/(n + 1) for shares of 0 and 1.
  std::optional<Rate> sensitivity, specificity;
};

// One for each tag that has a stratum, in the order of tags. A stratum without labels makes recall
// unknown for all, unless it has no mentions.
[[nodiscard]] std::vector<TagAccuracy> tag_accuracy(std::span<const AuditStratum> strata);

// The share that a person would find where the rules found `count` of `of`: Rogan and Gladen 1978,
// π = (p + sp − 1)/(se + sp − 1), with variance (p(1 − p)/N + π²·var(se) + (1 − π)²·var(sp)) /
// (se + sp − 1)², interval ± z·√variance, both held within [0, 1]. Empty where `of` is 0, the rates
// are unknown, or the rules tell no better than chance (se + sp ≤ 1).
[[nodiscard]] std::optional<Estimate> corrected_share(std::int64_t count, std::int64_t of,
                                                      const TagAccuracy& accuracy, double z = z95);

// What was tagged of several groups, and corrected by the same formula each: which part of all that
// a person would have tagged so lies in each of them. The groups' estimates are taken for
// independent. Empty where a group's share cannot be corrected, or there is nothing in any.
struct TaggedCount {
  std::int64_t count = 0;  // with the tag
  std::int64_t of = 0;     // with any
};
[[nodiscard]] std::vector<std::optional<Estimate>> corrected_parts(
    std::span<const TaggedCount> groups, const TagAccuracy& accuracy, double z = z95);

}  // namespace testigo::insight
