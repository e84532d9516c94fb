#include <algorithm>
#include <map>

#include "insight/trend.h"

namespace testigo::insight {
namespace {

std::size_t weekday_of(Day day) {
  return std::chrono::weekday(day.days).iso_encoding() - 1;  // Monday is 0
}

// Seen days within `days`, with what was said on them.
std::map<Day, std::int64_t> seen_in(std::span<const DayTotals> rows,
                                    std::span<const DayRange> covered, const DayRange& days) {
  std::map<Day, std::int64_t> seen;
  for (const DayRange& range : covered)
    for (Day day = std::max(range.first, days.first); day <= std::min(range.last, days.last);
         day.days += std::chrono::days(1))
      seen.try_emplace(day, 0);
  for (const DayTotals& row : rows)
    if (days.first <= row.day && row.day <= days.last) seen[row.day] += row.mentions;
  return seen;
}

}  // namespace

std::optional<WeekdayFactors> weekday_factors(std::span<const DayTotals> rows,
                                              std::span<const DayRange> covered,
                                              const DayRange& days) {
  const auto seen = seen_in(rows, covered, days);
  std::array<std::int64_t, 7> day_count{}, mentions{};
  std::int64_t all = 0;
  for (const auto& [day, count] : seen) {
    ++day_count[weekday_of(day)];
    mentions[weekday_of(day)] += count;
    all += count;
  }
  const auto seen_days = static_cast<std::int64_t>(seen.size());
  if (seen_days < least_weekday_days || all < least_weekday_mentions) return std::nullopt;
  const double mean = static_cast<double>(all) / static_cast<double>(seen_days);
  WeekdayFactors factors{};
  for (std::size_t i = 0; i < factors.size(); ++i)
    factors[i] =
        (static_cast<double>(mentions[i]) / mean + 1.0) / (static_cast<double>(day_count[i]) + 1.0);
  return factors;
}

void adjust_weekdays(std::span<Series> series, const WeekdayFactors& factors) {
  for (Series& one : series)
    for (Point& point : one.points)
      if (!point.gap && point.days.first == point.days.last)
        point.adjusted_mentions =
            static_cast<double>(point.mentions) / factors[weekday_of(point.days.first)];
}

}  // namespace testigo::insight
