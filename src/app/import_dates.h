#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "text/time_zone.h"

namespace testigo::app {

// The instant that a cell of an export means: what formats/date.h reads, and beyond it a
// spreadsheet's serial number ("45292.5" is 2024-01-01 12:00). 3/4/2026 is read in the given
// order, and a time without a zone is one of that zone. Nothing for other text and for years
// outside 1990 to 2100, which no review has.
[[nodiscard]] std::optional<UtcTime> import_date(std::string_view written,
                                                 std::optional<bool> day_first,
                                                 const text::TimeZone& zone, UtcTime now);

// Whether a date that begins with two numbers has the day first: 25/03/2026 does, 03/25/2026 does
// not; nothing where it cannot be told.
[[nodiscard]] std::optional<bool> shows_day_first(std::string_view written);

// Whether it may be of two months: "3/4/2026" is of March or April; "4/4/2026", "2026-04-03" and
// "3.4.2026" are of April.
[[nodiscard]] bool is_either_order(std::string_view written);

}  // namespace testigo::app
