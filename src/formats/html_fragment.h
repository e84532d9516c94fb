#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testigo::formats {

// text_of_html (html.h) of markup that is no more than what people write in: paragraphs, lists,
// headings, links, emphasis. Read off its tokens, at many times the speed of a tree, with the
// standard's implied ends (§13.2.6.4.7). Nothing for anything else. The text must be valid UTF-8;
// C1 controls and noncharacters in it stay, as the standard says, where Gumbo puts U+FFFD.
[[nodiscard]] std::optional<std::string> text_of_plain_fragment(std::string_view utf8);

}  // namespace testigo::formats
