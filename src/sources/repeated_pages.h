#pragma once

#include <string>
#include <string_view>

#include "extract/extract.h"

namespace testigo::sources {

// Tells a list that shows the same pages again and again, each at an address of its own: services
// do so that do not know the cursor that they gave, or do not say where their list ends.

// Goes along a chain of pages with its requests' variables: marks of the last pages, which two have
// in common that show the same.
inline constexpr std::string_view marks_variable = ".marks";

// The marks with that of one more page. A page that shows nothing has none, nor one whose items
// were all passed over. `is_site_page`: one of a site's own, which may show one post on all of its
// pages, and lead on from each to others.
[[nodiscard]] std::string with_mark(std::string marks, const extract::Extraction& extraction,
                                    bool is_site_page);

// Whether the last two pages showed what pages before them had shown. A single one may do so where
// new posts push the others on while the list is read.
[[nodiscard]] bool repeats(std::string_view marks);

}  // namespace testigo::sources
