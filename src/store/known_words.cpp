#include "store/known_words.h"

#include "store/authors.h"
#include "store/connection.h"
#include "store/ingest.h"
#include "store/post_places.h"

namespace testigo::store {

Result<std::optional<KnownWords>> known_words(Store& store, const Post& post) {
  Connection& c = store.connection();
  c.clear_error();
  std::optional<KnownWords> known;
  std::optional<std::string> author;
  {
    Rows rows = c.query(
        "SELECT r.title, r.text, r.rating, r.rating_best, r.rating_worst, p.posted_at, "
        "p.edited_at, p.author FROM post p JOIN revision r ON r.id = p.revision "
        "WHERE p.id = " TESTIGO_POST_WITH_KEY("?1"),
        post_id(post));
    if (rows.step()) {
      known.emplace();
      known->title = rows.maybe_text(0);
      known->text = rows.text(1);
      if (const auto value = rows.maybe_real(2))
        known->rating = Rating{*value, rows.real(3), rows.real(4)};
      known->posted_at = rows.maybe_time(5);
      known->edited_at = rows.maybe_time(6);
      author = rows.maybe_text(7);
    }
  }
  if (known && author && post.author)
    known->by_another = *author != pseudonym_under(author_key(c), post.source.value, *post.author);
  if (!c.ok()) return fail(c.error());
  return known;
}

Result<bool> is_said_no_more(Store& store, const Post& post) {
  Connection& c = store.connection();
  c.clear_error();
  const bool said =
      c.integer(
           "WITH RECURSIVE history(previous, hash, age) AS ("
           "SELECT r.previous, r.hash, 0 FROM post p JOIN revision r ON r.id = p.revision "
           "WHERE p.id = " TESTIGO_POST_WITH_KEY("?1") " AND p.edited_at IS NOT NULL UNION ALL "
           "SELECT r.previous, r.hash, h.age + 1 FROM revision r "
           "JOIN history h ON r.id = h.previous) "
           "SELECT min(age) > 0 FROM history WHERE hash = ?2",
           post_id(post), revision_hash(post))
          .value_or(0) == 1;
  if (!c.ok()) return fail(c.error());
  return said;
}

}  // namespace testigo::store
