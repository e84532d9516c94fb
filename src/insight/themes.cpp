#include "insight/themes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace testigo::insight {
namespace {

ThemeRank ranked(const ThemeSums& now, std::int64_t before, const std::optional<Estimate>& growth) {
  ThemeRank one;
  one.theme = now.theme;
  one.mentions = now.mentions;
  one.before = before;
  one.classified = std::accumulate(now.polarities.begin(), now.polarities.end(), std::int64_t{0});
  one.pain = share(now.count(Polarity::negative), one.classified);
  one.growth = growth;
  one.rank = static_cast<double>(one.mentions) * (one.pain ? one.pain->value : 0.0) *
             (one.growth ? one.growth->value : 1.0);
  one.small = one.classified < small_sample;
  return one;
}

}  // namespace

std::vector<ThemeRank> rank_themes(std::span<const ThemeSums> now,
                                   std::span<const ThemeSums> before, const Exposure& seen_now,
                                   const Exposure& seen_before) {
  std::map<std::string, std::int64_t> counts_before;
  for (const ThemeSums& one : before) counts_before[one.theme] += one.mentions;
  const auto growth_from = [&](std::int64_t count, std::int64_t count_before) {
    return growth(count, seen_now, count_before, seen_before);
  };
  std::vector<ThemeRank> themes;
  for (const ThemeSums& one : now) {
    const auto known = counts_before.find(one.theme);
    const std::int64_t count = known == counts_before.end() ? 0 : known->second;
    themes.push_back(ranked(one, count, growth_from(one.mentions, count)));
    if (known != counts_before.end()) counts_before.erase(known);
  }
  for (const auto& [theme, count] : counts_before)
    themes.push_back(ranked({theme, 0, {}}, count, growth_from(0, count)));
  std::sort(themes.begin(), themes.end(), [](const ThemeRank& a, const ThemeRank& b) {
    return std::tuple(b.rank, b.mentions, a.theme) < std::tuple(a.rank, a.mentions, b.theme);
  });
  return themes;
}

}  // namespace testigo::insight
