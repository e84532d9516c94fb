#pragma once

#include <string_view>

namespace testigo::store {

// Migrations of the frontier: migrations.cpp says which.

// The frontier by host: a request lies in the table of its state, under a number that begins with
// its host's, so that hosts of one request each and one host of a million are both read in order.
// host << 35 | depth << 30 | n: frontier_memory.h.
inline constexpr std::string_view frontier = R"sql(
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

// What is kept of each host lies in rows of 64 hosts: host_blocks.h.
inline constexpr std::string_view host_blocks = R"sql(
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

}  // namespace testigo::store
