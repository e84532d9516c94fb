#include "store/read_sums.h"

#include <optional>
#include <string>
#include <utility>

#include "store/connection.h"

namespace testigo::store {

namespace {

// Adds rows up here: with GROUP BY, or with a sum for each tag, SQLite would take several times as
// long.
BrandSums sums_of(Connection& c, const BrandId& brand, const RollupFilter& filter) {
  BrandSums sums;
  sums.brand = brand;
  Rows rows = filter.source ? c.query(
                                  "SELECT d.tag, d.polarity, d.mentions FROM daily d "
                                  "WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
                                  "AND d.source = (SELECT id FROM source WHERE name = ?4) "
                                  "AND d.day >= coalesce(?2, -9e15) AND d.day < coalesce(?3, 9e15)",
                                  brand.value, filter.since, filter.until, filter.source->value)
                            : c.query(
                                  "SELECT d.tag, d.polarity, d.mentions FROM brand_day d "
                                  "WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
                                  "AND d.day >= coalesce(?2, -9e15) AND d.day < coalesce(?3, 9e15)",
                                  brand.value, filter.since, filter.until);
  while (rows.step()) {
    const std::int64_t tag = rows.integer(0);
    const std::int64_t polarity = rows.integer(1);
    const std::int64_t mentions = rows.integer(2);
    sums.mentions += mentions;
    if (tag >= 0) sums.tags[static_cast<std::size_t>(tag)] += mentions;
    if (polarity >= 0) sums.polarities[static_cast<std::size_t>(polarity)] += mentions;
  }
  return sums;
}

}  // namespace

Result<std::vector<BrandSums>> brand_sums(Store& store, const std::vector<BrandId>& brands,
                                          const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<BrandSums> found;
  for (const BrandId& brand : brands) found.push_back(sums_of(c, brand, filter));
  return snapshot.result(std::move(found));
}

Result<std::vector<BrandId>> stored_brands(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<BrandId> found;
  {
    Rows rows = c.query(
        "SELECT b.name FROM brand b WHERE EXISTS (SELECT 1 FROM mention m WHERE m.brand = b.id) "
        "ORDER BY b.name");
    while (rows.step()) found.emplace_back(std::string(rows.text(0)));
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
