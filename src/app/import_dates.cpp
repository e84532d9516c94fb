#include "app/import_dates.h"

#include <charconv>
#include <cmath>
#include <vector>

#include "formats/date.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

constexpr double first_serial = 20'000.0;    // 1954: below, a number is no date
constexpr double end_of_serials = 80'000.0;  // 2119: from here on seconds since 1970
constexpr double serial_of_1970 = 25'569.0;  // days from Excel's day 0, 1899-12-30
constexpr std::string_view earliest = "1990-01-01";
constexpr std::string_view latest = "2100-01-01";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

std::optional<double> plain_number(std::string_view text) {
  std::string point(text);
  if (const std::size_t comma = point.find(','); comma != std::string::npos) point[comma] = '.';
  double value = 0.0;
  const auto [end, error] = std::from_chars(point.data(), point.data() + point.size(), value);
  if (error != std::errc() || end != point.data() + point.size()) return std::nullopt;
  return value;
}

// The runs of digits at the beginning that "/", "." or "-" part: "25/03/2026 14:00" → 25, 3, 2026.
std::vector<int> numbers_of(std::string_view text) {
  std::vector<int> numbers;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at < end && is_digit(*at) && numbers.size() < 3) {
    int value = 0;
    at = std::from_chars(at, end, value).ptr;
    numbers.push_back(value);
    if (at < end && (*at == '/' || *at == '.' || *at == '-'))
      ++at;
    else
      break;
  }
  return numbers;
}

// Whether a zone stands after the time: "Z", "+02:00", "GMT", "CEST"; not "PM", "h", "hs".
bool has_zone(std::string_view text) {
  text = text::trim(text);
  if (text.empty()) return false;
  const std::size_t colon = text.rfind(':');
  const std::size_t sign = text.find_last_of("+-");
  const bool date_begins_so = text.size() > 4 && text[4] == '-';
  if (sign != std::string_view::npos && sign > (date_begins_so ? 9u : 5u) &&
      sign + 2 < text.size() && is_digit(text[sign + 1]) && text.find(':') < sign)
    return true;
  if (!is_letter(text.back()) || colon == std::string_view::npos) return false;
  std::size_t begin = text.size();
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  const std::string word = text::ascii_lower(text.substr(begin));
  return begin > colon && word != "am" && word != "pm" && word != "m" && word != "h" &&
         word != "hs";
}

// Dates and times of day stand in a zone; "3 days ago" and counted seconds do not.
bool is_local(std::string_view text) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]))) ++groups;
  return groups >= 2 && !plain_number(text) && !has_zone(text);
}

// Local time of a zone as an instant; where clocks were put back, the later one.
UtcTime from_local(UtcTime local, const text::TimeZone& zone) {
  const UtcTime near = local - text::offset_at(local, zone);
  return local - text::offset_at(near, zone);
}

}  // namespace

std::optional<bool> shows_day_first(std::string_view written) {
  const std::vector<int> numbers = numbers_of(text::trim(written));
  if (numbers.size() < 3 || numbers[0] > 31 || numbers[1] > 31) return std::nullopt;
  if (numbers[0] > 12 && numbers[1] <= 12) return true;
  if (numbers[1] > 12 && numbers[0] <= 12) return false;
  return std::nullopt;
}

bool is_either_order(std::string_view written) {
  constexpr int months = 12;
  written = text::trim(written);
  const std::size_t separator = written.find_first_not_of("0123456789");
  if (separator == std::string_view::npos || written[separator] == '.') return false;
  const std::vector<int> numbers = numbers_of(written);
  return numbers.size() == 3 && numbers[0] > 0 && numbers[0] <= months && numbers[1] > 0 &&
         numbers[1] <= months && numbers[0] != numbers[1];
}

std::optional<UtcTime> import_date(std::string_view written, std::optional<bool> day_first,
                                   const text::TimeZone& zone, UtcTime now) {
  written = text::trim(written);
  std::optional<UtcTime> time;
  if (const auto number = plain_number(written);
      number && *number >= first_serial && *number < end_of_serials) {
    constexpr double ms_a_day = 86'400'000.0;
    const double ms = std::round((*number - serial_of_1970) * ms_a_day);
    time = from_local(from_unix_ms(static_cast<std::int64_t>(ms)), zone);
  } else {
    const std::string_view language = !day_first ? "" : *day_first ? "es" : "en";
    time = formats::parse_date(written, now, language);
    if (time && is_local(written)) time = from_local(*time, zone);
  }
  static const UtcTime least = *parse_iso8601(earliest);
  static const UtcTime end = *parse_iso8601(latest);
  return time && *time >= least && *time < end ? time : std::nullopt;
}

}  // namespace testigo::app
