#pragma once

#include <span>
#include <string>

#include "insight/trend.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// For people: per series a heading with the sparkline of net sentiment and that of mentions, then a
// line per bucket with mentions, advocacy, complaints, net sentiment, its interval as figures and
// as a bar. Small samples are grey and marked "~"; gaps say "not seen".
[[nodiscard]] std::string render_trend(std::span<const insight::Series> series,
                                       const Terminal& terminal);

// "mentions 412 (+38), net sentiment +0.31 [+0.22, +0.40], before +0.12: notable".
[[nodiscard]] std::string render_change(const insight::Change& change, const Terminal& terminal);

// For programs: one row per series and bucket. Gaps have null figures.
// Columns: series, bucket, begin, end, covered_days, gap, mentions, classified, advocacy,
// complaint, mixed, question, other, positive, negative, neutral, mixed_polarity, net, net_low,
// net_high, advocacy_share, advocacy_low, advocacy_high, complaint_share, complaint_low,
// complaint_high, mean_score, mean_rating, rated, small.
[[nodiscard]] Rows trend_rows(std::span<const insight::Series> series);

}  // namespace testigo::render
