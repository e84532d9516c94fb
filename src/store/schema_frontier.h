#pragma once

#include <string_view>

namespace testigo::store {

// What is still to be asked for, by host: a request lies in the table of its state, under a number
// that begins with its host's (host << 35 | depth << 30 | n: frontier_memory.h). What is kept of
// each host lies in rows of 64 of them: host_blocks.h.
inline constexpr std::string_view frontier_tables = R"sql(
CREATE TABLE profile (
  id INTEGER PRIMARY KEY,
  watch INTEGER NOT NULL REFERENCES watch,
  source TEXT NOT NULL,
  step TEXT NOT NULL,        -- without its variables
  method TEXT NOT NULL,
  headers TEXT NOT NULL,     -- "Name: value" lines
  UNIQUE (watch, source, step, method, headers)
) STRICT;
CREATE TABLE host_state (
  id INTEGER PRIMARY KEY,
  held_until INTEGER NOT NULL DEFAULT 0,
  due INTEGER,               -- requests wait for this time
  capped INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX host_due ON host_state(due) WHERE due IS NOT NULL;
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
CREATE TABLE lease (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  until INTEGER NOT NULL,
  requests BLOB NOT NULL
) STRICT;
CREATE TABLE known (
  space INTEGER NOT NULL,
  first INTEGER NOT NULL,
  keys BLOB NOT NULL,
  PRIMARY KEY (space, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE known_lately (id INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;
CREATE TABLE unsorted (space INTEGER NOT NULL, key INTEGER NOT NULL, host INTEGER NOT NULL,
  name TEXT) STRICT;
CREATE TABLE frontier (
  version INTEGER NOT NULL,  -- changes with each change to these tables
  next_host INTEGER NOT NULL,
  next_request INTEGER NOT NULL,
  last_host INTEGER NOT NULL -- the one whose turn was last
) STRICT;
CREATE TABLE ready_hosts (   -- with a request that may be asked now
  block INTEGER PRIMARY KEY, -- number of the host / 64
  hosts INTEGER NOT NULL     -- a bit for each, the lowest for the first
) STRICT;
CREATE TABLE host_answers (
  block INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,      -- since 1970, UTC
  answers BLOB NOT NULL      -- of each host on that day, four bytes, the lowest first
) STRICT;
CREATE TABLE uncounted (     -- of older stores, until the frontier is first used
  host INTEGER NOT NULL,
  day INTEGER NOT NULL,
  answers INTEGER NOT NULL
) STRICT;
INSERT INTO frontier VALUES(1, 1, 1, 0);
)sql";

}  // namespace testigo::store
