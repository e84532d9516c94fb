#pragma once

#include <string_view>

namespace testigo::store {

// The file of the first version: migrations 1 and 2. It has shipped and is never edited; what came
// later stands in migrations.cpp.

// Instants are UTC milliseconds, days are days since 1970-01-01, hours are hours since then in UTC.
// Axis values are the numbers of core/verdict.h; in the keys of rollups, which know no NULL, -1 is
// unknown. `score_sum` and `rating_sum` count ten-thousandths, so that taking away what was added
// leaves exactly nothing.
inline constexpr std::string_view first_tables = R"sql(
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
inline constexpr std::string_view first_views = R"sql(
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

}  // namespace testigo::store
