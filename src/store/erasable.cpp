#include "store/erasable.h"

#include <set>
#include <utility>

#include "core/digest.h"
#include "store/answer.h"
#include "store/authors.h"
#include "store/connection.h"
#include "store/expired.h"
#include "store/former_id.h"
#include "store/ingest.h"
#include "store/mention_docs.h"
#include "store/post_places.h"
#include "store/post_rows.h"
#include "store/post_url.h"

namespace testigo::store {

namespace {

std::vector<PostId> keys(Rows rows) {
  std::vector<PostId> posts;
  while (rows.step()) posts.emplace_back(rows.integer(0));
  return posts;
}

Result<std::vector<SourceId>> sources_by(Store& store, Sql names) {
  Connection& c = store.connection();
  c.clear_error();
  std::vector<SourceId> sources;
  {
    Rows rows = c.query(names);
    while (rows.step()) sources.emplace_back(std::string(rows.text(0)));
  }
  return answer(c, std::move(sources));
}

}  // namespace

Result<bool> some_are_withheld(Store& store) {
  Connection& c = store.connection();
  c.clear_error();
  return answer(c, c.integer("SELECT EXISTS (SELECT 1 FROM unwanted)") == 1 || some_are_expired(c));
}

Result<bool> is_withheld(Store& store, const Post& post) {
  Connection& c = store.connection();
  c.clear_error();
  std::optional<std::int64_t> by;
  if (post.author) by = parse_key(pseudonym_under(author_key(c), post.source.value, *post.author));
  const bool unwanted = c.integer("SELECT 1 FROM unwanted WHERE id IN (?1, ?2, ?3)", post_id(post),
                                  by, former_id(post))
                            .has_value();
  const auto is_known = [&] { return row_of(c, post_id(post)).has_value(); };
  return answer(
      c, unwanted || (is_expired(c, post, post_id(post), revision_hash(post)) && !is_known()));
}

Result<AuthorPosts> posts_of_author(Store& store, std::string_view author) {
  Connection& c = store.connection();
  c.clear_error();
  std::set<std::string> names;
  if (parse_key(author)) names.emplace(author);
  const std::string key = author_key(c);
  {
    Rows rows = c.query("SELECT name FROM source");
    while (rows.step()) names.insert(pseudonym_under(key, rows.text(0), author));
  }
  AuthorPosts found;
  std::set<std::string> present;
  {
    Rows rows = c.query("SELECT key, author FROM post WHERE author IS NOT NULL ORDER BY key");
    while (rows.step()) {
      const auto name = names.find(std::string(rows.text(1)));
      if (name == names.end()) continue;
      present.insert(*name);
      found.posts.emplace_back(rows.integer(0));
    }
  }
  found.pseudonyms.assign(present.begin(), present.end());
  return answer(c, std::move(found));
}

Result<std::vector<PostId>> posts_at(Store& store, std::string_view url) {
  Connection& c = store.connection();
  c.clear_error();
  auto posts =
      keys(c.query("SELECT p.key FROM post p JOIN post_page g ON g.id = p.page "
                   "WHERE " TESTIGO_POST_URL " = ?1 ORDER BY p.key",
                   url));
  return answer(c, std::move(posts));
}

Result<std::optional<PostId>> post_of_id(Store& store, std::int64_t id) {
  Connection& c = store.connection();
  c.clear_error();
  auto key = c.integer("SELECT key FROM post WHERE id = " TESTIGO_POST_WITH_KEY("?1"), id);
  if (!key)
    key = c.integer(
        "SELECT p.key FROM mention m JOIN post p ON p.id = m.post "
        "WHERE m.doc IN " TESTIGO_DOC_WITH_ID("= ?1"),
        id);
  return answer(c, key ? std::optional(PostId(*key)) : std::nullopt);
}

Result<std::vector<PostId>> copies_of(Store& store, std::span<const PostId> posts) {
  Connection& c = store.connection();
  c.clear_error();
  std::set<PostId> copies;
  for (const PostId post : posts) {
    Rows rows = c.query("SELECT key FROM post WHERE copy_of = ?1", post);
    while (rows.step()) copies.emplace(rows.integer(0));
  }
  for (const PostId post : posts) copies.erase(post);
  return answer(c, std::vector<PostId>(copies.begin(), copies.end()));
}

Result<std::vector<SourceId>> sources_with_posts(Store& store) {
  return sources_by(
      store,
      "SELECT name FROM source WHERE id IN (SELECT DISTINCT source FROM post) ORDER BY name");
}

Result<std::vector<SourceId>> all_sources(Store& store) {
  return sources_by(store, "SELECT name FROM source ORDER BY name");
}

Result<std::vector<PostId>> posts_collected_before(Store& store, const SourceId& source,
                                                   UtcTime before) {
  Connection& c = store.connection();
  c.clear_error();
  auto posts =
      keys(c.query("SELECT key FROM post WHERE source = (SELECT id FROM source WHERE name = ?1) "
                   "AND collected_at < ?2 ORDER BY key",
                   source, before));
  return answer(c, std::move(posts));
}

Result<std::vector<PostId>> gone_posts(Store& store, const SourceId& source) {
  Connection& c = store.connection();
  c.clear_error();
  auto posts =
      keys(c.query("SELECT key FROM post WHERE source = (SELECT id FROM source WHERE name = ?1) "
                   "AND gone_at IS NOT NULL ORDER BY key",
                   source));
  return answer(c, std::move(posts));
}

Result<std::vector<std::string>> evidence_urls(Store& store, const SourceId& source) {
  Connection& c = store.connection();
  c.clear_error();
  std::vector<std::string> urls;
  {
    Rows rows = c.query(
        "SELECT DISTINCT e.url FROM post p JOIN revision r ON r.id = p.revision "
        "JOIN evidence e ON e.id = r.evidence "
        "WHERE p.source = (SELECT id FROM source WHERE name = ?1)",
        source);
    while (rows.step()) urls.emplace_back(rows.text(0));
  }
  return answer(c, std::move(urls));
}

Result<PostTraces> traces_of(Store& store, std::span<const PostId> posts) {
  Connection& c = store.connection();
  c.clear_error();
  std::set<std::string> texts, urls, page_urls;
  std::vector<RevisionTrace> said;
  for (const PostId post : posts) {
    const auto row = row_of(c, post);
    if (!row) continue;
    {
      Rows rows = c.query("SELECT " TESTIGO_POST_URL
                          ", g.url "
                          "FROM post p JOIN post_page g ON g.id = p.page WHERE p.id = ?1",
                          *row);
      if (!rows.step()) continue;
      if (const auto own = rows.maybe_text(0); own && *own != rows.text(1)) urls.insert(*own);
      page_urls.emplace(rows.text(1));
    }
    for (const std::int64_t revision : revisions_of(c, *row)) {
      Rows rows = c.query(
          "SELECT r.text, p.external_id, e.file, e.offset, e.url FROM revision r "
          "JOIN post p ON p.id = ?2 LEFT JOIN evidence e ON e.id = r.evidence WHERE r.id = ?1",
          revision, *row);
      if (!rows.step()) continue;
      RevisionTrace& one = said.emplace_back();
      one.text = rows.text(0);
      one.external_id = rows.maybe_text(1);
      texts.insert(one.text);
      if (rows.is_null(2)) continue;
      one.record =
          ArchiveRecord{std::string(rows.text(2)), static_cast<std::uint64_t>(rows.integer(3)), {}};
      page_urls.emplace(rows.text(4));
    }
  }
  return answer(c, PostTraces{{texts.begin(), texts.end()},
                              {urls.begin(), urls.end()},
                              {page_urls.begin(), page_urls.end()},
                              std::move(said)});
}

}  // namespace testigo::store
