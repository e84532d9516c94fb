#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace testigo::formats {

// A character reference as written at the beginning of a text.
struct CharacterReference {
  char32_t value = 0;
  std::size_t size = 0;  // of the whole, "&" and ";" included
};

// "&#233;", "&#xE9;" (the ";" may be missing) or a named character of HTML 4 with its ";". Numbers
// in the C1 range mean windows-1252, as browsers read them; 0 and other nonsense U+FFFD.
[[nodiscard]] std::optional<CharacterReference> read_reference(std::string_view text);

}  // namespace testigo::formats
