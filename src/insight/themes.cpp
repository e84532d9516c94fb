#include "insight/themes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace testigo::insight {
namespace {

Estimate growth_of(std::int64_t now, std::int64_t before) {
  const double a = static_cast<double>(now) + 1.0;
  const double b = static_cast<double>(before) + 1.0;
  const double spread = std::exp(z95 * std::sqrt(1.0 / a + 1.0 / b));
  return {a / b, {a / b / spread, a / b * spread}};
}

ThemeRank ranked(const ThemeSums& now, std::int64_t before, bool before_seen) {
  ThemeRank one;
  one.theme = now.theme;
  one.mentions = now.mentions;
  one.before = before;
  one.classified = std::accumulate(now.polarities.begin(), now.polarities.end(), std::int64_t{0});
  one.pain = share(now.count(Polarity::negative), one.classified);
  if (before_seen) one.growth = growth_of(now.mentions, before);
  one.rank = static_cast<double>(one.mentions) * (one.pain ? one.pain->value : 0.0) *
             (one.growth ? one.growth->value : 1.0);
  one.small = one.classified < small_sample;
  return one;
}

}  // namespace

std::vector<ThemeRank> rank_themes(std::span<const ThemeSums> now,
                                   std::span<const ThemeSums> before, bool before_seen) {
  std::map<std::string, std::int64_t> counts_before;
  for (const ThemeSums& one : before) counts_before[one.theme] += one.mentions;
  std::vector<ThemeRank> themes;
  for (const ThemeSums& one : now) {
    const auto known = counts_before.find(one.theme);
    themes.push_back(ranked(one, known == counts_before.end() ? 0 : known->second, before_seen));
    if (known != counts_before.end()) counts_before.erase(known);
  }
  for (const auto& [theme, count] : counts_before)
    themes.push_back(ranked({theme, 0, {}}, count, before_seen));
  std::sort(themes.begin(), themes.end(), [](const ThemeRank& a, const ThemeRank& b) {
    return std::tuple(b.rank, b.mentions, a.theme) < std::tuple(a.rank, a.mentions, b.theme);
  });
  return themes;
}

}  // namespace testigo::insight
