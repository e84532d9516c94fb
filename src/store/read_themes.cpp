#include "store/read_themes.h"

#include <map>
#include <string>
#include <utility>

#include "store/connection.h"

namespace testigo::store {

namespace {

using Sums = std::map<std::string, ThemeSums, std::less<>>;

void add(Sums& sums, std::string_view theme, std::int64_t polarity, std::int64_t mentions) {
  auto known = sums.find(theme);
  if (known == sums.end()) known = sums.emplace(std::string(theme), ThemeSums{}).first;
  known->second.mentions += mentions;
  if (polarity >= 0) known->second.polarities[static_cast<std::size_t>(polarity)] += mentions;
}

// No GROUP BY: sorting the window's rows would cost more than reading them.
Result<Sums> of_all_sources(Store& store, const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  Sums sums;
  {
    Rows rows = c.query(
        "SELECT d.theme, d.polarity, d.mentions FROM theme_day d "
        "WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
        "AND d.day >= coalesce(?2, -9e15) AND d.day < coalesce(?3, 9e15)",
        filter.brand->value, filter.since, filter.until);
    while (rows.step()) add(sums, rows.text(0), rows.integer(1), rows.integer(2));
  }
  return snapshot.result(std::move(sums));
}

Result<Sums> of_source(Store& store, const RollupFilter& filter) {
  auto days = theme_days(store, filter);
  if (!days) return fail(std::move(days).error());
  Sums sums;
  for (const DailyRollup& day : *days)
    add(sums, *day.theme, day.polarity ? static_cast<std::int64_t>(*day.polarity) : -1,
        day.mentions);
  return sums;
}

}  // namespace

Result<std::vector<ThemeSums>> theme_sums(Store& store, const RollupFilter& filter) {
  std::vector<ThemeSums> found;
  if (!filter.brand) return found;
  auto sums = filter.source ? of_source(store, filter) : of_all_sources(store, filter);
  if (!sums) return fail(std::move(sums).error());
  for (auto& [theme, one] : *sums) {
    one.theme = theme;
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace testigo::store
