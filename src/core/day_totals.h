#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/rollup.h"
#include "core/time.h"

namespace testigo {

// What was said on one day by mentions that share a value: of a source, a language, a stage, a
// theme. Tags and polarities are counted each by itself, not one by the other: a chart needs no
// more, and reads one row where rollups have a dozen.
struct DayTotals {
  Day day;            // as of DailyRollup
  std::string value;  // "" where nothing is told apart; "unclassified" for none
  std::int64_t mentions = 0;
  std::array<std::int64_t, 5> tags{};        // by Tag
  std::array<std::int64_t, 4> polarities{};  // by Polarity; of a theme, of its own clause
  double score_sum = 0.0;                    // of the classified
  double rating_sum = 0.0;                   // in stars, of the rated
  std::int64_t rated = 0;
  StarCounts stars{};                // of the rated
  std::optional<std::int64_t> hour;  // as of DailyRollup

  [[nodiscard]] std::int64_t count(Polarity polarity) const {
    return polarities[static_cast<std::size_t>(polarity)];
  }
  [[nodiscard]] std::int64_t classified() const {
    std::int64_t all = 0;
    for (const std::int64_t one : polarities) all += one;
    return all;
  }
  friend bool operator==(const DayTotals&, const DayTotals&) = default;
};

// Those of one rollup row.
[[nodiscard]] DayTotals totals_of(const DailyRollup& row, std::string value);

}  // namespace testigo
