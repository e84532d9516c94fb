#include "store/expired.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "store/authors.h"
#include "store/former_id.h"

namespace testigo::store {

namespace {

std::optional<std::int64_t> mark_of(std::string_view key, std::int64_t identity,
                                    std::int64_t words) {
  return parse_key(pseudonym_under(key, show_key(identity), show_key(words)));
}

void note(Connection& c, std::optional<std::int64_t> id) {
  if (id) c.run("INSERT OR IGNORE INTO expired VALUES(?1)", *id);
}

}  // namespace

bool some_are_expired(Connection& c) {
  return c.integer("SELECT EXISTS (SELECT 1 FROM expired)") == 1;
}

void note_expired(Connection& c, std::int64_t row) {
  const auto identity =
      c.integer("SELECT identity FROM post WHERE id = ?1 AND external_id IS NULL", row);
  if (!identity) return note(c, c.integer("SELECT key FROM post WHERE id = ?1", row));
  std::vector<std::int64_t> said;
  {
    Rows rows = c.query(
        "WITH RECURSIVE history(previous, hash) AS ("
        "SELECT r.previous, r.hash FROM post p JOIN revision r ON r.id = p.revision "
        "WHERE p.id = ?1 UNION "
        "SELECT r.previous, r.hash FROM revision r JOIN history h ON r.id = h.previous) "
        "SELECT hash FROM history",
        row);
    while (rows.step()) said.push_back(rows.integer(0));
  }
  const std::string key = author_key(c);
  for (const std::int64_t words : said) note(c, mark_of(key, *identity, words));
}

bool is_expired(Connection& c, const Post& post, PostId id, std::int64_t words) {
  std::optional<std::int64_t> known_as = id.value;
  std::optional<std::int64_t> formerly;
  const auto former = former_id(post);
  if (former) formerly = former->value;
  if (!post.external_id) {
    const std::string key = author_key(c);
    known_as = mark_of(key, post_id(post).value, words);
    if (former) formerly = mark_of(key, former->value, words);
  }
  return c.integer("SELECT 1 FROM expired WHERE id IN (?1, ?2)", known_as, formerly).has_value();
}

}  // namespace testigo::store
