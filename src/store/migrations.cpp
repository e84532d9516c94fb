#include "store/migrations.h"

#include <array>

namespace testigo::store {

namespace {

// Instants are UTC milliseconds, days are days since 1970-01-01, hours are hours since then in UTC.
// Axis values are the numbers of core/verdict.h; in the keys of rollups, which know no NULL, -1 is
// unknown. `score_sum` and `rating_sum` count ten-thousandths, so that taking away what was added
// leaves exactly nothing.
constexpr std::string_view tables = R"sql(
CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE brand (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE rules (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE) STRICT;

-- What a reason speaks for. A verdict's reasons are rows [label, begin, end, contribution].
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  value TEXT NOT NULL,
  axis INTEGER NOT NULL,
  field INTEGER NOT NULL,
  UNIQUE (rule, value, axis, field)
) STRICT;
-- Reasons without words (bias), the same for all verdicts of a language: JSON rows as above.
CREATE TABLE shared_reasons (id INTEGER PRIMARY KEY, rows TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  payload_digest TEXT NOT NULL,
  url TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  UNIQUE (file, offset)
) STRICT;

CREATE TABLE post (
  id INTEGER PRIMARY KEY,
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
  revision INTEGER NOT NULL REFERENCES revision  -- the newest
) STRICT;
CREATE INDEX post_identity ON post(identity) WHERE identity IS NOT NULL;
CREATE INDEX post_copy ON post(copy_hash, said_at) WHERE copy_hash IS NOT NULL;

CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  post INTEGER NOT NULL REFERENCES post,
  previous INTEGER REFERENCES revision,
  hash INTEGER NOT NULL,     -- of title, text and rating
  seen_at INTEGER NOT NULL,
  evidence INTEGER REFERENCES evidence,
  language TEXT,             -- as the source declares it
  rating REAL,
  rating_best REAL,
  rating_worst REAL,
  stars INTEGER,             -- the rating from 1 to 5, in ten-thousandths
  title TEXT,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE verdict (
  revision INTEGER NOT NULL REFERENCES revision,
  rules INTEGER NOT NULL REFERENCES rules,
  language TEXT NOT NULL,
  tag INTEGER,               -- NULL, as all axes, where unclassified
  polarity INTEGER,
  score REAL,
  confidence REAL,
  act INTEGER,
  stage INTEGER,
  intent INTEGER,
  degree INTEGER,
  recovery INTEGER,
  facets TEXT,               -- JSON: themes, service, cycle {name: polarity}, durations
  shared INTEGER REFERENCES shared_reasons,
  why TEXT,                  -- JSON rows [label, begin, end, contribution]
  PRIMARY KEY (revision, rules)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
  doc INTEGER PRIMARY KEY,   -- ascending; also the row in mention_fts
  id INTEGER NOT NULL,
  post INTEGER NOT NULL REFERENCES post,
  brand INTEGER NOT NULL REFERENCES brand,
  day INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  rules INTEGER NOT NULL REFERENCES rules,  -- with the post's revision: which verdict
  tag INTEGER,               -- this brand's own
  score REAL,
  corrected INTEGER NOT NULL DEFAULT 0      -- a person set the tag
) STRICT;
CREATE UNIQUE INDEX mention_id ON mention(id);
CREATE INDEX mention_post ON mention(post);
CREATE INDEX mention_brand ON mention(brand, day, said_at);

-- The tokens of query/fts.h, already folded and cut. Contentless: a row is deleted by its tokens.
CREATE VIRTUAL TABLE mention_fts USING fts5(words, filters, content='', columnsize=0,
  tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");

CREATE TABLE daily (
  brand INTEGER NOT NULL, day INTEGER NOT NULL, dated INTEGER NOT NULL, source INTEGER NOT NULL,
  language TEXT NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL, stage INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  PRIMARY KEY (brand, day, source, language, tag, polarity, stage, dated)
) STRICT, WITHOUT ROWID;
CREATE TABLE theme_daily (
  brand INTEGER NOT NULL, day INTEGER NOT NULL, dated INTEGER NOT NULL, source INTEGER NOT NULL,
  language TEXT NOT NULL, theme TEXT NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  PRIMARY KEY (brand, day, source, language, theme, tag, polarity, stage, dated)
) STRICT, WITHOUT ROWID;
CREATE TABLE hourly (
  brand INTEGER NOT NULL, hour INTEGER NOT NULL, dated INTEGER NOT NULL, source INTEGER NOT NULL,
  language TEXT NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL, stage INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  PRIMARY KEY (hour, brand, source, language, tag, polarity, stage, dated)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started INTEGER NOT NULL,
  ended INTEGER,
  exit INTEGER,
  pages INTEGER NOT NULL DEFAULT 0,
  posts INTEGER NOT NULL DEFAULT 0,
  new_mentions INTEGER NOT NULL DEFAULT 0,
  rules TEXT NOT NULL
) STRICT;
CREATE TABLE coverage (
  run INTEGER NOT NULL REFERENCES run, brand INTEGER NOT NULL REFERENCES brand,
  source INTEGER NOT NULL REFERENCES source,
  asked INTEGER NOT NULL, allowed INTEGER NOT NULL, blocked INTEGER NOT NULL,
  refused_by_page INTEGER NOT NULL, capped INTEGER NOT NULL, failed INTEGER NOT NULL,
  empty INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  PRIMARY KEY (run, brand, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE watch (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  pass INTEGER NOT NULL,     -- the current or latest one
  open INTEGER NOT NULL,     -- 1 until the pass is finished
  started INTEGER NOT NULL,
  last_finished INTEGER
) STRICT;
CREATE TABLE host (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  not_before INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE request (
  seq INTEGER PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  watch INTEGER NOT NULL REFERENCES watch,
  source TEXT NOT NULL,
  step TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,         -- without secrets
  headers TEXT NOT NULL,     -- "Name: value" lines
  body TEXT NOT NULL,
  host INTEGER NOT NULL REFERENCES host,
  depth INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  state INTEGER NOT NULL,    -- 0 queued, 1 leased, 2 done, 3 dead
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  run INTEGER,               -- that holds the lease
  leased_until INTEGER,
  reason TEXT                -- why it was postponed or is dead
) STRICT;
CREATE INDEX request_queue ON request(state, host, depth, seq);
CREATE INDEX request_watch ON request(watch, state);
CREATE TABLE page (
  request INTEGER PRIMARY KEY,
  etag TEXT,
  last_modified TEXT,
  payload_digest TEXT NOT NULL,
  status INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  changed_at INTEGER,
  revisit_after INTEGER,     -- seconds
  evidence INTEGER REFERENCES evidence  -- where the bytes last seen lie
) STRICT;
)sql";

// What everybody may read (DESIGN §8). Plain SQL only: they open in any SQLite shell.
constexpr std::string_view views = R"sql(
CREATE VIEW v_mentions AS
SELECT printf('%016x', m.id) AS id,
  printf('%016x', m.post) AS post,
  b.name AS brand,
  s.name AS source,
  p.url AS url,
  CASE WHEN p.parent IS NOT NULL THEN printf('%016x', p.parent) END AS parent,
  p.author AS author,
  p.item AS item,
  p.location AS location,
  p.app_version AS app_version,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.posted_at / 1000, 'unixepoch') AS posted_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.collected_at / 1000, 'unixepoch') AS collected_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.gone_at / 1000, 'unixepoch') AS gone_at,
  v.language AS language,
  r.rating AS rating,
  r.rating_best AS rating_best,
  r.title AS title,
  r.text AS text,
  CASE m.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE v.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  m.score AS score,
  v.confidence AS confidence,
  CASE v.act WHEN 0 THEN 'recommend' WHEN 1 THEN 'warn' WHEN 2 THEN 'praise' WHEN 3 THEN 'complain'
    WHEN 4 THEN 'ask' WHEN 5 THEN 'compare' WHEN 6 THEN 'suggest' WHEN 7 THEN 'request'
    WHEN 8 THEN 'reply' WHEN 9 THEN 'promote' WHEN 10 THEN 'report' END AS act,
  CASE v.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  CASE v.intent WHEN 0 THEN 'buy' WHEN 1 THEN 'repurchase' WHEN 2 THEN 'churn'
    WHEN 3 THEN 'switch' END AS intent,
  CASE v.degree WHEN 0 THEN 'very_pain' WHEN 1 THEN 'pain' WHEN 2 THEN 'none' WHEN 3 THEN 'glory'
    WHEN 4 THEN 'very_glory' END AS degree,
  p.reach AS reach,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.owner_reply_at / 1000, 'unixepoch') AS owner_reply_at,
  CASE WHEN p.copy_of IS NOT NULL THEN printf('%016x', p.copy_of) END AS copy_of,
  m.corrected AS corrected,
  e.file || ':' || e.offset AS evidence
FROM mention m
JOIN post p ON p.id = m.post
JOIN brand b ON b.id = m.brand
JOIN source s ON s.id = p.source
JOIN revision r ON r.id = p.revision
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules
LEFT JOIN evidence e ON e.id = r.evidence;

CREATE VIEW v_why AS
WITH reason AS (
  SELECT m.id AS mention, p.revision AS revision, j.value AS row
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.why) j
  UNION ALL
  SELECT m.id, p.revision, j.value
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules
  JOIN shared_reasons x ON x.id = v.shared, json_each(x.rows) j
)
SELECT printf('%016x', a.mention) AS mention,
  CASE l.axis WHEN 0 THEN 'tag' WHEN 1 THEN 'polarity' WHEN 2 THEN 'act' WHEN 3 THEN 'stage'
    WHEN 4 THEN 'intent' WHEN 5 THEN 'service' WHEN 6 THEN 'cycle' WHEN 7 THEN 'theme'
    WHEN 8 THEN 'recovery' END AS axis,
  l.value AS value,
  l.rule AS rule,
  CASE l.field WHEN 0 THEN 'text' WHEN 1 THEN 'title' WHEN 2 THEN 'rating' END AS field,
  json_extract(a.row, '$[1]') AS "begin",
  json_extract(a.row, '$[2]') AS "end",
  CASE WHEN json_extract(a.row, '$[1]') IS NOT NULL THEN CAST(substr(
    CAST(CASE l.field WHEN 1 THEN r.title ELSE r.text END AS BLOB),
    json_extract(a.row, '$[1]') + 1,
    json_extract(a.row, '$[2]') - json_extract(a.row, '$[1]')) AS TEXT) END AS quote,
  CAST(json_extract(a.row, '$[3]') AS REAL) AS contribution
