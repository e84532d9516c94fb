#include "store/read_weighed.h"

#include <utility>

#include "query/fts.h"
#include "query/parse.h"
#include "store/connection.h"
#include "store/facet_side.h"
#include "store/post_url.h"
#include "store/sides.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

// Acts 8 and 9: reply, promote; tag 1: complaint (core/verdict.h).
constexpr Sql weighed_sql =
    "SELECT m.id, p.key, p.parent, p.author, s.name, " TESTIGO_POST_OR_PAGE_URL
    ", e.file || ':' "
    "|| "
    "e.offset, m.day, "
    "m.said_at, p.dated, v.language, r.title, r.text, m.tag, v.stage, v.act, v.intent, v.recovery, "
    "m.score, v.confidence, p.reach, v.facets, p.owner_reply_at, "
    "p.owner_reply IS NOT NULL OR p.owner_reply_at IS NOT NULL, "
    "CASE WHEN t.id IS NOT NULL "
    "THEN iif(p.edited_at > p.said_at AND p.edited_at < r.seen_at, p.edited_at, r.seen_at) "
    "END, " TESTIGO_SIDE_APART
    ", t.text, te.file || ':' || te.offset "
    "FROM mention m JOIN post p ON p.id = m.post JOIN source s ON s.id = p.source "
    "JOIN post_page g ON g.id = p.page "
    "JOIN revision r ON r.id = p.revision "
    "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
    "LEFT JOIN evidence e ON e.id = r.evidence "
    "LEFT JOIN revision t ON t.id = CASE WHEN r.previous IS NOT NULL THEN ("
    "WITH RECURSIVE earlier(id) AS (SELECT r.previous UNION ALL "
    "SELECT o.previous FROM revision o JOIN earlier f ON o.id = f.id WHERE o.previous IS NOT NULL) "
    "SELECT f.id FROM earlier f JOIN verdict o ON o.revision = f.id WHERE o.tag = 1 LIMIT 1) END "
    "LEFT JOIN evidence te ON te.id = t.evidence "
    "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) AND m.tag = ?2 "
    "AND m.day >= ?3 AND m.day < ?4 "
    "AND p.copy_of IS NULL AND p.by_brand = 0 AND p.gone_at IS NULL "
    "AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
    "ORDER BY m.day DESC, m.said_at DESC, m.doc DESC LIMIT ?5";

WeighedMention read_weighed(Connection& c, const Rows& rows) {
  WeighedMention one;
  one.id = MentionId(rows.integer(0));
  one.post = PostId(rows.integer(1));
  if (const auto parent = rows.maybe_integer(2)) one.parent = PostId(*parent);
  one.author = rows.maybe_text(3);
  one.source = SourceId(std::string(rows.text(4)));
  one.url = rows.maybe_text(5);
  one.evidence = rows.maybe_text(6);
  one.day = Day{std::chrono::sys_days(std::chrono::days(rows.integer(7)))};
  one.said_at = rows.time(8);
  one.dated = rows.integer(9) != 0;
  one.language = rows.text(10);
  one.title = rows.maybe_text(11);
  one.text = rows.text(12);
  one.tag = rows.maybe<Tag>(13);
  one.stage = rows.maybe<Stage>(14);
  one.act = rows.maybe<Act>(15);
  one.intent = rows.maybe<Intent>(16);
  one.recovery = rows.maybe<Recovery>(17);
  one.score = rows.real(18);
  one.confidence = rows.real(19);
  one.reach = rows.maybe_integer(20).value_or(0);
  one.themes =
      facets_on(rows.maybe<Polarity>(25), read_facets(c, rows.maybe_text(21), Axis::theme));
  one.owner_reply_at = rows.maybe_time(22);
  one.owner_replied = rows.integer(23) != 0;
  one.turned_at = rows.maybe_time(24);
  one.turned_from = rows.maybe_text(26);
  one.turned_evidence = rows.maybe_text(27);
  return one;
}

std::int64_t limit_of(std::size_t limit) {
  return limit == 0 ? -1 : static_cast<std::int64_t>(limit);
}

std::string reply_match() {
  const auto query = query::parse_query("act:reply");
  return query ? query::compile_fts(*query).match : std::string();
}

}  // namespace

Result<std::vector<WeighedMention>> weighed_mentions(Store& store, const WeighedFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<WeighedMention> found;
  {
    Rows rows = c.query(weighed_sql, filter.brand.value, filter.tag, filter.since, filter.until,
                        limit_of(filter.limit));
    while (rows.step()) found.push_back(read_weighed(c, rows));
  }
  return snapshot.result(std::move(found));
}

Result<std::vector<BrandReply>> brand_replies(Store& store, const BrandId& brand, Day since,
                                              std::size_t limit) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<BrandReply> found;
  {
    Rows rows = c.query(
        "SELECT p.parent, p.said_at FROM mention m JOIN post p ON p.id = m.post "
        "WHERE m.doc IN (SELECT rowid FROM mention_fts WHERE mention_fts MATCH ?1 "
        "ORDER BY rowid DESC LIMIT ?4) "
        "AND m.brand = (SELECT id FROM brand WHERE name = ?2) AND m.day >= ?3 "
        "AND p.by_brand = 1 AND p.parent IS NOT NULL ORDER BY p.said_at, p.key",
        reply_match(), brand.value, since, limit_of(limit));
    while (rows.step()) found.push_back({PostId(rows.integer(0)), rows.time(1)});
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
