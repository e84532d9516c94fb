#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace testigo::text {

// Our one fold, for stored and incoming text alike: lower case, no diacritics, compatibility forms
// made plain. "ȚEAPĂ" (comma) and "ŢEAPĂ" (cedilla) become "teapa", "ñ" "n", "ß" "ss", "ø" "o",
// "’" "'", "ﬁ" "fi", "𝗯𝗼𝗹𝗱" "bold"; combining marks, soft hyphens, joiners and variation selectors
// vanish. Scripts whose marks carry the vowels (Devanagari, Hangul, kana, …) are left as they are.
// Folding twice changes nothing. Malformed bytes become U+FFFD.
[[nodiscard]] std::string fold(std::string_view text);

// What one code point folds to: up to seven bytes of UTF-8, none if it vanishes. For code that
// walks the text itself and keeps byte offsets.
struct FoldedChar {
  std::array<char, 7> bytes{};
  std::uint8_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};
[[nodiscard]] FoldedChar fold_char(char32_t code_point);

}  // namespace testigo::text
