#include <algorithm>
#include <cmath>
#include <utility>

#include "formats/date_reading.h"

namespace testigo::formats {
namespace {

using Unit = text::CalendarUnit;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::year_month_day;
using Number = DateParts::Number;

constexpr std::int64_t pivot = 70;  // two-digit years from here on are of the 20th century

// Outside of these, four digits alone are some other number.
constexpr std::int64_t first_lone_year = 1900;
constexpr std::int64_t last_lone_year = 2100;

std::int64_t full_year(const Number& number) {
  if (number.digits > 2) return number.value;
  return number.value + (number.value < pivot ? 2000 : 1900);
}

std::optional<std::chrono::sys_days> make_day(std::int64_t year, std::int64_t month,
                                              std::int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const year_month_day date(std::chrono::year(static_cast<int>(year)),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day)));
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

bool is_year(const Number& number) { return number.digits >= 3 || number.value > 31; }

// Three numbers. The year is first if it looks like one, else last.
std::optional<std::chrono::sys_days> numeric_day(std::span<const Number> numbers, bool day_first) {
  if (numbers[0].digits == 4) return make_day(numbers[0].value, numbers[1].value, numbers[2].value);
  if (numbers[2].digits > 4 || numbers[0].digits > 2 || numbers[1].digits > 2) return {};
  const std::int64_t year = full_year(numbers[2]);
  const bool dots = numbers[1].separator == '.';  // nobody writes 12.31.2014
  std::int64_t day = numbers[day_first || dots ? 0 : 1].value;
  std::int64_t month = numbers[day_first || dots ? 1 : 0].value;
  if (month > 12) std::swap(day, month);
  return make_day(year, month, day);
}

// The last such day that is not in the future by more than a day.
std::optional<std::chrono::sys_days> latest(int month, std::int64_t day, UtcTime now) {
  const int this_year = static_cast<int>(year_month_day(floor<days>(now)).year());
  for (int year = this_year + 1; year > this_year - 9; --year) {  // 29 February comes in 8 years
    const auto found = make_day(year, month, day);
    if (found && UtcTime(*found) <= now + days(1)) return found;
  }
  return {};
}

// A month by name with a day, a year, or both.
std::optional<std::chrono::sys_days> named_day(const DateParts& parts, UtcTime now) {
  const auto& numbers = parts.numbers;
  const int month = *parts.month;
  if (numbers.size() > 2) return {};
  if (numbers.empty()) return latest(month, 1, now);
  if (numbers.size() == 1) {
    if (is_year(numbers[0])) return make_day(full_year(numbers[0]), month, 1);
    return latest(month, numbers[0].value, now);
  }
  const bool year_first = is_year(numbers[0]) && !is_year(numbers[1]);
  const Number& year = numbers[year_first ? 0 : 1];
  const Number& day = numbers[year_first ? 1 : 0];
  return make_day(full_year(year), month, day.value);
}

// Numbers alone: 2014-03-05, 3/5/2014, 2014-03, 03/2014, 2014.
std::optional<std::chrono::sys_days> unnamed_day(const DateParts& parts, bool day_first) {
  const auto& numbers = parts.numbers;
  if (numbers.size() == 3) return numeric_day(numbers, day_first);
  if (numbers.size() == 2 && numbers[0].digits == 4 && numbers[1].digits <= 2) {
    return make_day(numbers[0].value, numbers[1].value, 1);
  }
  if (numbers.size() == 2 && numbers[1].digits == 4 && numbers[0].digits <= 2) {
    return make_day(numbers[1].value, numbers[0].value, 1);
  }
  const bool year_alone = numbers.size() == 1 && numbers[0].digits == 4 &&
                          numbers[0].value >= first_lone_year && numbers[0].value <= last_lone_year;
  return year_alone ? make_day(numbers[0].value, 1, 1) : std::nullopt;
}

bool is_clock_unit(Unit unit) { return unit <= Unit::hour; }

// "2005 года", "7 гадзін 10 хвілін", "10h11": beside a date, lengths are its year and its clock.
bool take_lengths(DateParts& parts) {
  double milliseconds = 0.0;
  bool clock = false;
  for (const DateParts::Length& length : parts.lengths) {
    if (length.unit == Unit::year && length.amount >= 1000.0 && length.amount < 10'000.0) {
      parts.numbers.push_back({static_cast<std::int64_t>(length.amount), 4, ' '});
    } else if (length.counted && is_clock_unit(length.unit)) {
      constexpr double unit_ms[] = {1'000.0, 60'000.0, 3'600'000.0};
      milliseconds += length.amount * unit_ms[static_cast<std::size_t>(length.unit)];
      clock = true;
    } else if (length.counted) {
      return false;
    }
  }
  constexpr double most = 24 * 3'600'000.0;  // a day's clock; more would not fit into an integer
  if (clock && (parts.clock || milliseconds > most)) return false;
  if (clock) {
    const std::int64_t whole = std::llround(milliseconds);
    parts.clock =
        DateParts::Clock{whole / 3'600'000, whole / 60'000 % 60, whole / 1'000 % 60, whole % 1'000};
  }
  parts.lengths.clear();
  return true;
}

std::optional<Millis> time_of_day(const DateParts& parts) {
  if (!parts.clock) return parts.afternoon ? std::nullopt : std::optional(Millis(0));
  DateParts::Clock clock = *parts.clock;
  if (parts.afternoon && clock.hour <= 12) {
    clock.hour = clock.hour % 12 + (*parts.afternoon ? 12 : 0);
  }
  if (clock.hour > 24 || clock.minute > 59 || clock.second > 60) return {};
  if (clock.hour == 24 && (clock.minute > 0 || clock.second > 0)) return {};
  return std::chrono::hours(clock.hour) + std::chrono::minutes(clock.minute) +
         std::chrono::seconds(clock.second) + Millis(clock.millisecond);
}

std::optional<UtcTime> at_clock(std::chrono::sys_days day, const DateParts& parts) {
  const std::optional<Millis> time = time_of_day(parts);
  if (!time) return {};
  return UtcTime(day) + *time - parts.zone.value_or(std::chrono::minutes(0));
}

// Calendar months back or on; the 31st becomes the last day there is.
std::optional<UtcTime> add_months(UtcTime from, double months) {
  if (std::abs(months) > 12.0 * 10'000.0) return {};
  const auto day = floor<days>(from);
  const year_month_day date(day);
  const auto moved = std::chrono::year_month(date.year(), date.month()) +
                     std::chrono::months(static_cast<int>(std::trunc(months)));
  if (static_cast<int>(moved.year()) < 1 || static_cast<int>(moved.year()) > 9999) return {};
  year_month_day out(moved.year(), moved.month(), date.day());
  if (!out.ok()) out = moved / std::chrono::last;
  return UtcTime(std::chrono::sys_days(out)) + (from - day);
}

struct Offset {
  double months = 0.0;
  double milliseconds = 0.0;
  bool whole_days = true;  // nothing finer than a day

  void add(double amount, Unit unit) {
    constexpr double day_ms = 86'400'000.0;
    switch (unit) {
      case Unit::year:
        months += 12.0 * amount;
        break;
      case Unit::month:
        months += amount;
        break;
      case Unit::week:
        milliseconds += 7.0 * day_ms * amount;
        break;
      case Unit::day:
        milliseconds += day_ms * amount;
        break;
      case Unit::hour:
        milliseconds += day_ms / 24.0 * amount;
        break;
      case Unit::minute:
        milliseconds += 60'000.0 * amount;
        break;
      case Unit::second:
        milliseconds += 1'000.0 * amount;
        break;
    }
    whole_days = whole_days && unit >= Unit::day;
  }
};

// "hier à 14h30": beside a day that is told by a word, counted hours are its clock.
bool tells_clock(const DateParts& parts) {
  const bool of_day = std::any_of(parts.phrases.begin(), parts.phrases.end(),
                                  [](const DateMeaning& p) { return p.unit == Unit::day; });
  if (!of_day || parts.clock) return false;
  return std::all_of(parts.lengths.begin(), parts.lengths.end(), [](const DateParts::Length& l) {
    return !l.counted || is_clock_unit(l.unit);
  });
}

std::optional<UtcTime> relative(DateParts parts, UtcTime now) {
  if (tells_clock(parts) && !take_lengths(parts)) return {};
  const double sign = parts.future && !parts.past ? 1.0 : -1.0;
  Offset offset;
  for (const DateMeaning& phrase : parts.phrases) offset.add(phrase.number, phrase.unit);
  for (const DateParts::Length& length : parts.lengths) {
    const bool meant = length.counted || parts.past || parts.future;
    if (!meant && !parts.phrases.empty()) continue;  // "ayer a las …": "a" is short for years too
    if (!meant) return {};                           // "day" alone is no date
    offset.add(sign * length.amount, length.unit);
  }
  const std::optional<UtcTime> moved = add_months(now, offset.months);
  constexpr double most = 86'400'000.0 * 366.0 * 10'000.0;
  if (!moved || std::abs(offset.milliseconds) > most) return {};
  const UtcTime at = *moved + Millis(std::llround(offset.milliseconds));
  if (to_unix_ms(at) < to_unix_ms(std::chrono::sys_days(std::chrono::year(1) / 1 / 1))) return {};
  if (!parts.clock) return parts.afternoon ? std::nullopt : std::optional(at);
  return at_clock(floor<days>(at), parts);
}

// "el martes a las 10:00": "a" is short for years too, and by itself it is no length.
bool is_of_weekday(const DateParts& parts) {
  return parts.weekday && parts.clock && parts.phrases.empty() && !parts.past && !parts.future &&
         std::none_of(parts.lengths.begin(), parts.lengths.end(),
                      [](const DateParts::Length& length) { return length.counted; });
}

std::optional<UtcTime> last_weekday(const DateParts& parts, UtcTime now) {
  const auto today = floor<days>(now);
  const auto back =
      std::chrono::weekday(today) - std::chrono::weekday(static_cast<unsigned>(*parts.weekday));
  return at_clock(today - back, parts);
}

}  // namespace

std::optional<UtcTime> resolve_date(const DateParts& read, UtcTime now, bool day_first) {
  DateParts parts = read;
  if (parts.glued_suffix && !parts.month && parts.lengths.empty()) return {};
  const bool has_date = parts.month.has_value() || !parts.numbers.empty();
  if (has_date) {
    if (!parts.phrases.empty() || !take_lengths(parts)) return {};
    const auto day = parts.month ? named_day(parts, now) : unnamed_day(parts, day_first);
    return day ? at_clock(*day, parts) : std::nullopt;
  }
  if (is_of_weekday(parts)) return last_weekday(parts, now);
  if (!parts.lengths.empty() || !parts.phrases.empty()) return relative(std::move(parts), now);
  if (parts.weekday) return last_weekday(parts, now);
  if (parts.clock) return at_clock(floor<days>(now), parts);
  return {};
}

}  // namespace testigo::formats
