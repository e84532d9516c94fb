#include "formats/date_mail.h"

#include <array>
#include <chrono>
#include <cstddef>

namespace testigo::formats {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  // As many digits as there are, within the two bounds.
  std::optional<int> number(std::size_t fewest, std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
      if (++digits > most) return std::nullopt;
      value = value * 10 + (rest_[digits - 1] - '0');
    }
    if (digits < fewest) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  std::optional<unsigned> month() {
    for (std::size_t i = 0; i < months.size(); ++i)
      if (take(months[i])) return static_cast<unsigned>(i + 1);
    return std::nullopt;
  }

  void skip_day_name() {
    if (rest_.size() > 5 && rest_.substr(3, 2) == ", ") rest_.remove_prefix(5);
  }

  // Minutes east of Greenwich.
  std::optional<int> zone() {
    for (const std::string_view name : {"GMT", "UTC", "UT", "Z"})
      if (rest_ == name) return 0;
    const int sign = take("+") ? 1 : take("-") ? -1 : 0;
    const auto digits = number(4, 4);
    if (sign == 0 || !digits || !rest_.empty() || *digits % 100 > 59) return std::nullopt;
    return sign * (*digits / 100 * 60 + *digits % 100);
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::optional<UtcTime> parse_mail_date(std::string_view text) {
  Reader reader(text);
  reader.skip_day_name();
  const auto day = reader.number(1, 2);
  if (!day || !reader.take(" ")) return std::nullopt;
  const auto month = reader.month();
  if (!month || !reader.take(" ")) return std::nullopt;
  const auto year = reader.number(4, 4);
  if (!year || !reader.take(" ")) return std::nullopt;
  const auto hour = reader.number(2, 2);
  if (!hour || *hour > 23 || !reader.take(":")) return std::nullopt;
  const auto minute = reader.number(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const auto second = reader.take(":") ? reader.number(2, 2) : std::optional(0);
  if (!second || *second > 59 || !reader.take(" ")) return std::nullopt;
  const auto zone = reader.zone();
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!zone || !date.ok() || *year == 0) return std::nullopt;
  return UtcTime(std::chrono::sys_days(date)) + std::chrono::hours(*hour) +
         std::chrono::minutes(*minute - *zone) + std::chrono::seconds(*second);
}

}  // namespace testigo::formats
