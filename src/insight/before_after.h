#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "insight/day_counts.h"

namespace testigo::insight {

// Net sentiment in the days before a date beside that in as many days from it on.
struct Shift {
  DayRange before, after;
  std::int64_t mentions_before = 0;  // classified
  std::int64_t mentions_after = 0;
  std::optional<Estimate> net_before;
  std::optional<Estimate> net_after;
  std::optional<Estimate> change;  // difference(); empty where a side has no mention
  // Of a permutation test: how often the days, shuffled, differ as much between the two sides.
  std::optional<double> p;
  bool small = false;   // a side is under small_sample: show greyed
  bool tested = false;  // both sides have least_tested or more
};
// A permutation test holds its level however few there are; under this it cannot find anything.
inline constexpr std::int64_t least_tested = 10;

enum class Effect : std::uint8_t {
  none,             // no change that chance does not make
  changed,          // it changed at the date, and did not at the placebo date
  changed_earlier,  // it changed at the date, and at the placebo date too: it was moving already
};

// What a dated event did to a theme.
struct BeforeAfter {
  std::optional<std::string> theme;  // empty: all mentions
  Shift shift;
  // The same about a date at which nothing happened: as many days earlier as `shift` looks at, so
  // that its days after are the other's days before.
  Shift placebo;
  std::optional<double> adjusted_p;  // false_discovery() among the themes that are tested
  Effect effect = Effect::none;
};

// All mentions first, then the themes with a mention about the date, by adjusted p, then by name.
// `rows` are those of `v_daily`, `themes` those of `v_split_daily`, both from date − 2·days to date
// + days − 1. Themes × shuffles × days.
[[nodiscard]] std::vector<BeforeAfter> before_and_after(std::span<const DailyRollup> rows,
                                                        std::span<const DayTotals> themes, Day date,
                                                        int days);
inline constexpr std::int64_t shift_shuffles = 1'999;

}  // namespace testigo::insight
