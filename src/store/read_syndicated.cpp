#include "store/read_syndicated.h"

#include <optional>
#include <string>

#include "store/connection.h"

namespace testigo::store {

Result<std::vector<SyndicatedPost>> syndicated_posts(Store& store, const RollupFilter& filter,
                                                     std::size_t limit) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const std::string brand = filter.brand ? filter.brand->value : std::string();
  const auto source = filter.source ? std::optional(filter.source->value) : std::nullopt;
  std::vector<SyndicatedPost> found;
  {
    Rows rows = c.query(
        "SELECT p.copy_of, count(*), count(DISTINCT p.source), min(p.said_at), max(p.said_at) "
        "FROM mention m JOIN post p ON p.id = m.post "
        "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
        "AND (?2 IS NULL OR p.source = (SELECT id FROM source WHERE name = ?2)) "
        "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
        "AND p.copy_of IS NOT NULL GROUP BY p.copy_of ORDER BY 2 DESC, 4, 1 LIMIT ?5",
        brand, source, filter.since, filter.until, limit);
    while (rows.step())
      found.push_back(
          {PostId(rows.integer(0)), rows.integer(1), rows.integer(2), rows.time(3), rows.time(4)});
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
