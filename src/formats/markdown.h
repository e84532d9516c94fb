#pragma once

#include <string>
#include <string_view>

namespace testigo::formats {

// What a reader sees of Markdown as GitHub, Reddit, Lemmy and forums write it: CommonMark 0.31 with
// GitHub's tables, task lists and struck text, the spoilers of Reddit (">!so!<") and Lemmy
// (":::"), and the HTML tags that people mix in. Line breaks stay, paragraphs and code stand
// apart; of links the words stay, of pictures and comments nothing. Quoted lines ("> …") are left
// out: they are another's words. Lines end in "\n". Linear in the text, bounded in depth.
//
// Read for people rather than for a renderer: "f**k", "2*3*4" and "snake_case" stay as they are,
// and a line below a quotation is not part of it.
[[nodiscard]] std::string text_of_markdown(std::string_view utf8);

}  // namespace testigo::formats
