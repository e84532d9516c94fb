#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// How many stars were given, beside their sum, so that their distribution needs no scan.
inline constexpr std::string_view star_counts = R"sql(
ALTER TABLE daily ADD COLUMN star1 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE daily ADD COLUMN star2 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE daily ADD COLUMN star3 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE daily ADD COLUMN star4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE daily ADD COLUMN star5 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE theme_daily ADD COLUMN star1 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE theme_daily ADD COLUMN star2 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE theme_daily ADD COLUMN star3 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE theme_daily ADD COLUMN star4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE theme_daily ADD COLUMN star5 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hourly ADD COLUMN star1 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hourly ADD COLUMN star2 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hourly ADD COLUMN star3 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hourly ADD COLUMN star4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hourly ADD COLUMN star5 INTEGER NOT NULL DEFAULT 0;
CREATE TEMP VIEW rated_mention AS
SELECT m.brand AS brand, p.day AS day,
  (p.said_at - ((p.said_at % 3600000) + 3600000) % 3600000) / 3600000 AS hour, p.source AS source,
  v.language AS language, coalesce(m.tag, -1) AS tag, coalesce(v.polarity, -1) AS polarity,
  coalesce(v.stage, -1) AS stage, p.dated AS dated, (r.stars + 5000) / 10000 AS star,
  v.facets AS facets
FROM main.mention m JOIN main.post p ON p.id = m.post JOIN main.revision r ON r.id = p.revision
JOIN main.verdict v ON v.revision = p.revision AND v.rules = m.rules
WHERE r.stars IS NOT NULL AND p.copy_of IS NULL AND p.by_brand = 0
  AND (v.act IS NULL OR v.act NOT IN (8, 9));
UPDATE daily SET star1 = n.star1, star2 = n.star2, star3 = n.star3, star4 = n.star4, star5 = n.star5
FROM (SELECT brand, day, source, language, tag, polarity, stage, dated,
    sum(star = 1) AS star1, sum(star = 2) AS star2, sum(star = 3) AS star3, sum(star = 4) AS star4,
    sum(star = 5) AS star5
  FROM rated_mention
  GROUP BY brand, day, source, language, tag, polarity, stage, dated) n
WHERE n.brand = daily.brand AND n.day = daily.day AND n.source = daily.source AND n.language =
    daily.language AND n.tag = daily.tag AND n.polarity = daily.polarity AND n.stage = daily.stage AND
    n.dated = daily.dated;
UPDATE theme_daily SET star1 = n.star1, star2 = n.star2, star3 = n.star3, star4 = n.star4, star5 =
    n.star5
FROM (SELECT brand, day, source, language, theme, tag, polarity, stage, dated,
    sum(star = 1) AS star1, sum(star = 2) AS star2, sum(star = 3) AS star3, sum(star = 4) AS star4,
    sum(star = 5) AS star5
  FROM (SELECT r.brand, r.day, r.source, r.language, j.key AS theme, r.tag, j.value AS polarity,
    r.stage,
    r.dated, r.star FROM rated_mention r, json_each(r.facets, '$.themes') j)
  GROUP BY brand, day, source, language, theme, tag, polarity, stage, dated) n
WHERE n.brand = theme_daily.brand AND n.day = theme_daily.day AND n.source = theme_daily.source AND
    n.language = theme_daily.language AND n.theme = theme_daily.theme AND n.tag = theme_daily.tag AND
    n.polarity = theme_daily.polarity AND n.stage = theme_daily.stage AND n.dated = theme_daily.dated;
UPDATE hourly SET star1 = n.star1, star2 = n.star2, star3 = n.star3, star4 = n.star4, star5 = n.star5
FROM (SELECT brand, hour, source, language, tag, polarity, stage, dated,
    sum(star = 1) AS star1, sum(star = 2) AS star2, sum(star = 3) AS star3, sum(star = 4) AS star4,
    sum(star = 5) AS star5
  FROM rated_mention
  GROUP BY brand, hour, source, language, tag, polarity, stage, dated) n
WHERE n.brand = hourly.brand AND n.hour = hourly.hour AND n.source = hourly.source AND n.language =
    hourly.language AND n.tag = hourly.tag AND n.polarity = hourly.polarity AND n.stage = hourly.stage
    AND n.dated = hourly.dated;
DROP VIEW temp.rated_mention;
)sql";

}  // namespace testigo::store
