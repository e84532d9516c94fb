#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// Verdicts in fewer bytes. Themes, service moments and steps of the cycle are numbers of rows that
// all verdicts share, and reasons one flat list of numbers: verdict_row.h has both. Dates as
// written are kept only where they tell posts apart.
inline constexpr std::string_view short_verdicts = R"sql(
CREATE TABLE facet (
  id INTEGER PRIMARY KEY,
  axis INTEGER NOT NULL,
  name TEXT NOT NULL,
  polarity INTEGER NOT NULL,
  UNIQUE (axis, name, polarity)
) STRICT;
CREATE TEMP TABLE old_facet AS
SELECT v.revision AS revision, v.rules AS rules, 7 AS axis, j.key AS name, j.value AS polarity
FROM verdict v, json_each(v.facets, '$.themes') j
UNION ALL
SELECT v.revision, v.rules, 5, j.key, j.value FROM verdict v, json_each(v.facets, '$.service') j
UNION ALL
SELECT v.revision, v.rules, 6, j.key, j.value FROM verdict v, json_each(v.facets, '$.cycle') j;
INSERT INTO facet(axis, name, polarity) SELECT DISTINCT axis, name, polarity FROM old_facet
ORDER BY axis DESC, name, polarity;
CREATE TEMP TABLE numbered AS
SELECT o.revision AS revision, o.rules AS rules, group_concat(f.id) AS facets
FROM (SELECT * FROM old_facet ORDER BY revision, rules, axis DESC, name) o
JOIN facet f ON f.axis = o.axis AND f.name = o.name AND f.polarity = o.polarity
GROUP BY o.revision, o.rules;
CREATE UNIQUE INDEX temp.numbered_verdict ON numbered(revision, rules);

PRAGMA legacy_alter_table = ON;
CREATE TABLE new_verdict (
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
INSERT INTO new_verdict
SELECT v.revision, v.rules, v.language, v.tag, v.polarity, v.score, v.confidence, v.act, v.stage,
  v.intent, v.degree, v.recovery,
  CASE WHEN v.facets IS NOT NULL THEN '[' || coalesce(n.facets, '') ||
    iif(n.facets IS NOT NULL AND json_type(v.facets, '$.durations') IS NOT NULL, ',', '') ||
    coalesce(substr(json_extract(v.facets, '$.durations'), 2), ']') END,
  v.shared,
  CASE WHEN v.why IS NOT NULL THEN (
    SELECT '[' || group_concat(firing || ',' || coalesce("begin" - before, 0) || ',' ||
      coalesce("end" - "begin", -1)) || ']'
    FROM (SELECT j.value ->> 0 AS firing, j.value ->> 1 AS "begin", j.value ->> 2 AS "end",
      coalesce(lag(j.value ->> 1) OVER (ORDER BY j.key), 0) AS before FROM json_each(v.why) j)) END
FROM verdict v LEFT JOIN numbered n ON n.revision = v.revision AND n.rules = v.rules
ORDER BY v.revision, v.rules;
DROP TABLE numbered;
DROP TABLE old_facet;
DROP TABLE verdict;
ALTER TABLE new_verdict RENAME TO verdict;
PRAGMA legacy_alter_table = OFF;

UPDATE post SET posted_at_written = NULL WHERE external_id IS NOT NULL;

DROP VIEW v_why;
CREATE VIEW v_why AS
WITH hit AS (
  SELECT m.id AS mention, p.revision AS revision, j.value AS firing,
    CASE WHEN json_extract(v.why, '$[' || (j.key + 2) || ']') >= 0 THEN (
      SELECT sum(g.value) FROM json_each(v.why) g
      WHERE g.key % 3 = 1 AND g.key <= j.key + 1) END AS "begin",
    json_extract(v.why, '$[' || (j.key + 2) || ']') AS length
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.why) j
  WHERE j.key % 3 = 0
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
  h."begin" + h.length AS "end",
  CASE WHEN h."begin" IS NOT NULL THEN CAST(substr(
    CAST(CASE l.field WHEN 1 THEN r.title ELSE r.text END AS BLOB),
    h."begin" + 1, h.length) AS TEXT) END AS quote,
  CAST(json_extract(k.value, '$[1]') AS REAL) AS contribution
FROM hit h JOIN firing f ON f.id = h.firing, json_each(f.rows) k
JOIN label l ON l.id = json_extract(k.value, '$[0]')
JOIN revision r ON r.id = h.revision;

DROP VIEW v_themes;
CREATE VIEW v_themes AS
SELECT printf('%016x', m.id) AS mention, f.name AS name,
  CASE f.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM mention m JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 7 WHERE j.type = 'integer';

DROP VIEW v_service;
CREATE VIEW v_service AS
SELECT printf('%016x', m.id) AS mention, f.name AS name,
  CASE f.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM mention m JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 5 WHERE j.type = 'integer';
)sql";

}  // namespace testigo::store
