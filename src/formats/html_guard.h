#pragma once

#include <string_view>

#include "core/result.h"
#include "formats/html.h"

namespace testigo::formats {

// Refuses (limit_exceeded) pages that Gumbo would take quadratic time for, by one linear pass over
// their tags: nested deeper than limits.max_depth, a tag with more than max_attributes. Depth is an
// estimate that never falls far below what the tree builder makes: elements whose end tag is
// optional are not counted, and an end tag closes only what the HTML algorithm lets it close.
[[nodiscard]] Result<void> check_html_shape(std::string_view page, const HtmlLimits& limits);

}  // namespace testigo::formats
