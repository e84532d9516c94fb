#include "store/read_themes.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "store/connection.h"

namespace testigo::store {

Result<std::vector<ThemeSums>> theme_sums(Store& store, const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const std::string brand = filter.brand ? filter.brand->value : std::string();
  const auto source = filter.source ? std::optional(filter.source->value) : std::nullopt;
  std::map<std::string, ThemeSums, std::less<>> sums;
  {
    // No GROUP BY: sorting the window's rows would cost more than reading them.
    Rows rows = c.query(
        "SELECT d.theme, d.polarity, d.mentions FROM theme_daily d "
        "WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
        "AND (?2 IS NULL OR d.source = (SELECT id FROM source WHERE name = ?2)) "
        "AND d.day >= coalesce(?3, -9e15) AND d.day < coalesce(?4, 9e15)",
        brand, source, filter.since, filter.until);
    while (rows.step()) {
      auto known = sums.find(rows.text(0));
      if (known == sums.end()) known = sums.emplace(std::string(rows.text(0)), ThemeSums{}).first;
      ThemeSums& one = known->second;
      one.mentions += rows.integer(2);
      if (const std::int64_t polarity = rows.integer(1); polarity >= 0)
        one.polarities[static_cast<std::size_t>(polarity)] += rows.integer(2);
    }
  }
  std::vector<ThemeSums> found;
  for (auto& [theme, one] : sums) {
    one.theme = theme;
    found.push_back(std::move(one));
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
