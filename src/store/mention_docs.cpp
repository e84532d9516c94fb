#include "store/mention_docs.h"

#include "store/connection.h"

namespace testigo::store {

namespace {

void sort_in_behind(Connection& c, std::int64_t doc) {
  c.run(
      "INSERT OR REPLACE INTO mention_doc SELECT id, doc FROM mention WHERE doc > ?1 ORDER BY id",
      doc);
  c.run(
      "INSERT OR REPLACE INTO setting SELECT 'mentions_sorted_to', coalesce(max(doc), 0) "
      "FROM mention");
}

}  // namespace

void sort_in_mentions(Connection& c, std::int64_t if_so_many) {
  const std::int64_t sorted =
      c.integer("SELECT value FROM setting WHERE name = 'mentions_sorted_to'").value_or(0);
  const std::int64_t last = c.integer("SELECT max(doc) FROM mention").value_or(0);
  if (last - sorted >= if_so_many) sort_in_behind(c, sorted);
}

void sort_in_all_mentions(Connection& c) {
  c.run("DELETE FROM mention_doc");
  sort_in_behind(c, 0);
}

}  // namespace testigo::store
