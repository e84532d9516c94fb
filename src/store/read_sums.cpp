#include "store/read_sums.h"

#include <optional>
#include <string>
#include <utility>

#include "store/connection.h"

namespace testigo::store {

namespace {

// No GROUP BY: sorting the window's rows would cost more than reading them.
BrandSums sums_of(Connection& c, const BrandId& brand, const RollupFilter& filter) {
  BrandSums sums;
  sums.brand = brand;
  const auto source = filter.source ? std::optional(filter.source->value) : std::nullopt;
  Rows rows = c.query(
      "SELECT sum(d.mentions), "
      "sum(d.mentions * (d.tag = 0)), sum(d.mentions * (d.tag = 1)), "
      "sum(d.mentions * (d.tag = 2)), sum(d.mentions * (d.tag = 3)), "
      "sum(d.mentions * (d.tag = 4)), "
      "sum(d.mentions * (d.polarity = 0)), sum(d.mentions * (d.polarity = 1)), "
      "sum(d.mentions * (d.polarity = 2)), sum(d.mentions * (d.polarity = 3)) "
      "FROM daily d WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND d.day >= coalesce(?3, -9e15) AND d.day < coalesce(?4, 9e15) "
      "AND (?2 IS NULL OR d.source = (SELECT id FROM source WHERE name = ?2))",
      brand.value, source, filter.since, filter.until);
  if (!rows.step()) return sums;
  int column = 0;
  sums.mentions = rows.integer(column);
  for (std::int64_t& count : sums.tags) count = rows.integer(++column);
  for (std::int64_t& count : sums.polarities) count = rows.integer(++column);
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
