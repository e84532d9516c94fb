#pragma once

#include <string>
#include <string_view>

namespace testigo::text {

// Unicode NFC (UAX 15). Text already in NFC, as nearly all is, comes back after a quick check.
// Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string to_nfc(std::string_view utf8);

// Whether a text is valid UTF-8 in NFC for certain, told from its bytes alone: most text is.
[[nodiscard]] bool is_surely_nfc(std::string_view text);

// Every run of white space (Unicode's, no-break and zero-width spaces included) as one space, none
// at the ends. The text must be valid UTF-8.
[[nodiscard]] std::string collapse_space(std::string_view utf8);
// Whether that is the text already.
[[nodiscard]] bool is_collapsed(std::string_view utf8);

// Without ASCII white space at either end.
[[nodiscard]] inline std::string_view trim(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// ASCII letters in lower case, every other byte as it is.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII's case

}  // namespace testigo::text
