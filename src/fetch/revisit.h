#pragma once

#include <chrono>
#include <optional>

#include "core/time.h"

namespace testigo::fetch {

// The longest that a page is left alone however still it is: a month is what retention and "gone"
// checks can wait for.
inline constexpr Millis longest_revisit = std::chrono::days(30);

// When a page is asked again, counted from this visit. `previous` is the interval that led here,
// none on the first visit; `changed` is whether the page differs from the visit before. Changed:
// half of `previous`; unchanged: half as much again; first visit: `floor`. Never under `floor` (the
// watch's own rhythm) nor, unless the floor is longer, over `ceiling`.
//
// The multiplicative rule needs no history but the last interval, and settles around the rhythm at
// which a page changes. Cho & Garcia-Molina 2003 ("Effective page refresh policies for web
// crawlers", "Estimating frequency of change") show that estimating from visits pays off and that
// pages which change faster than they can be visited are not worth more visits: hence the floor.
[[nodiscard]] Millis next_interval(std::optional<Millis> previous, bool changed, Millis floor,
                                   Millis ceiling = longest_revisit);

}  // namespace testigo::fetch
