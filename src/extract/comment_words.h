#pragma once

#include <string_view>

#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// Whether an element lists comments on other pages, with little of their words, as blogs do beside
// their matter: by its name ("recentcomments"), or as what holds a heading that says so.
[[nodiscard]] bool lists_comments_elsewhere(formats::Node element, const Measures& measures);

// "[deleted]": all that is left of a contribution.
[[nodiscard]] bool tells_removal(std::string_view text);

}  // namespace testigo::extract
