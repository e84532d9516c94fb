#pragma once

#include <span>
#include <string>
#include <vector>

#include "insight/note.h"
#include "insight/trend.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// For people: per series a heading with the sparkline of net sentiment and that of mentions, then a
// line per bucket with mentions, advocacy, complaints, net sentiment, its interval as figures and
// as a bar; days also with what their weekday leads to expect, where that is known. Small samples
// are grey and marked "~"; buckets seen in part say how many days; gaps say "not seen"; buckets
// with notes are marked "*", and the notes stand below.
[[nodiscard]] std::string render_trend(std::span<const insight::Series> series,
                                       const Terminal& terminal,
                                       std::span<const insight::Note> notes = {});

// The same of star ratings: mean, its interval and how many gave each star.
[[nodiscard]] std::string render_ratings(std::span<const insight::Series> series,
                                         const Terminal& terminal);

// For programs: one row per series and bucket. Gaps have null figures.
// Columns: series, bucket, begin, end, covered_days, gap, mentions, classified, advocacy,
// complaint, mixed, question, other, positive, negative, neutral, mixed_polarity, net, net_low,
// net_high, advocacy_share, advocacy_low, advocacy_high, complaint_share, complaint_low,
// complaint_high, mean_score, mean_rating, rated, small, rating_low, rating_high, star1 to star5,
// mentions_adjusted, notes.
// With `star_shares` also star1_share, star1_low, star1_high, … of the rated.
[[nodiscard]] Rows trend_rows(std::span<const insight::Series> series,
                              std::span<const insight::Note> notes = {}, bool star_shares = false);

// Those of a point's days, of whichever brand.
[[nodiscard]] std::vector<insight::Note> notes_of(const insight::Point& point,
                                                  std::span<const insight::Note> notes);

}  // namespace testigo::render
