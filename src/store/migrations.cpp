#include "store/migrations.h"

#include <array>

#include "store/connection.h"
#include "store/kept_reasons.h"
#include "store/renamed_requests.h"
#include "store/sides.h"
#include "store/steps/brand_days.h"
#include "store/steps/coverage_items.h"
#include "store/steps/facet_sides.h"
#include "store/steps/first_schema.h"
#include "store/steps/frontier_tables.h"
#include "store/steps/joined_views.h"
#include "store/steps/listed_reasons.h"
#include "store/steps/lists.h"
#include "store/steps/looks.h"
#include "store/steps/one_column.h"
#include "store/steps/own_sides.h"
#include "store/steps/page_addresses.h"
#include "store/steps/people_tables.h"
#include "store/steps/post_pages.h"
#include "store/steps/post_places.h"
#include "store/steps/posts_by_number.h"
#include "store/steps/reasons_of_sums.h"
#include "store/steps/run_looks.h"
#include "store/steps/short_verdicts.h"
#include "store/steps/split_days.h"
#include "store/steps/star_counts.h"
#include "store/steps/theme_days.h"

namespace testigo::store {

namespace {

// Where each post was last seen, so that its absence there can be told; why requests came to
// nothing; and which payloads are archived already.
constexpr std::string_view absence = R"sql(
CREATE TABLE listing (
  id INTEGER PRIMARY KEY,
  request INTEGER NOT NULL UNIQUE
) STRICT;
ALTER TABLE post ADD COLUMN seen_in INTEGER REFERENCES listing;
CREATE INDEX post_seen ON post(seen_in, posted_at) WHERE seen_in IS NOT NULL;
CREATE INDEX post_permalink ON post(url) WHERE url <> page_url AND instr(url, '#') = 0;
CREATE INDEX evidence_payload ON evidence(substr(payload_digest, 8, 12));

CREATE TABLE coverage_reason (
  run INTEGER NOT NULL REFERENCES run, brand INTEGER NOT NULL REFERENCES brand,
  source INTEGER NOT NULL REFERENCES source,
  reason TEXT NOT NULL, requests INTEGER NOT NULL,
  PRIMARY KEY (run, brand, source, reason)
) STRICT, WITHOUT ROWID;
CREATE VIEW v_coverage_reasons AS
SELECT c.run AS run, b.name AS brand, s.name AS source, c.reason AS reason, c.requests AS requests
FROM coverage_reason c JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source;
)sql";

// What a rule gives at one place is kept once for all texts, and no longer in each verdict: there,
// `why` is rows [firing, begin, end], and a list of shared_reasons the numbers of firings.
constexpr std::string_view firings = R"sql(
CREATE TABLE firing (
  id INTEGER PRIMARY KEY,
  rows TEXT NOT NULL UNIQUE  -- JSON: [label, contribution]
) STRICT;

-- Reasons one by one; -1 for what looks at no words. A number keeps its digits.
CREATE TEMP TABLE old_reason AS
SELECT v.revision AS revision, v.rules AS rules, 0 AS shared, j.key AS place, l.rule AS rule,
  l.field AS field, coalesce(json_extract(j.value, '$[1]'), -1) AS "begin",
  coalesce(json_extract(j.value, '$[2]'), -1) AS "end",
  '[' || l.id || ',' || (j.value -> '$[3]') || ']' AS row
FROM verdict v, json_each(v.why) j JOIN label l ON l.id = json_extract(j.value, '$[0]')
UNION ALL
SELECT 0, 0, x.id, j.key, l.rule, l.field, -1, -1, '[' || l.id || ',' || (j.value -> '$[3]') || ']'
FROM shared_reasons x, json_each(x.rows) j JOIN label l ON l.id = json_extract(j.value, '$[0]');
CREATE TEMP TABLE old_firing AS
SELECT revision, rules, shared, min(place) AS place, "begin", "end",
  '[' || group_concat(row) || ']' AS rows
FROM (SELECT * FROM old_reason ORDER BY revision, rules, shared, place)
GROUP BY revision, rules, shared, rule, field, "begin", "end";
CREATE INDEX temp.old_firing_owner ON old_firing(revision, rules, shared, place);
INSERT INTO firing(rows) SELECT DISTINCT rows FROM old_firing;
UPDATE verdict SET why = (
  SELECT json_group_array(json(CASE WHEN o."begin" < 0 THEN json_array(f.id)
    ELSE json_array(f.id, o."begin", o."end") END))
  FROM old_firing o JOIN firing f ON f.rows = o.rows
  WHERE o.revision = verdict.revision AND o.rules = verdict.rules AND o.shared = 0)
WHERE why IS NOT NULL;
UPDATE shared_reasons SET rows = (
  SELECT json_group_array(f.id) FROM old_firing o JOIN firing f ON f.rows = o.rows
  WHERE o.revision = 0 AND o.rules = 0 AND o.shared = shared_reasons.id);
DROP TABLE old_firing;
DROP TABLE old_reason;

DROP VIEW v_why;
CREATE VIEW v_why AS
WITH hit AS (
  SELECT m.id AS mention, p.revision AS revision, json_extract(j.value, '$[0]') AS firing,
    json_extract(j.value, '$[1]') AS "begin", json_extract(j.value, '$[2]') AS "end"
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.why) j
  UNION ALL
  SELECT m.id, p.revision, j.value, NULL, NULL
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules
  JOIN shared_reasons x ON x.id = v.shared, json_each(x.rows) j
)
SELECT printf('%016x', h.mention) AS mention,
  CASE l.axis WHEN 0 THEN 'tag' WHEN 1 THEN 'polarity' WHEN 2 THEN 'act' WHEN 3 THEN 'stage'
    WHEN 4 THEN 'intent' WHEN 5 THEN 'service' WHEN 6 THEN 'cycle' WHEN 7 THEN 'theme'
    WHEN 8 THEN 'recovery' END AS axis,
  l.value AS value,
  l.rule AS rule,
  CASE l.field WHEN 0 THEN 'text' WHEN 1 THEN 'title' WHEN 2 THEN 'rating' END AS field,
  h."begin" AS "begin",
  h."end" AS "end",
  CASE WHEN h."begin" IS NOT NULL THEN CAST(substr(
    CAST(CASE l.field WHEN 1 THEN r.title ELSE r.text END AS BLOB),
    h."begin" + 1, h."end" - h."begin") AS TEXT) END AS quote,
  CAST(json_extract(k.value, '$[1]') AS REAL) AS contribution
