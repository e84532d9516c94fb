#pragma once

#include <string_view>

namespace testigo::store {

// Migrations for what persons decide: migrations.cpp says which.

// What persons said of tags, newest last; a mention that is erased takes them with it.
inline constexpr std::string_view corrections = R"sql(
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
inline constexpr std::string_view erasures = R"sql(
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

// Of records that hold rows of many people, which bytes to overwrite.
inline constexpr std::string_view erasing_rows = R"sql(
ALTER TABLE erasing ADD COLUMN rows TEXT;  -- "begin length begin length …"; NULL: all of it
)sql";

// What retention erased and is not to come back: expired.h.
inline constexpr std::string_view expired_posts = R"sql(
CREATE TABLE expired (       -- what retention erased: keys of posts, and marks (expired.h)
  id INTEGER PRIMARY KEY
) STRICT;
)sql";

// Samples for persons to label: audits.h. What is erased goes from them, too.
inline constexpr std::string_view audits = R"sql(
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

}  // namespace testigo::store
