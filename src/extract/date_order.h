#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/post.h"
#include "core/time.h"

namespace testigo::extract {

// Whether a text has a date of numbers alone in which day and month may be taken for each other:
// "10-03-2026, 10:20", "3/10/26".
[[nodiscard]] bool has_numeric_date(std::string_view text);

// The language to read a page's numeric dates in (as formats::parse_date takes it): the page's own,
// unless its numeric dates together tell the other order of day and month ("10-03-2026" beside
// "13-03-2026"). They tell it by a number above 12, else by days that would lie in the future, else
// by an order in time that only one reading has.
[[nodiscard]] std::string language_of_dates(std::span<const std::string_view> written,
                                            std::string_view language, UtcTime now);

// Reads the numeric dates of the posts of one list anew in the order that they tell together.
void reread_dates(std::vector<Post>& posts, std::string_view language, UtcTime now);

}  // namespace testigo::extract
