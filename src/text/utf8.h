#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace testigo::text {

inline constexpr char32_t replacement_character = 0xFFFD;

// One code point read from bytes, and how many bytes it took (0 only at the end of the text).
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
  bool valid = true;  // false: the bytes are no UTF-8, value is U+FFFD

  friend bool operator==(const CodePoint&, const CodePoint&) = default;
};

// Reads the code point that begins at byte `at`. Malformed bytes yield U+FFFD, one for each maximal
// subpart (Unicode §3.9, table 3-7: no surrogates, no overlong forms, nothing above U+10FFFF).
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t at);

[[nodiscard]] bool is_valid_utf8(std::string_view text);

// How many bytes are valid before the first that are not; the text's size where all are.
[[nodiscard]] std::size_t valid_utf8_length(std::string_view text);

// Where the first byte beyond ASCII stands at or after `at`; the text's size where there is none.
[[nodiscard]] std::size_t skip_ascii(std::string_view text, std::size_t at);

// The same text with U+FFFD in place of each malformed subpart; equal to `text` if it is valid.
[[nodiscard]] std::string replace_invalid(std::string_view text);

// The bytes of one code point; U+FFFD's for a surrogate or a number above U+10FFFF.
[[nodiscard]] std::string encode(char32_t code_point);

// The greatest character border that is not after `at` (which may lie past the end).
[[nodiscard]] std::size_t char_border(std::string_view text, std::size_t at);

// How many code points the text has; a malformed subpart counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace testigo::text
