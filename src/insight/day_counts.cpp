#include "insight/day_counts.h"

namespace testigo::insight {

std::optional<Estimate> net_of(const DayCounts& counts) {
  return net_sentiment(counts.positive, counts.negative, counts.classified);
}

std::vector<DayCounts> counts_by_day(std::span<const DailyRollup> rows, const DayRange& window,
                                     const std::optional<std::string>& theme) {
  std::vector<DayCounts> counts(static_cast<std::size_t>(days_in(window)));
  for (std::size_t i = 0; i < counts.size(); ++i)
    counts[i].day.days = window.first.days + std::chrono::days(i);
  for (const DailyRollup& row : rows) {
    if (row.day < window.first || window.last < row.day || !row.polarity) continue;
    if (theme && row.theme != theme) continue;
    DayCounts& day = counts[static_cast<std::size_t>((row.day.days - window.first.days).count())];
    if (*row.polarity == Polarity::positive) day.positive += row.mentions;
    if (*row.polarity == Polarity::negative) day.negative += row.mentions;
    day.classified += row.mentions;
  }
  return counts;
}

}  // namespace testigo::insight
