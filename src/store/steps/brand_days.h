#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// A brand's days, all sources and languages together, so that questions about a whole brand read a
// dozen rows a day, however many mentions there are. Stages are counted beside: what has none is
// the rest. And between which rows of `mention` those of a day lie: what was said lately was for
// the most part stored lately, so that the full text need be asked of few rows for the newest.
inline constexpr std::string_view brand_days = R"sql(
CREATE TABLE brand_day (
  brand INTEGER NOT NULL, day INTEGER NOT NULL, tag INTEGER NOT NULL, polarity INTEGER NOT NULL,
  mentions INTEGER NOT NULL, score_sum INTEGER NOT NULL, rating_sum INTEGER NOT NULL,
  rated INTEGER NOT NULL, star1 INTEGER NOT NULL, star2 INTEGER NOT NULL, star3 INTEGER NOT NULL,
  star4 INTEGER NOT NULL, star5 INTEGER NOT NULL,
  pre_zmot INTEGER NOT NULL, zmot INTEGER NOT NULL, fmot INTEGER NOT NULL, amot INTEGER NOT NULL,
  smot INTEGER NOT NULL, umot INTEGER NOT NULL,
  PRIMARY KEY (brand, day, tag, polarity)
) STRICT, WITHOUT ROWID;
INSERT INTO brand_day
SELECT brand, day, tag, polarity, sum(mentions), sum(score_sum), sum(rating_sum), sum(rated),
  sum(star1), sum(star2), sum(star3), sum(star4), sum(star5),
  sum(iif(stage = 0, mentions, 0)), sum(iif(stage = 1, mentions, 0)),
  sum(iif(stage = 2, mentions, 0)), sum(iif(stage = 3, mentions, 0)),
  sum(iif(stage = 4, mentions, 0)), sum(iif(stage = 5, mentions, 0))
FROM daily GROUP BY brand, day, tag, polarity;

CREATE TABLE day_docs (
  day INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,    -- mention.doc: none of the day lies before
  last INTEGER NOT NULL      -- or behind
) STRICT;
INSERT INTO day_docs SELECT day, min(doc), max(doc) FROM mention GROUP BY day;
)sql";

}  // namespace testigo::store
