#pragma once

#include <optional>
#include <string_view>

#include "formats/tree.h"

namespace testigo::formats {

// The tree of a page that is written so plainly that the HTML standard's tree construction
// (§13.2.6) has nothing to decide: html, head and body stand in their places, elements close in the
// order in which they opened (but for the end tags that p, li, dd and dt may leave out), and there
// is nothing that brings rules of its own, such as tables, forms' lists, SVG or frames. It is the
// tree that Gumbo builds, at several times its speed; but C1 controls and noncharacters stay, as the
// standard says, where Gumbo puts U+FFFD. Nothing for any other page.
[[nodiscard]] std::optional<Tree> parse_plain_html(std::string_view utf8);

// Deeper pages are left to Gumbo and its guard.
inline constexpr std::size_t max_plain_depth = 200;

}  // namespace testigo::formats
