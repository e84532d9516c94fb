#pragma once

#include <string>
#include <string_view>

namespace testigo::text {

// Whether a text may hold such digits or marks as below, by the first bytes of their characters.
// None of European languages' letters has one of these.
[[nodiscard]] bool may_hold_other_numerals(std::string_view text);

// The same text with the decimal digits of every script, and the fullwidth and Arabic forms of the
// marks that stand in numbers, as ASCII writes them: "４．５／５" → "4.5/5", "٤٫٥" → "4.5".
[[nodiscard]] std::string ascii_numerals(std::string_view text);

}  // namespace testigo::text
