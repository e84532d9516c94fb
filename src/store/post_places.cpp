#include "store/post_places.h"

#include "store/connection.h"

namespace testigo::store {

void add_post_place(Connection& c, std::int64_t row, PostId key,
                    std::optional<std::int64_t> copy_hash) {
  c.run("INSERT INTO post_key_late(key, post) VALUES(?1, ?2)", key, row);
  if (copy_hash) c.run("INSERT INTO post_text_late(text, post) VALUES(?1, ?2)", *copy_hash, row);
}

std::optional<std::int64_t> row_of(Connection& c, PostId post) {
  return c.integer("SELECT id FROM post WHERE id = " TESTIGO_POST_WITH_KEY("?1"), post);
}

void sort_in_posts(Connection& c, std::int64_t if_so_many) {
  const std::int64_t sorted =
      c.integer("SELECT value FROM setting WHERE name = 'posts_sorted_to'").value_or(0);
  const std::int64_t last = c.integer("SELECT max(id) FROM post").value_or(0);
  if (last - sorted < if_so_many) return;
  // No two posts have one key; if they did, the crawl would go on, and doctor say so.
  c.run("INSERT OR IGNORE INTO post_key SELECT key, post FROM post_key_late ORDER BY key");
  c.run("DELETE FROM post_key_late");
  c.run("INSERT INTO post_text SELECT text, post FROM post_text_late ORDER BY text, post");
  c.run("DELETE FROM post_text_late");
  c.run("UPDATE setting SET value = ?1 WHERE name = 'posts_sorted_to'", last);
}

void sort_in_all_posts(Connection& c) {
  c.script(
      "DELETE FROM post_key; DELETE FROM post_key_late; "
      "INSERT OR IGNORE INTO post_key SELECT key, id FROM post ORDER BY key, id; "
      "DELETE FROM post_text; DELETE FROM post_text_late; "
      "INSERT INTO post_text SELECT copy_hash, id FROM post WHERE copy_hash IS NOT NULL "
      "ORDER BY copy_hash, id; "
      "INSERT OR REPLACE INTO setting SELECT 'posts_sorted_to', coalesce(max(id), 0) FROM post");
}

}  // namespace testigo::store
