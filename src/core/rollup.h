#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"
#include "core/verdict.h"

namespace testigo {

// How many gave one star, two, … five; halves count up: 3.5 is 4.
using StarCounts = std::array<std::int64_t, 5>;

// Counts of one brand × day × source × language × tag × polarity × stage: a row of `v_daily`.
// Copies, the brand's own replies and promotions are left out, as everywhere in shares (DESIGN §8).
// Rows add: any sum over rows is the rollup of a coarser cell.
struct DailyRollup {
  BrandId brand;
  Day day;            // in the configured zone: of posted_at, else of collected_at
  bool dated = true;  // false where posted_at was unknown
  SourceId source;
  std::string language = "und";
  std::optional<Tag> tag;            // empty: unclassified
  std::optional<Polarity> polarity;  // empty: unclassified
  std::optional<Stage> stage;
  std::int64_t mentions = 0;
  double score_sum = 0.0;   // of the classified
  double rating_sum = 0.0;  // in stars (core/post.h: stars), of the rated
  std::int64_t rated = 0;
  StarCounts stars{};                // of the rated
  std::optional<std::int64_t> hour;  // rows of `v_hourly` only: hours since 1970 in UTC

  friend bool operator==(const DailyRollup&, const DailyRollup&) = default;
};

// Sums of one brand's rollup rows over a window.
struct BrandSums {
  BrandId brand;
  std::int64_t mentions = 0;                 // unclassified included
  std::array<std::int64_t, 5> tags{};        // by Tag
  std::array<std::int64_t, 4> polarities{};  // by Polarity

  [[nodiscard]] std::int64_t count(Tag tag) const { return tags[static_cast<std::size_t>(tag)]; }
  [[nodiscard]] std::int64_t count(Polarity polarity) const {
    return polarities[static_cast<std::size_t>(polarity)];
  }
  friend bool operator==(const BrandSums&, const BrandSums&) = default;
};

// Of one brand over a window: the mentions with one value of an axis, by polarity. For facets
// (service moments, steps of the service cycle) the polarity is that of their own clause.
struct MomentSums {
  std::string value;                         // "zmot"; empty: none
  std::int64_t mentions = 0;                 // unclassified included
  std::array<std::int64_t, 4> polarities{};  // by Polarity

  friend bool operator==(const MomentSums&, const MomentSums&) = default;
};

// What one run saw of one source for one brand: a row of `v_coverage`. Counts of requests.
struct CoverageCounts {
  std::int64_t run = 0;
  BrandId brand;
  SourceId source;
  std::int64_t asked = 0;            // requests sent
  std::int64_t allowed = 0;          // robots.txt let them be asked
  std::int64_t blocked = 0;          // robots.txt did not, or the answer was 401, 403 or a wall
  std::int64_t refused_by_page = 0;  // noindex or noarchive on the page itself
  std::int64_t capped = 0;           // left for another run by a limit of this one
  std::int64_t failed = 0;           // given up
  std::int64_t empty = 0;            // answered, but held no post
  std::int64_t unchanged = 0;        // 304, or the same bytes
  std::int64_t items = 0;            // in the lists of the answers that were read
  std::int64_t left_out = 0;         // of them, not stored because the source drifted
  // Why requests were blocked, capped or failed, in the words of the ledger: "robots", "http 403",
  // "bot wall", "max_pages", "dns", "timeout", "http 500"; and where their answers drifted.
  std::map<std::string, std::int64_t> reasons;

  friend bool operator==(const CoverageCounts&, const CoverageCounts&) = default;
};

}  // namespace testigo