FROM hit h JOIN firing f ON f.id = h.firing, json_each(f.rows) k
JOIN label l ON l.id = json_extract(k.value, '$[0]')
JOIN revision r ON r.id = h.revision;
)sql";

// Posts lie in the order in which they came, and their ids, which are scattered, in an index of
// their own: in a large store a new post then touches few bytes at random and not a page. (INT,
// unlike INTEGER, is no other name for the row's number.) And the full text index merges its parts
// less often, sixteen at a time: a word is written again half as often.
constexpr std::string_view posts_in_order = R"sql(
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_post (
  id INT NOT NULL PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source,
  identity INTEGER,          -- where there is no external id: shared by look-alikes on one page
  external_id TEXT,
  page_url TEXT NOT NULL,
  url TEXT,
  parent INTEGER,            -- id of the post it answers, stored or not
  author TEXT,               -- pseudonym
  item TEXT,
  location TEXT,
  app_version TEXT,
  posted_at INTEGER,
  posted_at_written TEXT,
  edited_at INTEGER,
  collected_at INTEGER NOT NULL,
  said_at INTEGER NOT NULL,  -- posted_at, else collected_at
  day INTEGER NOT NULL,      -- of said_at, in the configured zone
  dated INTEGER NOT NULL,
  gone_at INTEGER,
  reach INTEGER,
  owner_reply_at INTEGER,
  owner_reply TEXT,
  by_brand INTEGER NOT NULL,
  copy_hash INTEGER,         -- of the newest revision's words, where they are enough
  copy_of INTEGER REFERENCES post,
  revision INTEGER NOT NULL REFERENCES revision,  -- the newest
  seen_in INTEGER REFERENCES listing  -- last
) STRICT;
INSERT INTO new_post SELECT * FROM post ORDER BY revision;
DROP TABLE post;
ALTER TABLE new_post RENAME TO post;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX post_identity ON post(identity) WHERE identity IS NOT NULL;
CREATE INDEX post_copy ON post(copy_hash, said_at, id) WHERE copy_hash IS NOT NULL;
CREATE INDEX post_seen ON post(seen_in, posted_at) WHERE seen_in IS NOT NULL;
CREATE INDEX post_permalink ON post(url) WHERE url <> page_url AND instr(url, '#') = 0;

