#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace testigo::formats {

// The instant that a date on a page or in a feed means, nothing where it means none.
// Takes RFC 822/2822 (and what feeds make of it), ISO 8601 and W3C-DTF, asctime, epochs in seconds
// or milliseconds, numeric dates, written dates ("11 de marzo de 2014, 13:04") and relative ones
// ("hace 3 días", "acum o lună", "yesterday"), in English, Spanish, Romanian, and the commoner
// forms of other European languages.
//   - `now` anchors relative dates and completes those without a year (the year that is not in the
//     future by more than a day)
//   - `language` (BCP 47, may be empty) settles 3/4/2014: month first in English without region or
//     en-US, day first elsewhere; empty reads month first unless that cannot be
//   - without a zone it is UTC; a date without a time is its midnight
// Pure and linear; texts beyond 200 bytes are refused.
[[nodiscard]] std::optional<UtcTime> parse_date(std::string_view text, UtcTime now,
                                                std::string_view language = {});

}  // namespace testigo::formats
