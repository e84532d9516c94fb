#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which. Of a text about several brands each has
// the themes and moments of its own side: sides.h.
inline constexpr std::string_view facet_sides = R"sql(
DROP VIEW v_themes;
CREATE VIEW v_themes AS
SELECT m.mention AS mention, f.name AS name,
  CASE (CASE WHEN m.polarity IS NULL AND m.score IS v.score
      OR coalesce(m.polarity, v.polarity) IN (2, f.polarity) THEN f.polarity
    WHEN coalesce(m.polarity, v.polarity) < 2 AND f.polarity = 2
      THEN coalesce(m.polarity, v.polarity) ELSE 3 END) WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM (SELECT printf('%016x', id) AS mention, post, rules, polarity, score
  FROM mention LIMIT -1) m
JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 7 WHERE j.type = 'integer';
DROP VIEW v_service;
CREATE VIEW v_service AS
SELECT m.mention AS mention, f.name AS name,
  CASE (CASE WHEN m.polarity IS NULL AND m.score IS v.score
      OR coalesce(m.polarity, v.polarity) IN (2, f.polarity) THEN f.polarity
    WHEN coalesce(m.polarity, v.polarity) < 2 AND f.polarity = 2
      THEN coalesce(m.polarity, v.polarity) ELSE 3 END) WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM (SELECT printf('%016x', id) AS mention, post, rules, polarity, score
  FROM mention LIMIT -1) m
JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 5 WHERE j.type = 'integer';
DROP VIEW v_theme_daily;
CREATE VIEW v_theme_daily AS
SELECT b.name AS brand, date(m.day * 86400, 'unixepoch') AS day, p.dated AS dated, s.name AS source,
  v.language AS language, f.name AS theme,
  CASE m.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE (CASE WHEN m.polarity IS NULL AND m.score IS v.score
      OR coalesce(m.polarity, v.polarity) IN (2, f.polarity) THEN f.polarity
    WHEN coalesce(m.polarity, v.polarity) < 2 AND f.polarity = 2
      THEN coalesce(m.polarity, v.polarity) ELSE 3 END) WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE v.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  count(*) AS mentions,
  sum(CAST(round(coalesce(m.score, 0) * 10000) AS INTEGER)) / 10000.0 AS score_sum,
  coalesce(sum(r.stars), 0) / 10000.0 AS rating_sum, count(r.stars) AS rated
FROM mention m JOIN brand b ON b.id = m.brand JOIN post p ON p.id = m.post
JOIN source s ON s.id = p.source JOIN revision r ON r.id = p.revision
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 7
WHERE j.type = 'integer' AND p.copy_of IS NULL AND p.by_brand = 0
  AND (v.act IS NULL OR v.act NOT IN (8, 9))
GROUP BY b.name, m.day, p.dated, s.name, v.language, f.name, m.tag, 8, v.stage;

-- Mentions apart from their text, as they were counted and as they are.
CREATE TEMP TABLE moved AS
SELECT brand, day, value, was, CASE WHEN was = 2 AND side < 2 THEN side ELSE 3 END AS becomes
FROM (SELECT m.brand AS brand, p.day AS day, f.name AS value, f.polarity AS was,
    coalesce(m.polarity, v.polarity) AS side
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
  JOIN facet f ON f.id = j.value AND f.axis = 7
  WHERE (m.polarity IS NOT NULL OR m.score IS NOT v.score) AND j.type = 'integer'
    AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)))
WHERE side IS NOT NULL AND side <> 2 AND was <> side;
UPDATE split_day SET positive = split_day.positive + n.positive,
  negative = split_day.negative + n.negative,
  mixed_polarity = split_day.mixed_polarity + n.mixed, neutral = split_day.neutral + n.neutral
FROM (SELECT brand, day, value,
    sum((becomes = 0) - (was = 0)) AS positive, sum((becomes = 1) - (was = 1)) AS negative,
    sum((becomes = 2) - (was = 2)) AS mixed, sum((becomes = 3) - (was = 3)) AS neutral
  FROM moved GROUP BY brand, day, value) n
WHERE split_day.brand = n.brand AND split_day.split = 3 AND split_day.day = n.day
  AND split_day.value = n.value;
DROP TABLE moved;
)sql";

}  // namespace testigo::store