INSERT INTO mention_fts(mention_fts, rank) VALUES('automerge', 16);
)sql";

// With as many parts as start a merge in steps, FTS5 would instead merge a whole level at once, and
// a large store would write hundreds of megabytes in one transaction.
constexpr std::string_view small_merges = R"sql(
INSERT INTO mention_fts(mention_fts, rank) VALUES('crisismerge', 64);
)sql";

// Texts that resemble each other: copies.h. Those of a store that has posts already are found when
// it is next written to, which the setting says.
constexpr std::string_view near_copies = R"sql(
CREATE TABLE near_cluster (
  id INTEGER PRIMARY KEY,
  first INTEGER              -- key of its earliest post
) STRICT;
CREATE TABLE near_text (
  text INTEGER PRIMARY KEY,  -- post.copy_hash
  cluster INTEGER NOT NULL REFERENCES near_cluster
) STRICT;
CREATE INDEX near_text_cluster ON near_text(cluster);
CREATE INDEX post_copies ON post(copy_of) WHERE copy_of IS NOT NULL;
INSERT INTO setting SELECT 'copies_joined', 1 WHERE NOT EXISTS (SELECT 1 FROM post);
)sql";

// What each version of the rules made of each revision: `current` is the one that a mention shows.
constexpr std::string_view verdicts_by_rules = R"sql(
CREATE VIEW v_verdicts AS
SELECT printf('%016x', p.key) AS post,
  v.revision AS revision,
  x.hash AS rules,
  EXISTS (SELECT 1 FROM mention m WHERE m.post = p.id AND m.rules = v.rules) AS current,
  v.language AS language,
  CASE v.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE v.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  v.score AS score,
  v.confidence AS confidence,
  CASE v.act WHEN 0 THEN 'recommend' WHEN 1 THEN 'warn' WHEN 2 THEN 'praise' WHEN 3 THEN 'complain'
    WHEN 4 THEN 'ask' WHEN 5 THEN 'compare' WHEN 6 THEN 'suggest' WHEN 7 THEN 'request'
    WHEN 8 THEN 'reply' WHEN 9 THEN 'promote' WHEN 10 THEN 'report' END AS act,
  CASE v.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage
FROM post p JOIN verdict v ON v.revision = p.revision JOIN rules x ON x.id = v.rules;
)sql";

// Permalinks name places on other pages than where a post was read, too.
constexpr std::string_view permalinks_with_places = R"sql(
DROP INDEX post_permalink;
CREATE INDEX post_permalink ON post(url) WHERE url <> '' AND substr(url, 1, 1) <> '#';
)sql";

// A scattered key in an index has a page of a large store rewritten for each new row. So ids of
// mentions are sorted in many together (mention_docs.h), identities that are their post's key lie
// in no index, that of texts holds nothing but their hash, and firings are found by one.
constexpr std::string_view fewer_scattered_keys = R"sql(
DROP INDEX mention_id;
CREATE TABLE mention_doc (id INTEGER PRIMARY KEY, doc INTEGER NOT NULL) STRICT;
INSERT INTO mention_doc SELECT id, doc FROM mention ORDER BY id;
INSERT INTO setting SELECT 'mentions_sorted_to', coalesce(max(doc), 0) FROM mention;
CREATE TRIGGER mention_doc_gone AFTER DELETE ON mention BEGIN
  DELETE FROM mention_doc WHERE id = old.id;
  -- The number of the last row that went is given again.
  UPDATE setting SET value = (SELECT coalesce(max(doc), 0) FROM mention)
  WHERE name = 'mentions_sorted_to' AND value > (SELECT coalesce(max(doc), 0) FROM mention);
END;
DROP INDEX post_identity;
CREATE INDEX post_identity ON post(identity) WHERE identity <> key;
DROP INDEX post_copy;
CREATE INDEX post_copy ON post(copy_hash) WHERE copy_hash IS NOT NULL;

