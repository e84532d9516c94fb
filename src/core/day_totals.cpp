#include "core/day_totals.h"

#include <utility>

namespace testigo {

DayTotals totals_of(const DailyRollup& row, std::string value) {
  DayTotals one;
  one.day = row.day;
  one.hour = row.hour;
  one.value = std::move(value);
  one.mentions = row.mentions;
  if (row.tag) one.tags[static_cast<std::size_t>(*row.tag)] = row.mentions;
  if (row.polarity) {
    one.polarities[static_cast<std::size_t>(*row.polarity)] = row.mentions;
    one.score_sum = row.score_sum;
  }
  one.rating_sum = row.rating_sum;
  one.rated = row.rated;
  one.stars = row.stars;
  return one;
}

}  // namespace testigo
