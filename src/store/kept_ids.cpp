#include "store/kept_ids.h"

#include <algorithm>
#include <utility>

#include "store/connection.h"

namespace testigo::store {
namespace {

std::uint64_t count_kept(Connection& c, const BrandId& brand, const SourceId& source) {
  const auto count = c.integer(
      "SELECT count(*) FROM mention m JOIN post p ON p.id = m.post "
      "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND p.source = (SELECT id FROM source WHERE name = ?2) "
      "AND p.gone_at IS NULL AND p.external_id IS NOT NULL",
      brand.value, source.value);
  return static_cast<std::uint64_t>(count.value_or(0));
}

void add_kept(Connection& c, const BrandId& brand, const SourceId& source, std::uint64_t from,
              std::uint64_t most, std::vector<std::string>& ids) {
  Rows rows = c.query(
      "SELECT p.external_id FROM mention m JOIN post p ON p.id = m.post "
      "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND p.source = (SELECT id FROM source WHERE name = ?2) "
      "AND p.gone_at IS NULL AND p.external_id IS NOT NULL ORDER BY p.key LIMIT ?3 OFFSET ?4",
      brand.value, source.value, static_cast<std::int64_t>(most), static_cast<std::int64_t>(from));
  while (rows.step()) ids.emplace_back(rows.text(0));
}

}  // namespace

Result<std::vector<std::string>> kept_ids(Store& store, const BrandId& brand,
                                          const SourceId& source, std::size_t limit,
                                          std::uint64_t turn) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<std::string> ids;
  const std::uint64_t count = count_kept(c, brand, source);
  const std::uint64_t most = std::min<std::uint64_t>(limit, count);
  if (most > 0) {
    const std::uint64_t from = turn % count * (most % count) % count;
    add_kept(c, brand, source, from, most, ids);
    if (ids.size() < most) add_kept(c, brand, source, 0, most - ids.size(), ids);
  }
  return snapshot.result(std::move(ids));
}

}  // namespace testigo::store
