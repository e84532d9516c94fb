#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "extract/spec.h"

namespace testigo::extract {

// Text as a post keeps it: markup removed, entities decoded, line ends as "\n", trimmed, NFC,
// U+FFFD for what is not UTF-8, without soft hyphens.
[[nodiscard]] std::string plain_text(std::string_view text, Markup markup);

// Whether a text is HTML although nobody says so: it breaks a line, or has an element of HTML with
// both its tags ("<p>…</p>"). Linear in the text.
[[nodiscard]] bool looks_like_html(std::string_view text);

// plain_text, nothing in place of an empty text.
[[nodiscard]] std::optional<std::string> plain_or_none(std::string_view text, Markup markup);

// A foreign text as a message may hold it: on one line, between quotation marks, cut to so many
// bytes.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t longest);

// The absolute form of a reference where it is http or https; nothing otherwise. `base` may be "".
[[nodiscard]] std::optional<std::string> absolute_url(std::string_view reference,
                                                      std::string_view base);

[[nodiscard]] std::string_view without_fragment(std::string_view url);

}  // namespace testigo::extract
