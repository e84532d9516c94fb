#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "core/time.h"
#include "formats/date_tokens.h"
#include "formats/date_vocabulary.h"

namespace testigo::formats {

// What stands in a date, before it is known what it adds up to.
struct DateParts {
  struct Number {  // of a day, month or year, in the order written
    std::int64_t value = 0;
    std::size_t digits = 0;
    char separator = ' ';  // before it: '-', '/', '.', ' '
  };
  struct Length {
    double amount = 1.0;
    text::CalendarUnit unit = text::CalendarUnit::day;
    bool counted = false;  // a number stands with it
  };
  struct Clock {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t millisecond = 0;
  };

  std::vector<Number> numbers;
  std::optional<int> month;
  bool month_may_be_weekday = false;
  std::size_t numbers_before_month = 0;
  std::optional<int> weekday;
  std::vector<Length> lengths;
  std::vector<DateMeaning> phrases;
  std::optional<Clock> clock;
  std::optional<bool> afternoon;  // am false, pm true
  std::optional<std::chrono::minutes> zone;
  bool past = false;
  bool future = false;
  bool glued_suffix = false;  // an unknown ending on a number, "8th" in another tongue
};

// The parts, if every word is in the vocabulary; nothing if one is not, or makes no sense there.
[[nodiscard]] std::optional<DateParts> read_date(std::span<const DateToken> tokens,
                                                 const DateVocabulary& vocabulary);

// The instant that the parts add up to; `day_first` reads 3/4/2014 as 3 April.
[[nodiscard]] std::optional<UtcTime> resolve_date(const DateParts& parts, UtcTime now,
                                                  bool day_first);

}  // namespace testigo::formats
