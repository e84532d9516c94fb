#include "fetch/retry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace testigo::fetch {
namespace {

FetchStatus classify_status(int status) {
  if (status >= 200 && status < 300) return FetchStatus::fetched;
  switch (status) {
    case 304:
      return FetchStatus::not_modified;
    case 404:
    case 410:
      return FetchStatus::gone;
    case 401:
    case 402:
    case 403:
    case 407:
    case 451:
      return FetchStatus::refused;
    case 408:
    case 425:
    case 429:
      return FetchStatus::retry_later;
    case 501:
    case 505:
      return FetchStatus::failed;  // will not be implemented by asking again
    default:
      return status >= 500 ? FetchStatus::retry_later : FetchStatus::failed;
  }
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return {};
  return value;
}

std::optional<unsigned> month_number(std::string_view name) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto found = std::find(months.begin(), months.end(), name);
  if (found == months.end()) return {};
  return static_cast<unsigned>(found - months.begin()) + 1;
}

// "08:49:37" as seconds of the day.
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return {};
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  const auto second = number(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return {};
  return std::chrono::seconds(*hour * 3600 + *minute * 60 + *second);
}

std::optional<UtcTime> instant(std::string_view day, std::string_view month, int year,
                               std::string_view time) {
  const auto d = number(day);
  const auto m = month_number(month);
  const auto t = time_of_day(time);
  if (!d || !m || !t) return {};
  const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(*m),
                                         std::chrono::day(static_cast<unsigned>(*d)));
  if (!date.ok()) return {};
  return std::chrono::sys_days(date) + *t;
}

// RFC 9110 §5.6.7: a two-digit year more than 50 years ahead is the most recent past one.
int full_year(int two_digits, UtcTime now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const int this_year = static_cast<int>(std::chrono::year_month_day(today).year());
  int year = this_year / 100 * 100 + two_digits;
  if (year > this_year + 50) year -= 100;
  return year;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (out.size() < 8) {
    const auto begin = text.find_first_not_of(" ,-");
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const auto end = text.find_first_of(" ,-");
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

FetchStatus classify_answer(int http_status, TransferError error) {
  switch (error) {
    case TransferError::none:
      return classify_status(http_status);
    case TransferError::dns:
    case TransferError::connect:
    case TransferError::timeout:
    case TransferError::reset:
    case TransferError::bad_content_length:
    case TransferError::cancelled:
      return FetchStatus::retry_later;
    case TransferError::bad_url:
    case TransferError::bad_request:
    case TransferError::refused_address:
    case TransferError::tls:
    case TransferError::protocol:
    case TransferError::bad_encoding:
    case TransferError::too_large:
      break;
  }
  return FetchStatus::failed;
}

std::optional<Millis> retry_delay(const RetryLimits& limits, int attempts_made, double random,
                                  std::optional<Millis> retry_after) {
  if (attempts_made >= limits.attempts) return {};
  const double exponent = std::max(attempts_made - 1, 0);
  const double grown =
      static_cast<double>(limits.first.count()) * std::pow(limits.factor, exponent);
  const double capped = std::min(grown, static_cast<double>(limits.longest.count()));
  const Millis ours(static_cast<std::int64_t>(capped * (1.0 - limits.jitter * random)));
  if (!retry_after) return ours;
  // Who names a time is believed, even where ours would be longer; only an empty promise that is
  // broken again and again grows. Jitter on top keeps many requests from coming back at once.
  const Millis theirs = std::min(*retry_after, limits.longest_asked);
  const Millis spread(static_cast<std::int64_t>(
      std::min(static_cast<double>(theirs.count()), 1000.0) * limits.jitter * random));
  const Millis least(static_cast<std::int64_t>(1000.0 * (std::pow(limits.factor, exponent) - 1.0)));
  return std::max(std::min(ours, least), theirs + spread);
}

std::optional<Millis> parse_retry_after(std::string_view value, UtcTime now) {
  const auto begin = value.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  value = value.substr(begin, value.find_last_not_of(" \t") - begin + 1);
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    // More digits than a day needs many times over: as long as we ever wait.
    constexpr std::size_t max_digits = 9;
    if (value.size() > max_digits) return Millis(std::chrono::hours(24 * 365));
    return Millis(std::chrono::seconds(*number(value)));
  }
  const auto date = parse_http_date(value, now);
  if (!date) return {};
  return std::max(Millis(0), *date - now);
}

std::optional<UtcTime> parse_http_date(std::string_view value, UtcTime now) {
  const auto w = words(value);
  if (w.size() == 6 && w[5] == "GMT") {
    // "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"
    auto year = number(w[3]);
    if (!year) return {};
    if (w[3].size() == 2) year = full_year(*year, now);
    return instant(w[1], w[2], *year, w[4]);
  }
  if (w.size() == 5) {  // "Sun Nov  6 08:49:37 1994"
    const auto year = number(w[4]);
    if (year && w[4].size() == 4) return instant(w[2], w[1], *year, w[3]);
  }
  return {};
}

std::optional<Millis> parse_rate_limit_reset(std::string_view value, UtcTime now) {
  constexpr std::int64_t first_unix_time = 1'000'000'000;  // nobody's limit lasts thirty years
  constexpr std::int64_t last_unix_time = 100'000'000'000;
  if (const auto time = parse_iso8601(value))
    return *time > now ? std::optional<Millis>(*time - now) : std::nullopt;
  double number = 0.0;  // some write fractions
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !(number > 0.0) ||
      number > static_cast<double>(last_unix_time))
    return std::nullopt;
  const auto seconds = static_cast<std::int64_t>(number);
  if (seconds < first_unix_time) return Millis(seconds * 1000);
  const UtcTime at = from_unix_ms(seconds * 1000);
  return at > now ? std::optional<Millis>(at - now) : std::nullopt;
}

}  // namespace testigo::fetch
