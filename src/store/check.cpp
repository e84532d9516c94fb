#include "store/check.h"

#include <utility>

#include "store/check_schema.h"
#include "store/connection.h"
#include "store/copies.h"
#include "store/facet_side.h"
#include "store/full_text.h"
#include "store/late_sums.h"
#include "store/mention_docs.h"
#include "store/post_places.h"
#include "store/rollups.h"

namespace testigo::store {

namespace {

CheckResult good(std::string name, std::string what) {
  return {std::move(name), true, std::move(what)};
}
CheckResult bad(std::string name, std::string what) {
  return {std::move(name), false, std::move(what)};
}

CheckResult check_integrity(Connection& c) {
  const std::string answer = c.text("PRAGMA integrity_check(1)").value_or("");
  if (answer == "ok") return good("integrity", "every page of the file is sound");
  return bad("integrity", "the file is damaged (" + answer + "); restore a backup");
}

CheckResult check_references(Connection& c) {
  Rows rows = c.query("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1");
  if (!rows.step()) return good("references", "every row that is referred to is there");
  return bad("references", "a row of " + std::string(rows.text(0)) + " refers to a row of " +
                               std::string(rows.text(1)) + " that is not there");
}

// The mentions that rollups count, one row each, in the rollups' own numbers.
constexpr const char* counted =
    "CREATE TEMP VIEW counted AS SELECT m.brand AS brand, p.day AS day, "
    // Whole hours also before 1970, where integer division goes the other way.
    "(p.said_at - ((p.said_at % 3600000) + 3600000) % 3600000) / 3600000 AS hour, "
    "p.dated AS dated, p.source AS source, v.language AS language, coalesce(m.tag, -1) AS tag, "
    "coalesce(m.polarity, v.polarity, -1) AS polarity, coalesce(v.stage, -1) AS stage, "
    "CAST(round(coalesce(m.score, 0) * 10000) AS INTEGER) AS score, r.stars AS stars, "
    "(r.stars + 5000) / 10000 AS star, v.facets AS facets, " TESTIGO_SIDE_APART
    " AS side "
    "FROM main.mention m JOIN main.post p ON p.id = m.post "
    "JOIN main.revision r ON r.id = p.revision "
    "JOIN main.verdict v ON v.revision = p.revision AND v.rules = m.rules "
    "WHERE p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
    "AND m.doc <= (SELECT value FROM main.setting WHERE name = 'mentions_summed_to');";

struct Rollup {
  const char* table;
  const char* again;  // makes its rows from `counted`
};
constexpr Rollup rollups[] = {
    {"daily",
     "SELECT brand, day, dated, source, language, tag, polarity, stage, count(*), sum(score), "
     "coalesce(sum(stars), 0), count(stars), "
     "coalesce(sum(star = 1), 0), coalesce(sum(star = 2), 0), coalesce(sum(star = 3), 0), "
     "coalesce(sum(star = 4), 0), coalesce(sum(star = 5), 0) FROM temp.counted "
     "GROUP BY brand, day, dated, source, language, tag, polarity, stage"},
    {"brand_day",
     "SELECT brand, day, tag, polarity, count(*), sum(score), "
     "coalesce(sum(stars), 0), count(stars), "
     "coalesce(sum(star = 1), 0), coalesce(sum(star = 2), 0), coalesce(sum(star = 3), 0), "
     "coalesce(sum(star = 4), 0), coalesce(sum(star = 5), 0), "
     "sum(stage = 0), sum(stage = 1), sum(stage = 2), sum(stage = 3), sum(stage = 4), "
     "sum(stage = 5) FROM temp.counted GROUP BY brand, day, tag, polarity"},
    // Of sources, languages and stages from `daily`, which is looked at or made again before.
    {"split_day",
     "SELECT brand, split, day, value, sum(mentions), "
     "sum(iif(tag = 0, mentions, 0)), sum(iif(tag = 1, mentions, 0)), "
     "sum(iif(tag = 2, mentions, 0)), sum(iif(tag = 3, mentions, 0)), "
     "sum(iif(tag = 4, mentions, 0)), "
     "sum(iif(polarity = 0, mentions, 0)), sum(iif(polarity = 1, mentions, 0)), "
     "sum(iif(polarity = 2, mentions, 0)), sum(iif(polarity = 3, mentions, 0)), "
     "sum(score_sum), sum(rating_sum), sum(star1), sum(star2), sum(star3), sum(star4), sum(star5) "
     "FROM (SELECT x.split AS split, CASE x.split WHEN 0 THEN source WHEN 1 THEN language "
     "ELSE stage END AS value, brand, day, tag, polarity, mentions, score_sum, rating_sum, star1, "
     "star2, star3, star4, star5 FROM main.daily "
     "JOIN (SELECT 0 AS split UNION ALL SELECT 1 UNION ALL SELECT 2) x "
     "UNION ALL "
     "SELECT 3, f.name, brand, day, tag, " TESTIGO_FACET_ON(
         "side") ", 1, score, coalesce(stars, 0), "
                 "coalesce(star = 1, 0), coalesce(star = 2, 0), coalesce(star = 3, 0), "
                 "coalesce(star = 4, 0), "
                 "coalesce(star = 5, 0) FROM temp.counted, json_each(facets) j "
                 "JOIN main.facet f ON f.id = j.value AND f.axis = 7 WHERE j.type = 'integer') "
                 "GROUP BY brand, split, day, value"},
    {"hourly",
     "SELECT brand, hour, dated, source, language, tag, polarity, stage, count(*), sum(score), "
     "coalesce(sum(stars), 0), count(stars), "
     "coalesce(sum(star = 1), 0), coalesce(sum(star = 2), 0), coalesce(sum(star = 3), 0), "
     "coalesce(sum(star = 4), 0), coalesce(sum(star = 5), 0) FROM temp.counted "
     "WHERE hour >= (SELECT value FROM main.setting WHERE name = 'hourly_from') "
     "GROUP BY brand, hour, dated, source, language, tag, polarity, stage"},
};

CheckResult check_rollup(Connection& c, const Rollup& rollup) {
  const std::string kept = std::string("SELECT * FROM main.") + rollup.table;
  const std::string again = rollup.again;
  Rows rows =
      c.query_text("SELECT count(*), (SELECT count(*) FROM main." + std::string(rollup.table) +
                   ") FROM (SELECT * FROM (" + kept + " EXCEPT " + again +
                   ") UNION ALL SELECT * FROM (" + again + " EXCEPT " + kept + "))");
  rows.step();
  const std::string name = std::string("rollup ") + rollup.table;
  if (!c.ok()) return bad(name, "could not be made again");
  if (rows.integer(0) == 0) {
    return good(name, std::to_string(rows.integer(1)) + " rows equal what they count");
  }
  return bad(name,
             std::to_string(rows.integer(0)) +
                 " rows differ from what they count; testigo doctor --rebuild makes them again");
}

// What goes leaves the bounds wide.
CheckResult check_day_docs(Connection& c) {
  Rows rows = c.query(
      "SELECT (SELECT count(*) FROM day_docs), count(*) FROM ("
      "SELECT m.day FROM mention m LEFT JOIN day_docs d ON d.day = m.day "
      "WHERE d.day IS NULL OR m.doc < d.first OR m.doc > d.last)");
  rows.step();
  if (!c.ok()) return bad("days", "could not be looked through");
  if (rows.integer(1) == 0)
    return good("days", std::to_string(rows.integer(0)) + " days know where their mentions lie");
  return bad(
      "days",
      std::to_string(rows.integer(1)) +
          " mentions lie where their days do not know of; testigo doctor --rebuild makes it again");
}

// Each mention is found by its id, once, and no id leads elsewhere.
CheckResult check_mention_ids(Connection& c) {
  Rows rows = c.query(
      "WITH sorted AS (SELECT id, doc FROM mention WHERE doc <= "
      "(SELECT value FROM setting WHERE name = 'mentions_sorted_to')) "
      "SELECT (SELECT count(*) FROM mention), count(*) FROM ("
      "SELECT * FROM (SELECT id, doc FROM sorted EXCEPT SELECT id, doc FROM mention_doc) "
      "UNION ALL "
      "SELECT * FROM (SELECT id, doc FROM mention_doc EXCEPT SELECT id, doc FROM sorted) "
      "UNION ALL "
      "SELECT id, NULL FROM mention GROUP BY id HAVING count(*) > 1)");
  rows.step();
  if (!c.ok()) return bad("mention ids", "could not be looked through");
  if (rows.integer(1) == 0)
    return good("mention ids",
                std::to_string(rows.integer(0)) + " mentions are found by their ids");
  return bad("mention ids", std::to_string(rows.integer(1)) +
                                " ids lead to no mention, to another or to two; testigo doctor "
                                "--rebuild makes what leads there again; where two mentions have "
                                "one id, restore a backup");
}

// Each post is found by its key, once, and by its text; no key and no text leads elsewhere.
CheckResult check_post_places(Connection& c) {
  Rows rows = c.query(
      "WITH keys AS (SELECT key, post FROM post_key UNION ALL "
      "SELECT key, post FROM post_key_late), "
      "texts AS (SELECT text, post FROM post_text UNION ALL SELECT text, post FROM "
      "post_text_late), "
      "said AS (SELECT copy_hash, id FROM post WHERE copy_hash IS NOT NULL) "
      "SELECT (SELECT count(*) FROM post), count(*) FROM ("
      "SELECT * FROM (SELECT key, id FROM post EXCEPT SELECT * FROM keys) UNION ALL "
      "SELECT * FROM (SELECT * FROM keys EXCEPT SELECT key, id FROM post) UNION ALL "
      "SELECT key, NULL FROM keys GROUP BY key HAVING count(*) > 1 UNION ALL "
      "SELECT key, NULL FROM post GROUP BY key HAVING count(*) > 1 UNION ALL "
      "SELECT * FROM (SELECT * FROM said EXCEPT SELECT * FROM texts) UNION ALL "
      "SELECT * FROM (SELECT * FROM texts EXCEPT SELECT * FROM said))");
  rows.step();
  if (!c.ok()) return bad("post ids", "could not be looked through");
  if (rows.integer(1) == 0)
    return good("post ids", std::to_string(rows.integer(0)) + " posts are found by id and text");
  return bad("post ids", std::to_string(rows.integer(1)) +
                             " ids or texts lead to no post, to another or to two; testigo doctor "
                             "--rebuild makes what leads there again; where two posts have one id, "
                             "restore a backup");
}

// Who repeats whom, made again from the clusters of texts.
CheckResult check_copies(Connection& c) {
  Rows rows = c.query(
      "WITH standing AS (SELECT p.copy_of AS kept, p.key AS key, p.source AS source, "
      "g.url AS page, first_value(p.key) OVER earliest AS first, "
      "first_value(p.source) OVER earliest AS first_source, "
      "first_value(g.url) OVER earliest AS first_page "
      "FROM post p JOIN post_page g ON g.id = p.page LEFT JOIN near_text n ON n.text = p.copy_hash "
      "WHERE p.copy_hash IS NOT NULL "
      "WINDOW earliest AS (PARTITION BY n.cluster IS NULL, coalesce(n.cluster, p.copy_hash) "
      "ORDER BY p.said_at, p.key)) "
      "SELECT count(*), count(kept), (SELECT count(*) FROM post WHERE copy_hash IS NULL AND "
      "copy_of "
      "IS NOT NULL), coalesce(sum(kept IS NOT "
      "CASE WHEN source <> first_source OR page <> first_page THEN first END), 0), "
      "(SELECT count(*) FROM near_text "
      "WHERE text NOT IN (SELECT copy_hash FROM post WHERE copy_hash IS NOT NULL)) FROM standing");
  rows.step();
  if (!c.ok()) return bad("copies", "could not be told again");
  const std::int64_t wrong = rows.integer(2) + rows.integer(3) + rows.integer(4);
  if (wrong == 0)
    return good("copies", std::to_string(rows.integer(1)) + " copies have their original");
  return bad("copies", std::to_string(wrong) +
                           " posts are out of step with what they repeat; testigo doctor --rebuild "
                           "makes them again");
}

// A tag that is marked as a person's must be the one that somebody said last.
CheckResult check_corrections(Connection& c) {
  Rows rows = c.query(
      "SELECT count(*), coalesce(sum(said IS NOT 1), 0), "
      "printf('%016x', min(iif(said IS NOT 1, mention, NULL))) FROM ("
      "SELECT m.id AS mention, (SELECT k.undone = 0 AND k.tag IS m.tag FROM correction k "
      "WHERE k.mention = m.id ORDER BY k.id DESC LIMIT 1) AS said "
      "FROM mention m WHERE m.corrected <> 0)");
  rows.step();
  if (!c.ok()) return bad("corrections", "could not be looked through");
  if (rows.integer(1) == 0)
    return good("corrections",
                std::to_string(rows.integer(0)) + " corrected tags are what a person said");
  return bad("corrections", std::to_string(rows.integer(1)) +
                                " mentions are marked as corrected, but nobody is on record with "
                                "their tag (one is " +
                                std::string(rows.text(2)) + "); restore a backup");
}

// How many terms are not found in as many rows as their lists hold: where a list begins is kept in
// a table of its own, which only a search reads.
std::int64_t lost_terms(Connection& c) {
  c.script("CREATE VIRTUAL TABLE temp.found_terms USING fts5vocab('main', 'mention_fts', 'row')");
  std::int64_t lost = 0;
  Rows terms = c.query_text("SELECT term, doc FROM temp.found_terms");
  while (terms.step()) {
    std::string phrase = "\"";
    for (const char byte : terms.text(0)) phrase.append(byte == '"' ? 2 : 1, byte);
    phrase += '"';
    lost += c.integer("SELECT count(*) FROM main.mention_fts WHERE mention_fts MATCH ?1", phrase) !=
            terms.integer(1);
  }
  return lost;
}

// The index keeps no content to compare, so it is made again beside it and the two are compared
// term by term: in how many rows and how often.
CheckResult check_full_text(Connection& c) {
  c.script(
      "CREATE VIRTUAL TABLE temp.again USING fts5(words, content='', columnsize=0, "
      "tokenize = \"ascii tokenchars '!\"\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'\");"
      "CREATE VIRTUAL TABLE temp.kept_terms USING fts5vocab('main', 'mention_fts', 'col');"
      "CREATE VIRTUAL TABLE temp.again_terms USING fts5vocab('temp', 'again', 'col');");
  fill_full_text(c, "INSERT INTO temp.again(rowid, words) VALUES(?1, ?2 || ' ' || ?3)");
  std::int64_t wrong = 0;
  std::int64_t terms = 0;
  {
    Rows rows = c.query_text(
        "SELECT (SELECT count(*) FROM temp.kept_terms), count(*) FROM ("
        "SELECT * FROM (SELECT * FROM temp.kept_terms EXCEPT SELECT * FROM temp.again_terms) "
        "UNION ALL "
        "SELECT * FROM (SELECT * FROM temp.again_terms EXCEPT SELECT * FROM temp.kept_terms))");
    if (rows.step()) {
      terms = rows.integer(0);
      wrong = rows.integer(1);
    }
  }
  wrong += lost_terms(c);
  if (!c.ok())
    return bad("full text", "could not be read; testigo doctor --rebuild makes it again");
  if (wrong == 0) return good("full text", std::to_string(terms) + " terms are in step");
  return bad(
      "full text",
      std::to_string(wrong) +
          " terms are out of step with the mentions; testigo doctor --rebuild makes them again");
}

// As the migrations set them; an index made anew has SQLite's.
constexpr const char* full_text_settings =
    "INSERT INTO mention_fts(mention_fts, rank) VALUES('automerge', 16);"
    "INSERT INTO mention_fts(mention_fts, rank) VALUES('crisismerge', 64);";

constexpr const char* drop_temporary =
    "DROP TABLE IF EXISTS temp.found_terms;"
    "DROP TABLE IF EXISTS temp.kept_terms; DROP TABLE IF EXISTS temp.again_terms;"
    "DROP TABLE IF EXISTS temp.again; DROP VIEW IF EXISTS temp.counted;";

}  // namespace

Result<std::vector<CheckResult>> check_deeply(Store& store) {
  Connection& c = store.connection();
  std::vector<CheckResult> results;
  {
    const Snapshot snapshot(c);
    if (!c.ok()) return fail(c.error());
    // What one look trips over is no reason to leave out the next.
    const auto add = [&](CheckResult result) {
      if (!c.ok()) result.what += " (" + c.error().what + ")";
      c.clear_error();
      results.push_back(std::move(result));
    };
    add(check_integrity(c));
    for (CheckResult& result : check_schema(c)) add(std::move(result));
    add(check_references(c));
    c.script(counted);
    for (const Rollup& rollup : rollups) add(check_rollup(c, rollup));
    add(check_day_docs(c));
    add(check_mention_ids(c));
    add(check_post_places(c));
    add(check_copies(c));
    add(check_corrections(c));
    add(check_full_text(c));
  }
  c.clear_error();
  c.script(drop_temporary);
  c.clear_error();
  return results;
}

Result<void> rebuild(Store& store) {
  Connection& c = store.connection();
  Transaction transaction(c);
  mend_schema(c);
  c.script("REINDEX");
  sort_in_all_posts(c);
  note_sums_written(c);  // made again below
  RollupChanges made_again_below;
  Copies(c, made_again_below).rebuild();
  c.script("INSERT INTO mention_fts(mention_fts) VALUES('delete-all')");
  c.script(full_text_settings);
  fill_full_text(c);
  c.script(counted);
  for (const Rollup& rollup : rollups) {
    c.script(std::string("DELETE FROM main.") + rollup.table + "; INSERT INTO main." +
             rollup.table + " " + rollup.again);
  }
  c.script("DROP VIEW temp.counted");
  c.script(
      "DELETE FROM day_docs; "
      "INSERT INTO day_docs SELECT day, min(doc), max(doc) FROM mention GROUP BY day");
  sort_in_all_mentions(c);
  return transaction.commit();
}

}  // namespace testigo::store
