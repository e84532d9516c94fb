#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// The scattered keys and texts of posts leave their indexes for tables that take the latest
// together (../post_places.h). The key was unique by the table's own word.
inline constexpr std::string_view post_places = R"sql(
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_post (
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
INSERT INTO new_post SELECT id, key, source, identity, external_id, page, url, parent, author, item,
  location, app_version, posted_at, posted_at_written, edited_at, collected_at, said_at, day, dated,
  gone_at, reach, owner_reply_at, owner_reply, by_brand, copy_hash, copy_of, revision, seen_in
FROM post ORDER BY id;
DROP TABLE post;
ALTER TABLE new_post RENAME TO post;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX post_identity ON post(identity) WHERE identity <> key;
CREATE INDEX post_copies ON post(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX post_seen ON post(seen_in, posted_at) WHERE seen_in IS NOT NULL;
CREATE INDEX post_permalink ON post(url) WHERE url <> '' AND substr(url, 1, 1) <> '#';
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
INSERT INTO post_key SELECT key, id FROM post ORDER BY key;
INSERT INTO post_text SELECT copy_hash, id FROM post WHERE copy_hash IS NOT NULL
ORDER BY copy_hash, id;
INSERT INTO setting SELECT 'posts_sorted_to', coalesce(max(id), 0) FROM post;
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
)sql";

}  // namespace testigo::store
