#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace testigo::formats {

// The date of a mail or feed as RFC 5322 §3.3 writes it: "Thu, 05 Mar 2026 10:11:12 +0200", the
// day's name and the seconds optional, the zone in digits or GMT, UTC, UT, Z. Nothing for any other
// form.
[[nodiscard]] std::optional<UtcTime> parse_mail_date(std::string_view text);

}  // namespace testigo::formats
