#include "store/read_themes.h"

#include <map>
#include <string>
#include <utility>

#include "store/read_splits.h"

namespace testigo::store {

Result<std::vector<ThemeSums>> theme_sums(Store& store, const RollupFilter& filter) {
  std::vector<ThemeSums> found;
  if (!filter.brand) return found;
  const auto days = split_days(store, KeptSplit::theme, filter);
  if (!days) return fail(days.error());
  std::map<std::string_view, ThemeSums> sums;
  for (const DayTotals& day : *days) {
    ThemeSums& sum = sums[day.value];
    sum.mentions += day.mentions;
    for (std::size_t i = 0; i < sum.polarities.size(); ++i) sum.polarities[i] += day.polarities[i];
  }
  for (auto& [theme, sum] : sums) {
    sum.theme = theme;
    found.push_back(std::move(sum));
  }
  return found;
}

}  // namespace testigo::store
