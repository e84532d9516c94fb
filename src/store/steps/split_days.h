#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// A brand's days told apart by one thing at a time, so that a chart of it reads one row a day and
// value. Tags and polarities stand beside each other, not one by the other; so the rows are fewer
// than those of theme_day were, whose place they take.
inline constexpr std::string_view split_days = R"sql(
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
INSERT INTO split_day
SELECT brand, split, day, value, sum(mentions),
  sum(iif(tag = 0, mentions, 0)), sum(iif(tag = 1, mentions, 0)), sum(iif(tag = 2, mentions, 0)),
  sum(iif(tag = 3, mentions, 0)), sum(iif(tag = 4, mentions, 0)),
  sum(iif(polarity = 0, mentions, 0)), sum(iif(polarity = 1, mentions, 0)),
  sum(iif(polarity = 2, mentions, 0)), sum(iif(polarity = 3, mentions, 0)),
  sum(score_sum), sum(rating_sum), sum(star1), sum(star2), sum(star3), sum(star4), sum(star5)
FROM (
  SELECT 0 AS split, source AS value, brand, day, tag, polarity, mentions, score_sum, rating_sum,
    star1, star2, star3, star4, star5 FROM daily
  UNION ALL
  SELECT 1, language, brand, day, tag, polarity, mentions, score_sum, rating_sum,
    star1, star2, star3, star4, star5 FROM daily
  UNION ALL
  SELECT 2, stage, brand, day, tag, polarity, mentions, score_sum, rating_sum,
    star1, star2, star3, star4, star5 FROM daily
  UNION ALL
  SELECT 3, theme, brand, day, tag, polarity, mentions, score_sum, rating_sum,
    star1, star2, star3, star4, star5 FROM theme_day)
GROUP BY brand, split, day, value;
DROP TABLE theme_day;

CREATE VIEW v_split_daily AS
SELECT b.name AS brand, date(d.day * 86400, 'unixepoch') AS day,
  CASE d.split WHEN 0 THEN 'source' WHEN 1 THEN 'language' WHEN 2 THEN 'stage'
    WHEN 3 THEN 'theme' END AS split,
  CASE d.split WHEN 0 THEN (SELECT name FROM source WHERE id = d.value)
    WHEN 2 THEN CASE d.value WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot'
      WHEN 3 THEN 'amot' WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END
    ELSE d.value END AS value,
  d.mentions AS mentions, d.advocacy AS advocacy, d.complaint AS complaint, d.mixed AS mixed,
  d.question AS question, d.other AS other, d.positive AS positive, d.negative AS negative,
  d.mixed_polarity AS mixed_polarity, d.neutral AS neutral,
  d.score_sum / 10000.0 AS score_sum, d.rating_sum / 10000.0 AS rating_sum,
  d.star1 + d.star2 + d.star3 + d.star4 + d.star5 AS rated,
  d.star1 AS star1, d.star2 AS star2, d.star3 AS star3, d.star4 AS star4, d.star5 AS star5
FROM split_day d JOIN brand b ON b.id = d.brand;
)sql";

}  // namespace testigo::store