FROM reason a
JOIN label l ON l.id = json_extract(a.row, '$[0]')
JOIN revision r ON r.id = a.revision;

CREATE VIEW v_themes AS
SELECT printf('%016x', m.id) AS mention, j.key AS name,
  CASE j.value WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM mention m JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets, '$.themes') j;

CREATE VIEW v_service AS
SELECT printf('%016x', m.id) AS mention, j.key AS name,
  CASE j.value WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM mention m JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets, '$.service') j;

CREATE VIEW v_daily AS
SELECT b.name AS brand, date(d.day * 86400, 'unixepoch') AS day, d.dated AS dated, s.name AS source,
  d.language AS language,
  CASE d.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE d.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE d.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  d.mentions AS mentions, d.score_sum / 10000.0 AS score_sum,
  d.rating_sum / 10000.0 AS rating_sum, d.rated AS rated
FROM daily d JOIN brand b ON b.id = d.brand JOIN source s ON s.id = d.source;

CREATE VIEW v_theme_daily AS
SELECT b.name AS brand, date(d.day * 86400, 'unixepoch') AS day, d.dated AS dated, s.name AS source,
  d.language AS language, d.theme AS theme,
  CASE d.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE d.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE d.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  d.mentions AS mentions, d.score_sum / 10000.0 AS score_sum,
  d.rating_sum / 10000.0 AS rating_sum, d.rated AS rated
