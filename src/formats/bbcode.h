#pragma once

#include <string>
#include <string_view>

namespace testigo::formats {

// What a reader sees of BBCode as Steam and forums write it: known tags taken out, of [url=…] the
// words, items, headings, rows and rules on lines of their own, nothing of [img] and the like,
// [noparse] as it stands. Other brackets are just brackets: "[EDIT]", "[1]". [quote] is a tag like
// others here. Linear in the text.
[[nodiscard]] std::string text_of_bbcode(std::string_view utf8);

}  // namespace testigo::formats
