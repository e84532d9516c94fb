#include "core/time.h"

#include <array>
#include <cstdio>

namespace testigo {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// Reads left to right; each take_* either consumes what it names or leaves the cursor alone.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> take_digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  // Up to nine fraction digits, cut to milliseconds.
  std::optional<int> take_fraction() {
    int value = 0;
    std::size_t digits = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (digits < 3) value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      if (++digits > 9) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    for (std::size_t i = digits; i < 3; ++i) value *= 10;
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<sys_days> take_date(Cursor& in) {
  const auto y = in.take_digits(4);
  if (!y || !in.take('-')) return std::nullopt;
  const auto m = in.take_digits(2);
  if (!m || !in.take('-')) return std::nullopt;
  const auto d = in.take_digits(2);
  if (!d || *y == 0) return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)),
                            day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

std::optional<Millis> take_clock(Cursor& in) {
  const auto h = in.take_digits(2);
  if (!h || !in.take(':')) return std::nullopt;
  const auto m = in.take_digits(2);
  if (!m) return std::nullopt;
  int s = 0;
  int ms = 0;
  if (in.take(':')) {
    const auto seconds = in.take_digits(2);
    if (!seconds) return std::nullopt;
    s = *seconds;
    if (in.take('.') || in.take(',')) {
      const auto fraction = in.take_fraction();
      if (!fraction) return std::nullopt;
      ms = *fraction;
    }
  }
  if (*h > 23 || *m > 59 || s > 60) return std::nullopt;
  return Millis(((*h * 60LL + *m) * 60 + s) * 1000 + ms);
}

// Minutes east of UTC.
std::optional<int> take_offset(Cursor& in) {
  if (in.take('Z') || in.take('z')) return 0;
  const bool east = in.take('+');
  if (!east && !in.take('-')) return std::nullopt;
  const auto h = in.take_digits(2);
  if (!h) return std::nullopt;
  in.take(':');
  const auto m = in.take_digits(2);
  if (!m || *h > 23 || *m > 59) return std::nullopt;
  return (east ? 1 : -1) * (*h * 60 + *m);
}

}  // namespace

std::string to_iso8601(UtcTime time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const year_month_day date(days);
  const long long ms = (time - days).count();
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02lld:%02lld:%02lld",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), ms / 3'600'000, ms / 60'000 % 60,
                ms / 1000 % 60);
  std::string text(out.data());
  if (ms % 1000 != 0) {
    std::snprintf(out.data(), out.size(), ".%03lld", ms % 1000);
    text += out.data();
  }
  return text + "Z";
}

std::optional<UtcTime> parse_iso8601(std::string_view text) {
  Cursor in(text);
  const auto date = take_date(in);
  if (!date) return std::nullopt;
  if (in.done()) return UtcTime(*date);
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return std::nullopt;
  const auto clock = take_clock(in);
  if (!clock) return std::nullopt;
  const auto offset = take_offset(in);
  if (!offset || !in.done()) return std::nullopt;
  return UtcTime(*date) + *clock - std::chrono::minutes(*offset);
}

std::string to_string(Day day) { return to_iso8601(UtcTime(day.days)).substr(0, 10); }

std::optional<Day> parse_day(std::string_view text) {
  Cursor in(text);
  const auto date = take_date(in);
  if (!date || !in.done()) return std::nullopt;
  return Day{*date};
}

}  // namespace testigo