PRAGMA legacy_alter_table = ON;
CREATE TABLE new_firing (
  id INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,     -- of rows
  rows TEXT NOT NULL         -- JSON: [label, contribution]; no two have the same
) STRICT;
INSERT INTO new_firing SELECT id, 0, rows FROM firing;
DROP TABLE firing;
ALTER TABLE new_firing RENAME TO firing;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX firing_hash ON firing(hash);
)sql";

void hash_firings(Connection& c) {
  Rows rows = c.query("SELECT id, rows FROM firing");
  while (rows.step())
    c.run("UPDATE firing SET hash = ?2 WHERE id = ?1", rows.integer(0), firing_hash(rows.text(1)));
}

// The latest mentions may not be in the sums yet: late_sums.h.
constexpr std::string_view late_sums = R"sql(
INSERT INTO setting SELECT 'mentions_summed_to', coalesce(max(doc), 0) FROM mention;
INSERT INTO setting VALUES('sums_written', 0);
DROP TRIGGER mention_doc_gone;
CREATE TRIGGER mention_doc_gone AFTER DELETE ON mention BEGIN
  DELETE FROM mention_doc WHERE id = old.id;
  -- The number of the last row that went is given again.
  UPDATE setting SET value = (SELECT coalesce(max(doc), 0) FROM mention)
  WHERE name IN ('mentions_sorted_to', 'mentions_summed_to')
    AND value > (SELECT coalesce(max(doc), 0) FROM mention);
END;
)sql";

// A store that never held posts under former ids (former_id.h) is not looked through for them.
constexpr std::string_view former_ids = R"sql(
INSERT INTO setting SELECT 'has_former_ids', 1 WHERE EXISTS (SELECT 1 FROM post);
)sql";

constexpr std::array all_migrations = {
    Migration{"make the tables", first_tables},
    Migration{"make the views", first_views},
    Migration{"remember where posts were seen and why requests failed", absence},
    Migration{"keep what a rule gives once", firings},
    Migration{"lay out the frontier by host", frontier},
    Migration{"keep posts in order", posts_in_order},
    Migration{"merge the full text in small steps", small_merges},
    Migration{"keep the state of hosts in blocks", host_blocks},
    Migration{"refer to posts by number", posts_by_number},
    Migration{"bring near copies together", near_copies},
    Migration{"keep who corrected a tag", corrections},
    Migration{"keep what is being erased", erasures},
    Migration{"show what other rules said", verdicts_by_rules},
    Migration{"keep audits", audits},
    Migration{"count the stars", star_counts},
    Migration{"sum up each brand's days", brand_days},
    Migration{"keep verdicts short", short_verdicts},
    Migration{"keep the address of a page once", post_pages},
    Migration{"sum up each brand's themes by day", theme_days},
    Migration{"keep facts and words in one column", one_column, true},
    Migration{"list reasons in fewer bytes", listed_reasons},
    Migration{"give each brand its own side", own_sides, false, settle_sides},
    Migration{"keep how far back a run looked", run_looks},
    Migration{"sum up each brand's days by source, language, stage and theme", split_days},
    Migration{"keep when each source was looked at", look_table},
    Migration{"keep which rows of a record are being erased", erasing_rows},
    Migration{"count items that were left out", coverage_items},
    Migration{"find permalinks to places on pages", permalinks_with_places},
    Migration{"join views by an index", joined_views},
    Migration{"know the pages of one list", lists},
    Migration{"show the page of posts without an address", page_addresses},
    Migration{"give each brand the themes of its own side", facet_sides},
    Migration{"remember what retention erased", expired_posts},
    Migration{"say which reasons look at sums", reasons_of_sums},
    Migration{"scatter fewer keys", fewer_scattered_keys, false, hash_firings},
    Migration{"let sums be late", late_sums},
    Migration{"know which stores hold former ids", former_ids},
    Migration{"put the latest posts together", post_places},
    Migration{"tell a site's pages apart by their address alone", "", false, rename_requests},
};

}  // namespace

std::span<const Migration> migrations() { return all_migrations; }

}  // namespace testigo::store
