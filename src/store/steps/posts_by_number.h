#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// What belongs to a post refers to its row's number, which ascends, and no longer to its scattered
// key: the index of a post's mentions then grows at its end, and rows are shorter. Nothing asks for
// the post of a revision.
inline constexpr std::string_view posts_by_number = R"sql(
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_post (
  id INTEGER PRIMARY KEY,    -- of this file alone
  key INTEGER NOT NULL UNIQUE,  -- core/post.h: post_id
  source INTEGER NOT NULL REFERENCES source,
  identity INTEGER,          -- where there is no external id: shared by look-alikes on one page
  external_id TEXT,
  page_url TEXT NOT NULL,
  url TEXT,
  parent INTEGER,            -- key of the post it answers, stored or not
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
  copy_of INTEGER REFERENCES post(key),
  revision INTEGER NOT NULL REFERENCES revision,  -- the newest
  seen_in INTEGER REFERENCES listing  -- last
) STRICT;
INSERT INTO new_post(key, source, identity, external_id, page_url, url, parent, author, item,
  location, app_version, posted_at, posted_at_written, edited_at, collected_at, said_at, day, dated,
  gone_at, reach, owner_reply_at, owner_reply, by_brand, copy_hash, copy_of, revision, seen_in)
SELECT * FROM post ORDER BY rowid;
CREATE TABLE new_revision (
  id INTEGER PRIMARY KEY,
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
INSERT INTO new_revision SELECT id, previous, hash, seen_at, evidence, language, rating,
  rating_best, rating_worst, stars, title, text FROM revision;
DROP INDEX mention_post;
UPDATE mention SET post = (SELECT n.id FROM new_post n WHERE n.key = mention.post);
CREATE INDEX mention_post ON mention(post);
DROP TABLE post;
DROP TABLE revision;
ALTER TABLE new_post RENAME TO post;
ALTER TABLE new_revision RENAME TO revision;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX post_identity ON post(identity) WHERE identity IS NOT NULL;
CREATE INDEX post_copy ON post(copy_hash, said_at, key) WHERE copy_hash IS NOT NULL;
CREATE INDEX post_seen ON post(seen_in, posted_at) WHERE seen_in IS NOT NULL;
CREATE INDEX post_permalink ON post(url) WHERE url <> page_url AND instr(url, '#') = 0;

DROP VIEW v_mentions;
CREATE VIEW v_mentions AS
SELECT printf('%016x', m.id) AS id,
  printf('%016x', p.key) AS post,
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
)sql";

}  // namespace testigo::store
