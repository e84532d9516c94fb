#pragma once

#include <string_view>

namespace testigo::extract {

// Whether a short text is a date and nothing else, as pages show when something was written:
// "1 March 2023", "hace 3 días", "· 2 years ago", "Reviewed on Mar 1, 2023". `language` as for
// formats::parse_date; may be empty.
[[nodiscard]] bool is_shown_date(std::string_view text, std::string_view language);

// The date in a text that is_shown_date is one: without the "wrote on" before it.
[[nodiscard]] std::string_view date_in(std::string_view text);

// Whether a text tells since when somebody is a member: a date with it or after it is not when they
// wrote.
[[nodiscard]] bool tells_membership(std::string_view text);

// A date without a figure: "yesterday", "hace una semana", "acum o lună".
[[nodiscard]] bool is_day_in_words(std::string_view text);

}  // namespace testigo::extract
