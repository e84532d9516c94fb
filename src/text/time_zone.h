#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace testigo::text {

// A zone of the tz database as its offsets over time. A plain value: copy it, share it.
struct TimeZone {
  struct Shift {
    UtcTime from;
    std::chrono::seconds offset;  // local time minus UTC, from then on
  };
  std::string name = "UTC";
  std::chrono::seconds first_offset{0};  // before the first shift
  std::vector<Shift> shifts;             // ascending, 1970 to 2100
};

// "Europe/Madrid", "UTC", "Etc/GMT+3". Errc::not_found for a name the tz database does not have
// (abbreviations such as "CET" that it has are taken). Data comes with ICU.
[[nodiscard]] Result<TimeZone> find_time_zone(std::string_view name);

// Local time minus UTC at an instant.
[[nodiscard]] std::chrono::seconds offset_at(UtcTime time, const TimeZone& zone);

// The calendar day in that zone.
[[nodiscard]] Day day_of(UtcTime time, const TimeZone& zone);

// The first instant of a day in that zone (where midnight is skipped, the first after it).
[[nodiscard]] UtcTime start_of(Day day, const TimeZone& zone);

}  // namespace testigo::text
