#include "store/read_switching.h"

#include <utility>

#include "query/fts.h"
#include "query/parse.h"
#include "store/connection.h"
#include "store/post_url.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

// Posts of the brands ?4 (JSON) between ?1 and ?2, that say so (the full text index knows: ?3) or
// that are advocacy of one brand and complaint of another. Tags 0 and 1, acts 8 and 9:
// core/verdict.h.
constexpr Sql posts_sql =
    "WITH compared(id) AS MATERIALIZED ("
    "SELECT b.id FROM brand b WHERE b.name IN (SELECT value FROM json_each(?4))), "
    "wanted(post, goes) AS ("
    "SELECT post, max(goes) FROM ("
    "SELECT m.post AS post, 1 AS goes FROM mention m "
    "WHERE m.doc IN (SELECT rowid FROM mention_fts WHERE mention_fts MATCH ?3) "
    "AND m.brand IN (SELECT id FROM compared) AND m.day >= ?1 AND m.day < ?2 "
    "UNION ALL "
    "SELECT a.post, 0 FROM mention a JOIN mention o ON o.post = a.post "
    "WHERE a.brand IN (SELECT id FROM compared) AND a.day >= ?1 AND a.day < ?2 AND a.tag = 0 "
    "AND o.brand IN (SELECT id FROM compared) AND o.tag = 1) GROUP BY post) "
    "SELECT p.id, w.goes, s.name, v.language, " TESTIGO_POST_OR_PAGE_URL
    ", r.title, "
    "r.text, "
    "e.file || ':' || e.offset, p.day, v.facets "
    "FROM wanted w JOIN post p ON p.id = w.post JOIN post_page g ON g.id = p.page "
    "JOIN source s ON s.id = p.source "
    "JOIN revision r ON r.id = p.revision "
    "JOIN verdict v ON v.revision = p.revision "
    "AND v.rules = (SELECT m.rules FROM mention m WHERE m.post = p.id LIMIT 1) "
    "LEFT JOIN evidence e ON e.id = r.evidence "
    "WHERE p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
    "ORDER BY p.said_at DESC, p.key LIMIT ?5";

std::string json_of(const std::vector<BrandId>& brands) {
  std::string json = "[";
  for (const BrandId& brand : brands) {
    if (json.size() > 1) json += ',';
    json += '"';
    for (const char c : brand.value) {
      if (c == '"' || c == '\\') json += '\\';
      json += c;
    }
    json += '"';
  }
  return json + "]";
}

std::string match_of(Intent intent) {
  const auto query = query::parse_query("intent:" + std::string(to_string(intent)));
  return query ? query::compile_fts(*query).match : std::string();
}

std::vector<BrandView> brands_of(Connection& c, std::int64_t post, const std::string& compared) {
  std::vector<BrandView> brands;
  Rows rows = c.query(
      "SELECT b.name, m.id, m.tag FROM mention m JOIN brand b ON b.id = m.brand "
      "WHERE m.post = ?1 AND b.name IN (SELECT value FROM json_each(?2)) ORDER BY b.name",
      post, compared);
  while (rows.step())
    brands.push_back(
        {BrandId(std::string(rows.text(0))), MentionId(rows.integer(1)), rows.maybe<Tag>(2)});
  return brands;
}

SwitchingPost read_post(Connection& c, const Rows& rows, const std::string& compared) {
  SwitchingPost post;
  post.brands = brands_of(c, rows.integer(0), compared);
  post.goes = rows.integer(1) != 0;
  post.source = SourceId(std::string(rows.text(2)));
  post.language = rows.text(3);
  post.url = rows.maybe_text(4);
  post.title = rows.maybe_text(5);
  post.text = rows.text(6);
  post.evidence = rows.maybe_text(7);
  post.day = Day{std::chrono::sys_days(std::chrono::days(rows.integer(8)))};
  post.themes = read_facets(c, rows.maybe_text(9), Axis::theme);
  return post;
}

}  // namespace

Result<std::vector<SwitchingPost>> switching_posts(Store& store, const SwitchingFilter& filter) {
  constexpr std::int64_t never = 4'000'000;  // days: beyond the year 9999
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const std::string compared = json_of(filter.brands);
  const auto number = [](Day day) { return day.days.time_since_epoch().count(); };
  const std::int64_t first = filter.since ? number(*filter.since) : -never;
  const std::int64_t end = filter.until ? number(*filter.until) : never;
  const auto limit = filter.limit == 0 ? -1 : static_cast<std::int64_t>(filter.limit);
  std::vector<SwitchingPost> found;
  {
    Rows rows = c.query(posts_sql, first, end, match_of(filter.intent), compared, limit);
    while (rows.step()) found.push_back(read_post(c, rows, compared));
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
