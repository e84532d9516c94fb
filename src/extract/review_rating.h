#pragma once

#include <optional>
#include <vector>

#include "core/post.h"
#include "extract/page_reading.h"

namespace testigo::extract {

// The rating that a review's markup states, on schema.org's scale of 1 to 5 where it says nothing
// of it. The value may be beyond its scale.
[[nodiscard]] std::optional<Rating> stated_rating(const Review& review);

[[nodiscard]] bool is_on_scale(const Rating& rating);

// The same; values outside their scale are none.
[[nodiscard]] std::optional<Rating> rating_of(const Review& review);

// Reviews that say nothing of their scale are on that of their item's aggregate rating, where their
// value fits it; those of no item on the page's only one.
void adopt_scales(std::vector<Review>& reviews, const std::vector<Aggregate>& aggregates);

}  // namespace testigo::extract
