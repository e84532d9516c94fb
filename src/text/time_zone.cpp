#include "text/time_zone.h"

#include <algorithm>
#include <memory>
#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tzrule.h>
#include <unicode/tztrans.h>

namespace testigo::text {
namespace {

// Posts older than the web or later than this program are dated with the nearest offset.
constexpr UDate first_instant = 0.0;                 // 1970-01-01
constexpr UDate last_instant = 4'102'444'800'000.0;  // 2100-01-01, in milliseconds

std::chrono::seconds total_offset(const icu::TimeZoneRule& rule) {
  return std::chrono::seconds((rule.getRawOffset() + rule.getDSTSavings()) / 1000);
}

TimeZone read_shifts(const icu::BasicTimeZone& zone, std::string name) {
  TimeZone out;
  out.name = std::move(name);
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw = 0;
  int32_t saved = 0;
  zone.getOffset(first_instant, false, raw, saved, status);
  out.first_offset = std::chrono::seconds((raw + saved) / 1000);
  icu::TimeZoneTransition next;
  UDate at = first_instant;
  while (zone.getNextTransition(at, false, next) && next.getTime() < last_instant) {
    at = next.getTime();
    out.shifts.push_back(
        {from_unix_ms(static_cast<std::int64_t>(at)), total_offset(*next.getTo())});
  }
  return out;
}

}  // namespace

Result<TimeZone> find_time_zone(std::string_view name) {
  const icu::UnicodeString id(name.data(), static_cast<int32_t>(name.size()), US_INV);
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  const bool known = !name.empty() && zone && *zone != icu::TimeZone::getUnknown();
  const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
  if (!known || !basic) {
    return fail(Errc::not_found, "\"" + std::string(name) +
                                     "\" is no time zone; use a name such as \"Europe/Madrid\".");
  }
  return read_shifts(*basic, std::string(name));
}

std::chrono::seconds offset_at(UtcTime time, const TimeZone& zone) {
  const auto after =
      std::upper_bound(zone.shifts.begin(), zone.shifts.end(), time,
                       [](UtcTime at, const TimeZone::Shift& shift) { return at < shift.from; });
  return after == zone.shifts.begin() ? zone.first_offset : std::prev(after)->offset;
}

Day day_of(UtcTime time, const TimeZone& zone) {
  return {std::chrono::floor<std::chrono::days>(time + offset_at(time, zone))};
}

UtcTime start_of(Day day, const TimeZone& zone) {
  const UtcTime midnight = day.days;  // as if local time were UTC
  // The earliest instant that reads as that day: by the offset of before, or by that of after a
  // shift in the night.
  const UtcTime early = midnight - offset_at(midnight - std::chrono::hours(24), zone);
  const UtcTime late = midnight - offset_at(midnight + std::chrono::hours(24), zone);
  const auto reads_as_day = [&](UtcTime at) {
    return day_of(at, zone) == day && day_of(at - Millis(1), zone) != day;
  };
  if (reads_as_day(early)) return early;
  if (reads_as_day(late)) return late;
  for (const TimeZone::Shift& shift : zone.shifts) {
    if (reads_as_day(shift.from)) return shift.from;
  }
  return early;
}

}  // namespace testigo::text
