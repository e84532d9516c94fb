#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace testigo::extract {

// What pages print around the name of who wrote.

// A name without what blogs print behind it: "Ana said...", "Ana dijo:", "Ana a spus...". As
// written, not folded.
[[nodiscard]] std::string_view without_said(std::string_view name);

// "By", "Posted by:", "Autor:": what stands before a name, and nothing else. As written.
[[nodiscard]] bool leads_to_name(std::string_view text);

// "Author", "Nume": what heads a column of names, and is nobody's. As written.
[[nodiscard]] bool heads_names(std::string_view text);

// "says:", "a scris": what blogs print behind a name, and nothing else. As written.
[[nodiscard]] bool is_said(std::string_view text);

// What follows "wrote on" where a text begins so: "a scris pe 10.03.2026" → "10.03.2026". Empty of
// other texts.
[[nodiscard]] std::string_view behind_said(std::string_view text);

// Whether a text is the first letters of a name, as stand in place of a picture: "J", "JD" of "Jane
// Doe". As written.
[[nodiscard]] bool are_initials(std::string_view text, std::string_view name);

// How many bytes the names that a page shows begin with and that are no part of them, since all
// begin so: "Par " of "Par Jeanne", "Par Marc". Where nothing tells that this is the page's
// `language`, several names must. 0 where there are none.
[[nodiscard]] std::size_t shared_by(std::span<const std::string_view> names,
                                    std::string_view language);

}  // namespace testigo::extract
