#include "store/looks.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "store/connection.h"

namespace testigo::store {

namespace {

// Shorter than any day of any zone, so that no whole day lies between two looks.
constexpr std::chrono::hours apart{22};
constexpr std::chrono::hours zones{14};  // no zone is further from UTC

}  // namespace

void add_look_within(Connection& c, const BrandId& brand, const SourceId& source, UtcTime from,
                     UtcTime to) {
  const std::int64_t of_brand = brand.value.empty() ? 0 : c.brand_id(brand);
  const std::int64_t of_source = source.value.empty() ? 0 : c.source_id(source);
  {
    Rows rows = c.query(
        "SELECT min(looked_from), max(looked_to), count(*) FROM look WHERE brand = ?1 AND source = "
        "?2 "
        "AND looked_from <= ?4 AND looked_to >= ?3",
        of_brand, of_source, from - apart, to + apart);
    if (rows.step() && !rows.is_null(0)) {
      if (rows.integer(2) == 1 && rows.time(0) <= from && rows.time(1) >= to) return;
      from = std::min(from, rows.time(0));
      to = std::max(to, rows.time(1));
    }
  }
  c.run(
      "DELETE FROM look WHERE brand = ?1 AND source = ?2 AND looked_from >= ?3 AND looked_to <= ?4",
      of_brand, of_source, from, to);
  c.run("INSERT INTO look VALUES(?1, ?2, ?3, ?4)", of_brand, of_source, from, to);
}

Result<std::vector<LookRow>> looks(Store& store, const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<LookRow> found;
  {
    Rows rows = c.query(
        "SELECT s.name, l.looked_from, l.looked_to FROM look l "
        "LEFT JOIN source s ON s.id = l.source LEFT JOIN brand b ON b.id = l.brand "
        "WHERE (l.brand = 0 OR ?1 IS NULL OR b.name = ?1) "
        "AND (l.source = 0 OR ?2 IS NULL OR s.name = ?2) "
        "AND l.looked_to >= coalesce(?3, -9e15) AND l.looked_from < coalesce(?4, 9e15) "
        "ORDER BY s.name, l.looked_from",
        filter.brand ? std::optional(filter.brand->value) : std::nullopt,
        filter.source ? std::optional(filter.source->value) : std::nullopt,
        filter.since ? std::optional(UtcTime(filter.since->days) - zones) : std::nullopt,
        filter.until ? std::optional(UtcTime(filter.until->days) + zones) : std::nullopt);
    while (rows.step()) {
      LookRow& row = found.emplace_back();
      if (auto name = rows.maybe_text(0)) row.source = SourceId(std::move(*name));
      row.from = rows.time(1);
      row.to = rows.time(2);
    }
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
