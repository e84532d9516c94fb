#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// A brand's themes by day, all sources, languages and stages together: their rows are bounded by
// days and themes, where finer ones would be nearly as many as the mentions. What is finer, the
// view counts when it is asked.
inline constexpr std::string_view theme_days = R"sql(
CREATE TABLE theme_day (
  brand INTEGER NOT NULL, day INTEGER NOT NULL, theme TEXT NOT NULL, tag INTEGER NOT NULL,
  polarity INTEGER NOT NULL,  -- of the theme's own clause
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL, star1 INTEGER NOT NULL, star2 INTEGER NOT NULL, star3 INTEGER NOT NULL,
  star4 INTEGER NOT NULL, star5 INTEGER NOT NULL,
  PRIMARY KEY (brand, day, theme, tag, polarity)
) STRICT, WITHOUT ROWID;
INSERT INTO theme_day
SELECT brand, day, theme, tag, polarity, sum(mentions), sum(score_sum), sum(rating_sum), sum(rated),
  sum(star1), sum(star2), sum(star3), sum(star4), sum(star5)
FROM theme_daily GROUP BY brand, day, theme, tag, polarity;
DROP VIEW v_theme_daily;
DROP TABLE theme_daily;
CREATE VIEW v_theme_daily AS
SELECT b.name AS brand, date(m.day * 86400, 'unixepoch') AS day, p.dated AS dated, s.name AS source,
  v.language AS language, f.name AS theme,
  CASE m.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE f.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
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
GROUP BY b.name, m.day, p.dated, s.name, v.language, f.name, m.tag, f.polarity, v.stage;
)sql";

}  // namespace testigo::store
