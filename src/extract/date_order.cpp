#include "extract/date_order.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "formats/date.h"

namespace testigo::extract {
namespace {

constexpr std::string_view day_first = "en-GB";
constexpr std::string_view month_first = "en-US";
constexpr std::size_t min_in_order = 3;  // dates: two are in order by chance

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The first two numbers of "10-03-2026" or "3/10/26".
struct Pair {
  int first = 0;
  int second = 0;
};

// Up to two digits at the front, taken off; 0 where there are none or more.
int take_number(std::string_view& text) {
  std::size_t digits = 0;
  int value = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    if (digits == 2) return 0;
    value = value * 10 + (text[digits++] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

std::optional<Pair> pair_in(std::string_view text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  text.remove_prefix(begin);
  Pair pair;
  pair.first = take_number(text);
  if (pair.first == 0 || text.empty() || (text[0] != '-' && text[0] != '/')) return std::nullopt;
  const char separator = text[0];
  text.remove_prefix(1);
  pair.second = take_number(text);
  const bool goes_on = text.size() > 2 && text[0] == separator && is_digit(text[1]);
  return pair.second > 0 && goes_on ? std::optional(pair) : std::nullopt;
}

struct Reading {
  bool in_future = false;
  bool in_order = false;  // all one way, and not all the same
};

Reading read_in(std::span<const std::string_view> dates, std::string_view language, UtcTime now) {
  std::vector<UtcTime> times;
  for (const std::string_view date : dates)
    if (const auto time = formats::parse_date(date, now, language)) times.push_back(*time);
  Reading reading;
  reading.in_future = std::any_of(times.begin(), times.end(),
                                  [&](UtcTime time) { return time > now + std::chrono::days(1); });
  reading.in_order = std::is_sorted(times.begin(), times.end()) ||
                     std::is_sorted(times.begin(), times.end(), std::greater<>());
  return reading;
}

}  // namespace

bool has_numeric_date(std::string_view text) { return pair_in(text).has_value(); }

std::string language_of_dates(std::span<const std::string_view> written, std::string_view language,
                              UtcTime now) {
  std::vector<std::string_view> dates;
  bool day_shown = false;
  bool month_shown = false;  // before the day
  for (const std::string_view date : written) {
    const auto pair = pair_in(date);
    if (!pair) continue;
    dates.push_back(date);
    day_shown = day_shown || (pair->first > 12 && pair->second <= 12);
    month_shown = month_shown || (pair->second > 12 && pair->first <= 12);
  }
  if (day_shown && month_shown) return std::string(language);
  if (day_shown) return std::string(day_first);
  if (month_shown) return std::string(month_first);
  if (dates.empty()) return std::string(language);
  const Reading by_day = read_in(dates, day_first, now);
  const Reading by_month = read_in(dates, month_first, now);
  if (by_day.in_future != by_month.in_future)
    return std::string(by_day.in_future ? month_first : day_first);
  if (dates.size() >= min_in_order && by_day.in_order != by_month.in_order)
    return std::string(by_day.in_order ? day_first : month_first);
  return std::string(language);
}

void reread_dates(std::vector<Post>& posts, std::string_view language, UtcTime now) {
  const auto is_numeric = [](const Post& post) {
    return post.posted_at_written && has_numeric_date(*post.posted_at_written);
  };
  std::vector<std::string_view> written;
  for (const Post& post : posts)
    if (is_numeric(post)) written.push_back(*post.posted_at_written);
  const std::string told = language_of_dates(written, language, now);
  if (told == language) return;
  for (Post& post : posts) {
    if (!is_numeric(post)) continue;
    const auto time = formats::parse_date(*post.posted_at_written, now, told);
    if (time) post.posted_at = time;
  }
}

}  // namespace testigo::extract
