#pragma once

#include <string_view>

namespace testigo::store {

// The tables of a store as they are today, but for those of the frontier.
//
// Instants are UTC milliseconds, days are days since 1970-01-01, hours are hours since then in UTC.
// Axis values are the numbers of core/verdict.h; in the keys of sums, which know no NULL, -1 is
// unknown. `score_sum` and `rating_sum` count ten-thousandths, so that taking away what was added
// leaves exactly nothing.

// What other tables refer to by number.
inline constexpr std::string_view name_tables = R"sql(
CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE brand (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE rules (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE) STRICT;
)sql";

// What was asked for, when, and what came of it.
inline constexpr std::string_view collection_tables = R"sql(
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  payload_digest TEXT NOT NULL,
  url TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  erased_at INTEGER,
  UNIQUE (file, offset)
) STRICT;
CREATE INDEX evidence_payload ON evidence(substr(payload_digest, 8, 12));
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started INTEGER NOT NULL,
  ended INTEGER,
  exit INTEGER,
  pages INTEGER NOT NULL DEFAULT 0,
  posts INTEGER NOT NULL DEFAULT 0,
  new_mentions INTEGER NOT NULL DEFAULT 0,
  rules TEXT NOT NULL,
  looked_from INTEGER, looked_to INTEGER
) STRICT;
-- When sources were looked at: looks.h.
CREATE TABLE look (
  brand INTEGER NOT NULL,    -- 0: any
  source INTEGER NOT NULL,   -- 0: any
  looked_from INTEGER NOT NULL,
  looked_to INTEGER NOT NULL,
  PRIMARY KEY (brand, source, looked_from)
) STRICT, WITHOUT ROWID;
CREATE TABLE coverage (
  run INTEGER NOT NULL REFERENCES run, brand INTEGER NOT NULL REFERENCES brand,
  source INTEGER NOT NULL REFERENCES source,
  asked INTEGER NOT NULL, allowed INTEGER NOT NULL, blocked INTEGER NOT NULL,
  refused_by_page INTEGER NOT NULL, capped INTEGER NOT NULL, failed INTEGER NOT NULL,
  empty INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  items INTEGER NOT NULL DEFAULT 0, left_out INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, brand, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE coverage_reason (
  run INTEGER NOT NULL REFERENCES run, brand INTEGER NOT NULL REFERENCES brand,
  source INTEGER NOT NULL REFERENCES source,
  reason TEXT NOT NULL, requests INTEGER NOT NULL,
  PRIMARY KEY (run, brand, source, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE watch (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  pass INTEGER NOT NULL,     -- the current or latest one
  open INTEGER NOT NULL,     -- 1 until the pass is finished
  started INTEGER NOT NULL,
  last_finished INTEGER,
  waiting INTEGER NOT NULL DEFAULT 0,
  leased INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0,
  not_due INTEGER NOT NULL DEFAULT 0
) STRICT;
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
CREATE TABLE listing (
  id INTEGER PRIMARY KEY,
  request INTEGER NOT NULL UNIQUE,
  list INTEGER               -- the same for all pages of one list
) STRICT;
CREATE INDEX listing_list ON listing(list);
)sql";

// What people published, each wording of it, and which texts resemble each other.
inline constexpr std::string_view post_tables = R"sql(
CREATE TABLE post_page (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL          -- of several rows, where answers at different times brought posts
) STRICT;
CREATE TABLE revision (
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
CREATE TABLE post (
  id INTEGER PRIMARY KEY,    -- of this file alone
  key INTEGER NOT NULL,      -- core/post.h: post_id; no two have the same
  source INTEGER NOT NULL REFERENCES source,
  identity INTEGER,          -- where there is no external id: shared by look-alikes on one page,
                             -- the key of the first
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
  copy_of INTEGER,           -- key of the post it repeats
  revision INTEGER NOT NULL REFERENCES revision,  -- the newest
  seen_in INTEGER REFERENCES listing  -- last
) STRICT;
CREATE INDEX post_identity ON post(identity) WHERE identity <> key;
CREATE INDEX post_copies ON post(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX post_seen ON post(seen_in, posted_at) WHERE seen_in IS NOT NULL;
CREATE INDEX post_permalink ON post(url) WHERE url <> '' AND substr(url, 1, 1) <> '#';
-- Which post has a key, and which have a text: post_places.h.
CREATE TABLE post_key (key INTEGER PRIMARY KEY, post INTEGER NOT NULL) STRICT;
CREATE TABLE post_key_late (key INTEGER PRIMARY KEY, post INTEGER NOT NULL) STRICT;
CREATE TABLE post_text (
  text INTEGER NOT NULL,     -- post.copy_hash
  post INTEGER NOT NULL,
  PRIMARY KEY (text, post)
) STRICT, WITHOUT ROWID;
CREATE TABLE post_text_late (
  text INTEGER NOT NULL,
  post INTEGER NOT NULL,
  PRIMARY KEY (text, post)
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('posts_sorted_to', 0);  -- the last row when they were sorted last
CREATE TRIGGER post_place_gone AFTER DELETE ON post BEGIN
  DELETE FROM post_key_late WHERE key = old.key;
  DELETE FROM post_key WHERE key = old.key;
  DELETE FROM post_text_late WHERE text = old.copy_hash AND post = old.id;
  DELETE FROM post_text WHERE text = old.copy_hash AND post = old.id;
  -- The number of the last row that went is given again.
  UPDATE setting SET value = (SELECT coalesce(max(id), 0) FROM post)
  WHERE name = 'posts_sorted_to' AND value > (SELECT coalesce(max(id), 0) FROM post);
END;
CREATE TRIGGER post_text_changed AFTER UPDATE OF copy_hash ON post
WHEN new.copy_hash IS NOT old.copy_hash BEGIN
  DELETE FROM post_text_late WHERE text = old.copy_hash AND post = old.id;
  DELETE FROM post_text WHERE text = old.copy_hash AND post = old.id;
  INSERT INTO post_text_late SELECT new.copy_hash, new.id WHERE new.copy_hash IS NOT NULL;
END;
CREATE TABLE near_cluster (
  id INTEGER PRIMARY KEY,
  first INTEGER              -- key of its earliest post
) STRICT;
CREATE TABLE near_text (
  text INTEGER PRIMARY KEY,  -- post.copy_hash
  cluster INTEGER NOT NULL REFERENCES near_cluster
) STRICT;
CREATE INDEX near_text_cluster ON near_text(cluster);
INSERT INTO setting VALUES('copies_joined', 1);
)sql";

// What the rules say of a wording, and why; and a row for each brand that it speaks of.
inline constexpr std::string_view verdict_tables = R"sql(
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  value TEXT NOT NULL,
  axis INTEGER NOT NULL,
  field INTEGER NOT NULL,
  UNIQUE (rule, value, axis, field)
) STRICT;
CREATE TABLE firing (
  id INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,     -- of rows
  rows TEXT NOT NULL         -- JSON: [label, contribution]; no two have the same
) STRICT;
CREATE INDEX firing_hash ON firing(hash);
CREATE TABLE shared_reasons (id INTEGER PRIMARY KEY, rows TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE facet (
  id INTEGER PRIMARY KEY,
  axis INTEGER NOT NULL,
  name TEXT NOT NULL,
  polarity INTEGER NOT NULL,
  UNIQUE (axis, name, polarity)
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
  facets TEXT,               -- JSON: numbers of facets, then durations [seconds, of, begin, end]
  shared INTEGER REFERENCES shared_reasons,
  why TEXT,                  -- JSON: of each firing its number, how far it begins behind the one
                             -- before, and its length; -1 for one that looks at no words
  PRIMARY KEY (revision, rules)
) STRICT, WITHOUT ROWID;
CREATE TABLE mention (
  doc INTEGER PRIMARY KEY,   -- ascending; also the row in mention_fts
  id INTEGER NOT NULL,       -- core/post.h: mention_id
  post INTEGER NOT NULL REFERENCES post,
  brand INTEGER NOT NULL REFERENCES brand,
  day INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  rules INTEGER NOT NULL REFERENCES rules,  -- with the post's revision: which verdict
  tag INTEGER,               -- this brand's own
  score REAL,
  corrected INTEGER NOT NULL DEFAULT 0,     -- a person set the tag
  polarity INTEGER           -- this brand's own, where it is not the text's
) STRICT;
CREATE INDEX mention_brand ON mention(brand, day, said_at);
CREATE INDEX mention_post ON mention(post);
-- Which mention has an id: mention_docs.h.
CREATE TABLE mention_doc (id INTEGER PRIMARY KEY, doc INTEGER NOT NULL) STRICT;
INSERT INTO setting VALUES('mentions_sorted_to', 0);  -- the last doc that is in it
CREATE TRIGGER mention_doc_gone AFTER DELETE ON mention BEGIN
  DELETE FROM mention_doc WHERE id = old.id;
  -- The number of the last row that went is given again.
  UPDATE setting SET value = (SELECT coalesce(max(doc), 0) FROM mention)
  WHERE name IN ('mentions_sorted_to', 'mentions_summed_to')
    AND value > (SELECT coalesce(max(doc), 0) FROM mention);
END;
CREATE VIRTUAL TABLE mention_fts USING fts5(words, content='', columnsize=0,
  tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");
CREATE TABLE day_docs (
  day INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,    -- mention.doc: none of the day lies before
  last INTEGER NOT NULL      -- or behind
) STRICT;
INSERT INTO mention_fts(mention_fts, rank) VALUES('automerge', 16), ('crisismerge', 64);
)sql";

// Counts of mentions that are no copies and not the brand's own: rollups.h.
inline constexpr std::string_view sum_tables = R"sql(
CREATE TABLE daily (
  brand INTEGER NOT NULL, day INTEGER NOT NULL, dated INTEGER NOT NULL, source INTEGER NOT NULL,
  language TEXT NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL, stage INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  star1 INTEGER NOT NULL DEFAULT 0, star2 INTEGER NOT NULL DEFAULT 0,
  star3 INTEGER NOT NULL DEFAULT 0, star4 INTEGER NOT NULL DEFAULT 0,
  star5 INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (brand, day, source, language, tag, polarity, stage, dated)
) STRICT, WITHOUT ROWID;
CREATE TABLE hourly (
  brand INTEGER NOT NULL, hour INTEGER NOT NULL, dated INTEGER NOT NULL, source INTEGER NOT NULL,
  language TEXT NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL, stage INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  star1 INTEGER NOT NULL DEFAULT 0, star2 INTEGER NOT NULL DEFAULT 0,
  star3 INTEGER NOT NULL DEFAULT 0, star4 INTEGER NOT NULL DEFAULT 0,
  star5 INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (hour, brand, source, language, tag, polarity, stage, dated)
) STRICT, WITHOUT ROWID;
CREATE TABLE brand_day (
  brand INTEGER NOT NULL, day INTEGER NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL, star1 INTEGER NOT NULL, star2 INTEGER NOT NULL, star3 INTEGER NOT NULL,
  star4 INTEGER NOT NULL, star5 INTEGER NOT NULL,
  pre_zmot INTEGER NOT NULL, zmot INTEGER NOT NULL, fmot INTEGER NOT NULL, amot INTEGER NOT NULL,
  smot INTEGER NOT NULL, umot INTEGER NOT NULL,
  PRIMARY KEY (brand, day, tag, polarity)
) STRICT, WITHOUT ROWID;
-- Of days told apart by one thing at a time; tags and polarities stand beside each other.
CREATE TABLE split_day (
  brand INTEGER NOT NULL,
  split INTEGER NOT NULL,    -- 0 source, 1 language, 2 stage, 3 theme
  day INTEGER NOT NULL,
  value ANY NOT NULL,        -- number of source or stage (-1: none), language, or name of theme
  mentions INTEGER NOT NULL,
  advocacy INTEGER NOT NULL, complaint INTEGER NOT NULL, mixed INTEGER NOT NULL,
  question INTEGER NOT NULL, other INTEGER NOT NULL,
  positive INTEGER NOT NULL, negative INTEGER NOT NULL,  -- of a theme: of its own clause
  mixed_polarity INTEGER NOT NULL, neutral INTEGER NOT NULL,
  score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  star1 INTEGER NOT NULL, star2 INTEGER NOT NULL, star3 INTEGER NOT NULL, star4 INTEGER NOT NULL,
  star5 INTEGER NOT NULL,
  PRIMARY KEY (brand, split, day, value)
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('mentions_summed_to', 0);  -- the last doc that they count: late_sums.h
INSERT INTO setting VALUES('sums_written', 0);
)sql";

// What people changed and took away.
inline constexpr std::string_view people_tables = R"sql(
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
  rows TEXT,                 -- "begin length begin length …"; NULL: all of it
  PRIMARY KEY (file, offset)
) STRICT, WITHOUT ROWID;
CREATE TABLE unwanted (      -- keys of posts, and pseudonyms as numbers
  id INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE expired (       -- what retention erased: keys of posts, and marks (expired.h)
  id INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER correction_gone AFTER DELETE ON mention BEGIN
  DELETE FROM correction WHERE mention = old.id;
END;
CREATE TRIGGER audit_item_gone AFTER DELETE ON mention BEGIN
  DELETE FROM audit_item WHERE mention = old.id;
END;
)sql";

}  // namespace testigo::store
