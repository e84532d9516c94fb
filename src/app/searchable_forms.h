#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::app {

// What the bytes of a page or an answer say, in whatever markup: where a name or a text is looked
// for (traces.h).

// The text with its character references ("&eacute;", "&#233;") as the characters they stand for.
[[nodiscard]] std::string without_references(std::string_view text);

// Calls `is_value` with what stands alone in a body, up to max_lone_bytes long, until it is true:
// the text between two tags (those of emphasis are none), an attribute's value, a JSON string.
[[nodiscard]] bool any_lone_value(std::string_view utf8,
                                  const std::function<bool(std::string_view)>& is_value);
inline constexpr std::size_t max_lone_bytes = 512;

// The words of a page's bytes as a reader may see them, as they stand in its markup, and without
// the addresses and tags of Markdown and BBCode where there are some.
[[nodiscard]] std::vector<std::string> searchable_forms(std::string_view utf8);

}  // namespace testigo::app
