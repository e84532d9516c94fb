#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// The main text of a page: an article's paragraphs, headings and lists in order, without menus,
// promotion, related pages and whatever stands below `apart` (readers' comments). A page
// without running text gives what few words it has, one of links alone nothing.
[[nodiscard]] std::string main_text(const formats::Tree& tree, const Measures& measures,
                                    std::span<const std::uint32_t> apart);

}  // namespace testigo::extract
