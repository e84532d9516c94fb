#pragma once

#include <string>
#include <string_view>

namespace testigo::text {

// Unicode NFC (UAX 15). Text already in NFC, as nearly all is, comes back after a quick check.
// Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string to_nfc(std::string_view utf8);

// Every run of white space (Unicode's, no-break and zero-width spaces included) as one space, none
// at the ends. The text must be valid UTF-8.
[[nodiscard]] std::string collapse_space(std::string_view utf8);
// Whether that is the text already.
[[nodiscard]] bool is_collapsed(std::string_view utf8);

// Without ASCII white space at either end.
[[nodiscard]] std::string_view trim(std::string_view text);

// ASCII letters in lower case, every other byte as it is.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII's case

}  // namespace testigo::text
