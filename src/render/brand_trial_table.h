#pragma once

#include <string>

#include "insight/brand_trial.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// What a query catches, by alternative and by topic, what may be noise in it and what it only just
// misses. `query` is how it was read.
[[nodiscard]] std::string render_brand_trial(const std::string& query,
                                             const insight::TrialResult& result,
                                             const Terminal& terminal);

// For programs: one row. Columns: query, looked_at, caught, weak, noise, noise_low, noise_high,
// near, terms, topics, caught_posts, weak_posts, near_posts.
[[nodiscard]] Rows brand_trial_rows(const std::string& query, const insight::TrialResult& result);

}  // namespace testigo::render
