#include "store/migrations.h"

#include <array>

#include "store/brand_days.h"
#include "store/first_schema.h"
#include "store/listed_reasons.h"
#include "store/one_column.h"
#include "store/post_pages.h"
#include "store/posts_by_number.h"
#include "store/short_verdicts.h"
#include "store/star_counts.h"
#include "store/theme_days.h"

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

// The frontier by host: a request lies in the table of its state, under a number that begins with
// its host's, so that hosts of one request each and one host of a million are both read in order.
// host << 35 | depth << 30 | n: frontier_memory.h.
constexpr std::string_view frontier = R"sql(
ALTER TABLE watch ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;  -- queued, postponed or leased
ALTER TABLE watch ADD COLUMN leased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE watch ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE watch ADD COLUMN dead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE watch ADD COLUMN not_due INTEGER NOT NULL DEFAULT 0;

-- What many requests have in common.
CREATE TABLE profile (
  id INTEGER PRIMARY KEY,
  watch INTEGER NOT NULL REFERENCES watch,
  source TEXT NOT NULL,
  step TEXT NOT NULL,        -- without its variables
  method TEXT NOT NULL,
  headers TEXT NOT NULL,     -- "Name: value" lines
  UNIQUE (watch, source, step, method, headers)
) STRICT;
-- Hosts that have been answered or held, and when those of them that wait may be asked again.
CREATE TABLE host_state (
  id INTEGER PRIMARY KEY,
  held_until INTEGER NOT NULL DEFAULT 0,
  due INTEGER,               -- requests wait for this time
  capped INTEGER NOT NULL DEFAULT 0,  -- because the day's budget is used up
  day INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0  -- requests on that day
) STRICT;
CREATE INDEX host_due ON host_state(due) WHERE due IS NOT NULL;
-- Hosts with a request that may be asked now.
CREATE TABLE ready_host (id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE queued (        -- also while leased
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  profile INTEGER NOT NULL REFERENCES profile,
  depth INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  standing INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  url TEXT NOT NULL,         -- without secrets
  variables TEXT,            -- of the step
  body TEXT
) STRICT;
CREATE TABLE postponed (
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  profile INTEGER NOT NULL REFERENCES profile,
  depth INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  standing INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  url TEXT NOT NULL,
  variables TEXT,
  body TEXT,
  due INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX postponed_due ON postponed(due);
CREATE TABLE dead (
  seq INTEGER PRIMARY KEY,
  watch INTEGER NOT NULL REFERENCES watch,
  key INTEGER NOT NULL,
  url TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  entry INTEGER NOT NULL
) STRICT;
CREATE INDEX dead_watch ON dead(watch);
-- Requests that are remembered across passes.
CREATE TABLE standing (
  watch INTEGER NOT NULL REFERENCES watch,
  key INTEGER NOT NULL,
  host INTEGER NOT NULL,
  profile INTEGER NOT NULL REFERENCES profile,
  depth INTEGER NOT NULL,
  url TEXT NOT NULL,
  variables TEXT,
  body TEXT,
  gone INTEGER NOT NULL,     -- answers in a row that said so
  PRIMARY KEY (watch, key)
) STRICT, WITHOUT ROWID;
-- Numbers of queued requests that a run is asking, eight bytes each, little-endian.
CREATE TABLE lease (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  until INTEGER NOT NULL,
  requests BLOB NOT NULL
) STRICT;

-- Sorted keys in runs of some hundreds, and those not sorted in yet: known_keys.h.
CREATE TABLE known (
  space INTEGER NOT NULL,
  first INTEGER NOT NULL,
  keys BLOB NOT NULL,
  PRIMARY KEY (space, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE known_lately (id INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;

-- What stood in the tables before.
INSERT INTO profile(watch, source, step, method, headers)
SELECT DISTINCT watch, source,
  CASE WHEN instr(step, '?') THEN substr(step, 1, instr(step, '?') - 1) ELSE step END,
  method, headers FROM request;
CREATE TEMP TABLE carried AS
SELECT r.seq AS seq, (r.host << 35) | (min(r.depth, 31) << 30) | (r.seq & 0x3fffffff) AS id, r.id AS key,
  p.id AS profile, r.watch AS watch, r.host AS host, r.depth AS depth, r.entry AS entry,
  r.state AS state, r.attempts AS attempts, r.url AS url,
  CASE WHEN instr(r.step, '?') THEN substr(r.step, instr(r.step, '?')) END AS variables,
  CASE WHEN r.body <> '' THEN r.body END AS body, r.not_before AS due, r.reason AS reason
FROM request r JOIN profile p ON p.watch = r.watch AND p.source = r.source
  AND p.method = r.method AND p.headers = r.headers AND p.step =
  CASE WHEN instr(r.step, '?') THEN substr(r.step, 1, instr(r.step, '?') - 1) ELSE r.step END;
INSERT INTO postponed SELECT id, key, profile, depth, entry, 0, attempts, url, variables, body, due,
  coalesce(reason, '') FROM carried WHERE state < 2;
INSERT INTO dead SELECT seq, watch, key, url, coalesce(reason, ''), attempts, entry
FROM carried WHERE state = 3;
UPDATE watch SET
  waiting = (SELECT count(*) FROM carried WHERE watch = watch.id AND state < 2),
  done = (SELECT count(*) FROM carried WHERE watch = watch.id AND state = 2),
  dead = (SELECT count(*) FROM carried WHERE watch = watch.id AND state = 3);
INSERT INTO host_state(id, held_until) SELECT id, not_before FROM host WHERE not_before > 0;
-- Sorted in when the frontier is first used.
CREATE TABLE unsorted (space INTEGER NOT NULL, key INTEGER NOT NULL, host INTEGER NOT NULL,
  name TEXT) STRICT;
INSERT INTO unsorted SELECT watch, key, host, NULL FROM carried;
INSERT INTO unsorted SELECT 0, 0, id, name FROM host;
CREATE TABLE frontier (
  version INTEGER NOT NULL,  -- changes with each change to these tables
  next_host INTEGER NOT NULL,
  next_request INTEGER NOT NULL,
  last_host INTEGER NOT NULL -- the one whose turn was last
) STRICT;
INSERT INTO frontier SELECT 1, (SELECT coalesce(max(id), 0) + 1 FROM host),
  (SELECT coalesce(max(seq), 0) + 1 FROM request), 0;
DELETE FROM setting WHERE name = 'last_host';
DROP TABLE temp.carried;
DROP TABLE request;
DROP TABLE host;
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

// What is kept of each host lies in rows of 64 hosts: host_blocks.h.
constexpr std::string_view host_blocks = R"sql(
CREATE TABLE ready_hosts (   -- with a request that may be asked now
  block INTEGER PRIMARY KEY, -- number of the host / 64
  hosts INTEGER NOT NULL     -- a bit for each, the lowest for the first
) STRICT;
INSERT INTO ready_hosts SELECT id >> 6, sum(1 << (id & 63)) FROM ready_host GROUP BY id >> 6;
DROP TABLE ready_host;
CREATE TABLE host_answers (
  block INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,      -- since 1970, UTC
  answers BLOB NOT NULL      -- of each host on that day, four bytes, the lowest first
) STRICT;
-- Counted in when the frontier is first used.
CREATE TABLE uncounted (host INTEGER NOT NULL, day INTEGER NOT NULL, answers INTEGER NOT NULL) STRICT;
INSERT INTO uncounted SELECT id, day, answered FROM host_state WHERE answered > 0;
DELETE FROM host_state WHERE due IS NULL AND held_until = 0;
ALTER TABLE host_state DROP COLUMN day;
ALTER TABLE host_state DROP COLUMN answered;
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

// What persons said of tags, newest last; a mention that is erased takes them with it.
constexpr std::string_view corrections = R"sql(
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  mention INTEGER NOT NULL,  -- mention.id
  at INTEGER NOT NULL,
  person TEXT NOT NULL,
  note TEXT,
  was INTEGER,               -- tag before; NULL: unclassified
  was_corrected INTEGER NOT NULL,
  tag INTEGER,               -- tag after
  undone INTEGER NOT NULL    -- 1: back to what the rules say
) STRICT;
CREATE INDEX correction_mention ON correction(mention);
CREATE TRIGGER correction_gone AFTER DELETE ON mention BEGIN
  DELETE FROM correction WHERE mention = old.id;
END;
CREATE VIEW v_corrections AS
SELECT printf('%016x', c.mention) AS mention,
  strftime('%Y-%m-%dT%H:%M:%SZ', c.at / 1000, 'unixepoch') AS at,
  c.person AS person,
  c.note AS note,
  CASE c.was WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS was,
  CASE c.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  c.undone AS undone
FROM correction c;
)sql";

// Erasures, the records of the archive that they still have to overwrite, and what is not to come
// back: erasure.h.
constexpr std::string_view erasures = R"sql(
ALTER TABLE evidence ADD COLUMN erased_at INTEGER;  -- the record is overwritten, or about to be
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,      -- author, post, retention, gone, …
  posts INTEGER NOT NULL, revisions INTEGER NOT NULL, mentions INTEGER NOT NULL,
  verdicts INTEGER NOT NULL, corrections INTEGER NOT NULL, requests INTEGER NOT NULL,
  records INTEGER NOT NULL,  -- of the archive
  digest TEXT NOT NULL,      -- of the texts
  finished_at INTEGER        -- NULL: bytes of it may still be in the files
) STRICT;
CREATE TABLE erasing (       -- records of the archive to be overwritten
  file TEXT NOT NULL,
  offset INTEGER NOT NULL,
  PRIMARY KEY (file, offset)
) STRICT, WITHOUT ROWID;
CREATE TABLE unwanted (      -- keys of posts, and pseudonyms as numbers
  id INTEGER PRIMARY KEY
) STRICT;
CREATE VIEW v_erasures AS
SELECT e.id AS id, strftime('%Y-%m-%dT%H:%M:%SZ', e.at / 1000, 'unixepoch') AS at,
  e.reason AS reason, e.posts AS posts, e.revisions AS revisions, e.mentions AS mentions,
  e.verdicts AS verdicts, e.corrections AS corrections, e.requests AS requests,
  e.records AS records, e.digest AS digest,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.finished_at / 1000, 'unixepoch') AS finished_at
FROM erasure e;
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

// Samples for persons to label: audits.h. What is erased goes from them, too.
constexpr std::string_view audits = R"sql(
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  brand INTEGER REFERENCES brand,  -- NULL: all
  since INTEGER,             -- days; `until` is not one of them
  until INTEGER,
  seed INTEGER NOT NULL,
  rules TEXT                 -- hash
) STRICT;
CREATE TABLE audit_stratum (
  audit INTEGER NOT NULL REFERENCES audit,
  tag INTEGER NOT NULL,
  mentions INTEGER NOT NULL, -- that the rules gave it, when it was drawn
  PRIMARY KEY (audit, tag)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_item (
  audit INTEGER NOT NULL REFERENCES audit,
  mention INTEGER NOT NULL,  -- mention.id
  tag INTEGER NOT NULL,      -- by the rules, when it was drawn
  place INTEGER NOT NULL,    -- in the order of labelling
  label INTEGER,             -- what a person says
  person TEXT,
  at INTEGER,
  PRIMARY KEY (audit, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_item_mention ON audit_item(mention);
CREATE TRIGGER audit_item_gone AFTER DELETE ON mention BEGIN
  DELETE FROM audit_item WHERE mention = old.id;
END;
CREATE VIEW v_audits AS
SELECT i.audit AS audit, b.name AS brand,
  strftime('%Y-%m-%dT%H:%M:%SZ', a.at / 1000, 'unixepoch') AS drawn_at,
  printf('%016x', i.mention) AS mention,
  CASE i.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE i.label WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS label,
  i.person AS person,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.at / 1000, 'unixepoch') AS labelled_at
FROM audit_item i JOIN audit a ON a.id = i.audit LEFT JOIN brand b ON b.id = a.brand;
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
};

}  // namespace

std::span<const Migration> migrations() { return all_migrations; }

}  // namespace testigo::store
