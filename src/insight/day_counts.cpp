#include "insight/day_counts.h"

namespace testigo::insight {
namespace {

std::vector<DayCounts> empty_days(const DayRange& window) {
  std::vector<DayCounts> days(static_cast<std::size_t>(days_in(window)));
  for (std::size_t i = 0; i < days.size(); ++i)
    days[i].day.days = window.first.days + std::chrono::days(i);
  return days;
}

// Where a day of the window stands among them; none outside of it.
DayCounts* find(std::vector<DayCounts>& days, Day day) {
  if (days.empty() || day < days.front().day || days.back().day < day) return nullptr;
  return &days[static_cast<std::size_t>((day.days - days.front().day.days).count())];
}

}  // namespace

std::optional<Estimate> net_of(const DayCounts& counts) {
  return net_sentiment(counts.positive, counts.negative, counts.classified);
}

std::vector<DayCounts> counts_by_day(std::span<const DailyRollup> rows, const DayRange& window) {
  std::vector<DayCounts> days = empty_days(window);
  for (const DailyRollup& row : rows) {
    DayCounts* const day = find(days, row.day);
    if (day == nullptr || !row.polarity) continue;
    if (*row.polarity == Polarity::positive) day->positive += row.mentions;
    if (*row.polarity == Polarity::negative) day->negative += row.mentions;
    day->classified += row.mentions;
  }
  return days;
}

std::vector<DayCounts> counts_by_day(std::span<const DayTotals> rows, std::string_view value,
                                     const DayRange& window) {
  std::vector<DayCounts> days = empty_days(window);
  for (const DayTotals& row : rows) {
    DayCounts* const day = find(days, row.day);
    if (day == nullptr || row.value != value) continue;
    day->positive += row.count(Polarity::positive);
    day->negative += row.count(Polarity::negative);
    day->classified += row.classified();
  }
  return days;
}

}  // namespace testigo::insight
