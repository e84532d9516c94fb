#include "insight/before_after.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "insight/permutation.h"

namespace testigo::insight {
namespace {

constexpr double rounding = 1e-12;  // two orders with the same sums may differ by so much

double net(const DayCounts& sums) {
  return static_cast<double>(sums.positive - sums.negative) / static_cast<double>(sums.classified);
}

// How far the two halves differ; none where one is empty.
std::optional<double> distance(std::span<const DayCounts> days) {
  DayCounts before, after;
  const std::size_t half = days.size() / 2;
  for (const DayCounts& day : days.first(half)) before += day;
  for (const DayCounts& day : days.subspan(half)) after += day;
  if (before.classified == 0 || after.classified == 0) return std::nullopt;
  return std::abs(net(after) - net(before));
}

std::optional<double> chance_of(std::vector<DayCounts> days) {
  const auto seen = distance(days);
  if (!seen) return std::nullopt;
  Shuffler shuffler;
  std::int64_t as_far = 0;
  for (std::int64_t i = 0; i < shift_shuffles; ++i) {
    shuffler.shuffle(std::span(days));
    const auto other = distance(days);
    // An order that leaves a side empty differs by nothing that could be told.
    if (other && *other >= *seen - rounding) ++as_far;
  }
  return permutation_p(as_far, shift_shuffles);
}

// The counts of some days.
using Counts = std::function<std::vector<DayCounts>(const DayRange& days)>;

Shift shift_at(const Counts& counts_of, Day date, int days) {
  const std::chrono::days length(days);
  Shift shift;
  shift.before = {{date.days - length}, {date.days - std::chrono::days(1)}};
  shift.after = {date, {date.days + length - std::chrono::days(1)}};
  auto counts = counts_of({shift.before.first, shift.after.last});
  DayCounts before, after;
  for (const DayCounts& day : counts) (day.day < date ? before : after) += day;
  shift.mentions_before = before.classified;
  shift.mentions_after = after.classified;
  shift.net_before = net_of(before);
  shift.net_after = net_of(after);
  if (shift.net_before && shift.net_after)
    shift.change = difference(*shift.net_after, *shift.net_before);
  shift.small = std::min(before.classified, after.classified) < small_sample;
  shift.p = chance_of(std::move(counts));
  shift.tested = shift.p && std::min(before.classified, after.classified) >= least_tested;
  return shift;
}

BeforeAfter about(const Counts& counts_of, std::optional<std::string> theme, Day date, int days) {
  BeforeAfter one;
  one.shift = shift_at(counts_of, date, days);
  one.placebo = shift_at(counts_of, Day{date.days - std::chrono::days(days)}, days);
  one.theme = std::move(theme);
  return one;
}

void judge(BeforeAfter& one, std::optional<double> adjusted) {
  one.adjusted_p = adjusted;
  if (!adjusted || *adjusted > level) return;
  const bool moved_before = one.placebo.p && *one.placebo.p <= level;
  one.effect = moved_before ? Effect::changed_earlier : Effect::changed;
}

void judge_themes(std::span<BeforeAfter> themes) {
  std::vector<double> p;
  for (const BeforeAfter& one : themes)
    if (one.shift.tested) p.push_back(*one.shift.p);
  const auto adjusted = false_discovery(p);
  auto next = adjusted.begin();
  for (BeforeAfter& one : themes)
    if (one.shift.tested) judge(one, *next++);
}

}  // namespace

std::vector<BeforeAfter> before_and_after(std::span<const DailyRollup> rows,
                                          std::span<const DayTotals> themes, Day date, int days) {
  const Counts of_all = [&](const DayRange& window) { return counts_by_day(rows, window); };
  std::vector<BeforeAfter> found = {about(of_all, std::nullopt, date, days)};
  if (found.front().shift.tested) judge(found.front(), found.front().shift.p);
  std::set<std::string> names;
  const std::chrono::days length(days);
  for (const DayTotals& row : themes)
    if (row.day.days >= date.days - length && row.day.days < date.days + length)
      names.insert(row.value);
  for (const std::string& name : names) {
    const Counts of_theme = [&](const DayRange& window) {
      return counts_by_day(themes, name, window);
    };
    found.push_back(about(of_theme, name, date, days));
  }
  judge_themes(std::span(found).subspan(1));
  std::stable_sort(found.begin() + 1, found.end(), [](const BeforeAfter& a, const BeforeAfter& b) {
    return a.adjusted_p.value_or(2.0) < b.adjusted_p.value_or(2.0);
  });
  return found;
}

}  // namespace testigo::insight
