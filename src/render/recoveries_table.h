#pragma once

#include <string>

#include "insight/recoveries.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// For people: how many pains ended and how, what share had ended after so many days, how often and
// how fast the brand replied, and the newest that ended in their own words.
[[nodiscard]] std::string render_recoveries(const insight::Recoveries& recoveries,
                                            const Terminal& terminal);

// For programs: one object, with keys pains, inside, edit, later, share, share_low, share_high,
// small, watched, median_days, curve [{days, at_risk, ended, open, open_low, open_high}],
// complaints, replied, reply_rate, reply_rate_low, reply_rate_high, small_complaints, reply_days,
// reply_days_low, reply_days_high, recovered [{way, days, before quote, after quote}].
[[nodiscard]] std::string recoveries_json(const insight::Recoveries& recoveries);

// The curve as rows. Columns: days, at_risk, ended, open, open_low, open_high.
[[nodiscard]] Rows survival_rows(const insight::Recoveries& recoveries);

}  // namespace testigo::render
