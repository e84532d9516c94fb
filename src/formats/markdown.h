#pragma once

#include <string>
#include <string_view>

namespace testigo::formats {

// What a reader sees of Markdown as GitHub, Reddit, Lemmy and forums write it: CommonMark with
// GitHub's tables, task lists and struck text, the spoilers of Reddit (">!so!<") and Lemmy
// (":::"), and the HTML tags that people mix in. Line breaks stay; of links the words stay, of
// pictures and comments nothing, of lists their numbers. Quoted lines ("> …") are left out: they
// are another's words. Lines end in "\n".
//
// Read for people rather than for a renderer: the stars of "f**k" stay, and a line below a
// quotation is not part of it.
[[nodiscard]] std::string text_of_markdown(std::string_view utf8);

}  // namespace testigo::formats
