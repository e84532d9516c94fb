#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testigo::sources {

// What a selector that is written in another language than ours would be in ours. Each answers
// nothing where the text is none of that language.

// The JSON Pointer of a JSONPath or a path of keys: "$.user.name", "user.name", "user/name" and
// "name" are "/user/name" and "/name"; of "$.items[*].id" the part before the brackets.
[[nodiscard]] std::optional<std::string> pointer_meant(std::string_view selector);

// The XPath of a CSS selector such as "li.rv", ".rv", "ul > li.rv" or "#list li".
[[nodiscard]] std::optional<std::string> xpath_meant(std::string_view selector);

}  // namespace testigo::sources
