#include <array>
#include <cstdio>

#include "insight/trend.h"

namespace testigo::insight {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

sys_days monday_of(Day day) {
  const std::chrono::weekday weekday(day.days);
  return day.days - days(weekday.iso_encoding() - 1);
}

template <class... Args>
std::string printed(const char* format, Args... args) {
  std::array<char, 32> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, args...);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

// ISO 8601 §3.1.1.23: week 1 is the one with the year's first Thursday.
std::string week_label(Day day) {
  const sys_days thursday = monday_of(day) + days(3);
  const auto year = std::chrono::year_month_day(thursday).year();
  const auto day_of_year = thursday - sys_days(year / std::chrono::January / 1);
  return printed("%04d-W%02d", static_cast<int>(year),
                 static_cast<int>(day_of_year.count() / 7 + 1));
}

}  // namespace

std::int64_t days_in(const DayRange& range) {
  return range.last < range.first ? 0 : (range.last.days - range.first.days).count() + 1;
}

DayRange bucket_of(Day day, Bucket bucket) {
  if (bucket == Bucket::hour || bucket == Bucket::day) return {day, day};
  if (bucket == Bucket::week) return {{monday_of(day)}, {monday_of(day) + days(6)}};
  const std::chrono::year_month_day date(day.days);
  const auto month = date.year() / date.month();
  return {{sys_days(month / 1)}, {sys_days(month / std::chrono::last)}};
}

std::string bucket_label(Day day, Bucket bucket) {
  if (bucket == Bucket::week) return week_label(day);
  const std::string written = to_string(day);
  return bucket == Bucket::month ? written.substr(0, written.rfind('-')) : written;
}

Day day_of_hour(std::int64_t hour) {
  return Day{std::chrono::floor<days>(sys_days() + std::chrono::hours(hour))};
}

std::string hour_label(std::int64_t hour) {
  const Day day = day_of_hour(hour);
  const std::int64_t of_day = hour - day.days.time_since_epoch().count() * 24;
  return to_string(day) + printed("T%02d:00Z", static_cast<int>(of_day));
}

}  // namespace testigo::insight