FROM theme_daily d JOIN brand b ON b.id = d.brand JOIN source s ON s.id = d.source;

CREATE VIEW v_hourly AS
SELECT b.name AS brand, strftime('%Y-%m-%dT%H:00:00Z', d.hour * 3600, 'unixepoch') AS hour,
  d.dated AS dated, s.name AS source, d.language AS language,
  CASE d.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE d.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE d.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  d.mentions AS mentions, d.score_sum / 10000.0 AS score_sum,
  d.rating_sum / 10000.0 AS rating_sum, d.rated AS rated
FROM hourly d JOIN brand b ON b.id = d.brand JOIN source s ON s.id = d.source;

CREATE VIEW v_coverage AS
SELECT c.run AS run, b.name AS brand, s.name AS source, c.asked AS asked, c.allowed AS allowed,
  c.blocked AS blocked, c.refused_by_page AS refused_by_page, c.capped AS capped,
  c.failed AS failed, c.empty AS empty, c.unchanged AS unchanged
FROM coverage c JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source;

CREATE VIEW v_runs AS
SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', started / 1000, 'unixepoch') AS started,
  strftime('%Y-%m-%dT%H:%M:%SZ', ended / 1000, 'unixepoch') AS ended,
  exit, pages, posts, new_mentions, rules
FROM run;
)sql";

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

// The frontier by host: a request lies in the table of its state, under a number that begins with its
// host's, so that hosts of one request each and one host of a million are both read in order.
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

// Posts lie in the order in which they came, and their ids, which are scattered, in an index of their
// own: in a large store a new post then touches few bytes at random and not a page. (INT, unlike
// INTEGER, is no other name for the row's number.) And the full text index merges its parts less
// often, sixteen at a time: a word is written again half as often.
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

// With as many parts as start a merge in steps, FTS5 would instead merge a whole level at once, and a
// large store would write hundreds of megabytes in one transaction.
constexpr std::string_view small_merges = R"sql(
INSERT INTO mention_fts(mention_fts, rank) VALUES('crisismerge', 64);
)sql";

constexpr std::array all_migrations = {
    Migration{"make the tables", tables},
    Migration{"make the views", views},
    Migration{"remember where posts were seen and why requests failed", absence},
    Migration{"keep what a rule gives once", firings},
    Migration{"lay out the frontier by host", frontier},
    Migration{"keep posts in order", posts_in_order},
    Migration{"merge the full text in small steps", small_merges},
};

}  // namespace

std::span<const Migration> migrations() { return all_migrations; }

}  // namespace testigo::store
