#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "insight/day_counts.h"
#include "insight/quote.h"

namespace testigo::insight {

// A day from which on net sentiment is another.
struct ChangePoint {
  DayRange before;  // up to the change before, or the window's begin
  DayRange after;   // from this change on: `after.first` is its day
  Estimate net_before;
  Estimate net_after;
  Estimate change;  // difference()
  double p = 1.0;   // of the permutation test that found it
};

// Where net sentiment changed, in order of time. Seeded binary segmentation (Kovács, Bühlmann, Li &
// Munk 2023) with a permutation test at each step (Matteson & James 2014): over intervals of all
// lengths that overlap by half, the one cut is taken whose multinomial likelihood ratio of
// positive, negative and other is greatest; it stands if fewer than 1 in 20 orders of the days,
// drawn at random, have one as great; then both sides are searched. Cuts beside which the interval
// of the change of net sentiment has zero in it (other mentions became more or fewer) are taken
// back, the least sure first. Whole days are shuffled, so a day on which everybody says the same is
// one event. Both sides of a cut have at least small_sample classified. Beyond most_days days, weeks
// are taken in their place. Days × log days × shuffles × cuts.
[[nodiscard]] std::vector<ChangePoint> change_points(std::span<const DayCounts> days);
inline constexpr std::size_t most_days = 400;
inline constexpr std::int64_t change_shuffles = 999;

// A theme that moved net sentiment the way it went.
struct Driver {
  std::string theme;
  double before = 0.0;  // (its positive − negative clauses) / classified mentions
  double after = 0.0;

  friend bool operator==(const Driver&, const Driver&) = default;
};

// Themes by how far they moved it, most first, most_drivers at most. `themes` are those of
// `v_split_daily`.
[[nodiscard]] std::vector<Driver> drivers_of(const ChangePoint& change,
                                             std::span<const DayCounts> days,
                                             std::span<const DayTotals> themes);
inline constexpr std::size_t most_drivers = 3;

// A change with what explains it.
struct ExplainedChange {
  ChangePoint point;
  std::vector<Driver> drivers;
  std::vector<Quote> quotes;  // their text is the sentence that weighs most
};

}  // namespace testigo::insight
