#pragma once

#include <string>
#include <string_view>

namespace testigo::extract {

// What links between pages of a list say, and links between stories. Labels are folded, space
// collapsed.

// The words without arrows and brackets around them: "next »" → "next".
[[nodiscard]] std::string bare_words(std::string_view text);

// Of bare words: "next page", "comentarios mas antiguos"; "previous", "newer posts".
[[nodiscard]] bool says_next(std::string_view words);
[[nodiscard]] bool says_previous(std::string_view words);

// "»", "›"; "«", "‹"
[[nodiscard]] bool is_next_glyph(std::string_view text);
[[nodiscard]] bool is_previous_glyph(std::string_view text);

// Whether a label leads to one other story and not on in a list: "next article", "articulo
// siguiente", "older post"; "next post: ten boots" too.
[[nodiscard]] bool leads_to_story(std::string_view words);

// Whether a label is too long for a control, and names nothing that is paged through: the headline
// of another story.
[[nodiscard]] bool is_headline(std::string_view words);

}  // namespace testigo::extract
