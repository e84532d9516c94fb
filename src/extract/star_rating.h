#pragma once

#include <optional>

#include "extract/number.h"
#include "extract/star_scale.h"
#include "formats/tree.h"

namespace testigo::extract {

// The rating that an element shows, for pages that mark up none: its number ("4,8 von 5"), the
// scale where that follows in the text around it ("4.8" "/" "5"), else the number in its label,
// title, class or picture's name ("stars_4.0.png"), else the share of its width or the filled ones
// among its star icons. Ratings drawn as a width are of five. `scales` of the page, for its names.
[[nodiscard]] std::optional<WrittenRating> rating_of_element(formats::Node element,
                                                             const StarScales& scales = {});

// The same without looking at text: what the stars say.
[[nodiscard]] std::optional<WrittenRating> rating_of_stars(formats::Node element,
                                                           const StarScales& scales = {});

}  // namespace testigo::extract
