#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// The address of a page is kept once for the posts that one answer brought from it, and of a post's
// own what it adds to its page's: '' if it is that one, '#…' if it is a place on it, and else the
// whole. No address begins with '#'.
inline constexpr std::string_view post_pages = R"sql(
CREATE TABLE post_page (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL          -- of several rows, where answers at different times brought posts
) STRICT;
INSERT INTO post_page(url) SELECT page_url FROM post GROUP BY page_url ORDER BY min(id);
CREATE INDEX post_page_url ON post_page(url);

PRAGMA legacy_alter_table = ON;
CREATE TABLE new_post (
  id INTEGER PRIMARY KEY,    -- of this file alone
  key INTEGER NOT NULL UNIQUE,  -- core/post.h: post_id
  source INTEGER NOT NULL REFERENCES source,
  identity INTEGER,          -- where there is no external id: shared by look-alikes on one page
  external_id TEXT,
  page INTEGER NOT NULL REFERENCES post_page,  -- on which it stands
  url TEXT,                  -- its own; '' or '#…': the page's with this behind it
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
INSERT INTO new_post
SELECT p.id, p.key, p.source, p.identity, p.external_id, g.id,
  CASE WHEN p.url = p.page_url THEN ''
    WHEN substr(p.url, 1, length(p.page_url) + 1) = p.page_url || '#'
      THEN substr(p.url, length(p.page_url) + 1)
    ELSE p.url END,
  p.parent, p.author, p.item, p.location, p.app_version, p.posted_at, p.posted_at_written,
  p.edited_at, p.collected_at, p.said_at, p.day, p.dated, p.gone_at, p.reach, p.owner_reply_at,
  p.owner_reply, p.by_brand, p.copy_hash, p.copy_of, p.revision, p.seen_in
FROM post p CROSS JOIN post_page g ON g.url = p.page_url ORDER BY p.id;
DROP INDEX post_page_url;
DROP TABLE post;
ALTER TABLE new_post RENAME TO post;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX post_identity ON post(identity) WHERE identity IS NOT NULL;
CREATE INDEX post_copy ON post(copy_hash, said_at, key) WHERE copy_hash IS NOT NULL;
CREATE INDEX post_copies ON post(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX post_seen ON post(seen_in, posted_at) WHERE seen_in IS NOT NULL;
CREATE INDEX post_permalink ON post(url) WHERE url <> '' AND instr(url, '#') = 0;

DROP VIEW v_mentions;
CREATE VIEW v_mentions AS
SELECT printf('%016x', m.id) AS id,
  printf('%016x', p.key) AS post,
  b.name AS brand,
  s.name AS source,
  iif(substr(p.url, 1, 1) IN ('', '#'), g.url || p.url, p.url) AS url,
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
LEFT JOIN post_page g ON g.id = p.page
LEFT JOIN evidence e ON e.id = r.evidence;
)sql";

}  // namespace testigo::store
