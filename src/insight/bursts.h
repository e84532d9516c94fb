#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"
#include "insight/quote.h"

namespace testigo::insight {

// A post of advocacy, as far as it may be one of many of a kind.
struct AdvocacyPost {
  Quote quote;
  std::string author;  // pseudonym; of a post without one something of its own
  UtcTime at{};
  std::vector<std::string> terms;  // stems of its words that carry meaning, sorted, each once
  bool counted = true;             // in shares: it is no copy
  bool positive = true;            // its polarity
};

// Advocacy that looks alike, by authors who were not seen before, within a few days.
struct Burst {
  std::vector<std::size_t> posts;  // of those given, by time
  std::int64_t authors = 0;
  std::int64_t sources = 0;
  std::int64_t counted = 0;   // posts that shares count
  std::int64_t positive = 0;  // of these
  double expected = 0.0;      // of such posts in as many days, by the brand's own baseline
  double p = 1.0;             // of as many by chance, over all spans of the time looked at
};

// Shared terms over all terms of two sorted lists that are not both empty (Jaccard).
[[nodiscard]] double shared_part(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b);

// Bursts that chance does not make, by p, then by time. Look-alikes are posts of least_terms terms
// or more whose terms are the same by half (Jaccard ≥ 0.5) and which lie within burst_span; what
// they join is a group. Only the first post of an author counts. A burst is the fullest span of a
// group, with least_burst posts or more by as many authors. Baseline: expected = (look-alikes of
// the other groups + 1) / spans in `days`; p is Poisson's tail times the spans, at most `level`.
// `posts` are by time and should reach over `days`, some months, so that who is new is known. Posts
// within a span × each other.
[[nodiscard]] std::vector<Burst> bursts_of(std::span<const AdvocacyPost> posts, std::int64_t days);
inline constexpr std::chrono::days burst_span{7};
inline constexpr std::size_t least_terms = 5;  // shorter praise is alike by itself
inline constexpr double least_likeness = 0.5;
inline constexpr std::size_t least_burst = 3;

// A post that others repeat.
struct Syndicated {
  Quote original;
  std::int64_t copies = 0;   // in the window, of this brand
  std::int64_t sources = 0;  // they stand in
  UtcTime first{}, last{};   // of the copies

  friend bool operator==(const Syndicated&, const Syndicated&) = default;
};

}  // namespace testigo::insight
