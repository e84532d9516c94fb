#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace testigo {

using Millis = std::chrono::milliseconds;

// An instant in UTC with millisecond precision. There is no local time in this program; days are
// cut in the configured zone by text/time_zone.h.
using UtcTime = std::chrono::sys_time<Millis>;

// Milliseconds since 1970-01-01T00:00:00Z, the form in which instants are stored.
[[nodiscard]] constexpr std::int64_t to_unix_ms(UtcTime time) {
  return time.time_since_epoch().count();
}
[[nodiscard]] constexpr UtcTime from_unix_ms(std::int64_t ms) { return UtcTime(Millis(ms)); }

// "2026-11-25T15:27:50Z"; ".123" before the Z only where the milliseconds are not zero.
[[nodiscard]] std::string to_iso8601(UtcTime time);

// The strict inverse of to_iso8601, also taking a numeric offset ("+02:00"), a bare date
// ("2026-01-01", midnight UTC), a space for the T and 1 to 9 fraction digits (cut to ms).
// Years 0001 to 9999. Lenient and localised forms belong to formats/date.h.
[[nodiscard]] std::optional<UtcTime> parse_iso8601(std::string_view text);

// Between two instants, neither of them included; open on a side that has none.
struct TimeWindow {
  std::optional<UtcTime> after;
  std::optional<UtcTime> before;

  friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

// A calendar day in the configured zone, as stored and shown: "2026-11-25".
struct Day {
  std::chrono::sys_days days{};

  friend auto operator<=>(const Day&, const Day&) = default;
};
[[nodiscard]] std::string to_string(Day day);
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

}  // namespace testigo
