#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::text {

enum class CalendarUnit : std::uint8_t { second, minute, hour, day, week, month, year };

// The words in which one language writes dates, folded (text/fold.h), as the Unicode CLDR that
// comes with ICU has them.
struct CalendarWords {
  struct Numbered {
    std::string word;
    int number = 0;
  };
  struct UnitWord {
    std::string word;
    CalendarUnit unit = CalendarUnit::day;
  };
  // A fixed phrase: "yesterday" is −1 day, "last month" −1 month, "now" 0 seconds.
  struct Phrase {
    std::string text;  // words with one space between them
    CalendarUnit unit = CalendarUnit::day;
    int amount = 0;
  };

  std::string language;
  std::vector<Numbered> months;    // 1 January … 12 December; full and short
  std::vector<Numbered> weekdays;  // 0 Sunday … 6 Saturday; full and short
  std::vector<UnitWord> units;     // "day", "days", "d"
  std::vector<std::string> past;   // "ago", "hace": in every past form and no future one
  std::vector<std::string> future;
  std::vector<Phrase> phrases;
  std::vector<std::string> noise;  // "de", "at": what date formats have between the parts
  std::vector<std::string> am;
  std::vector<std::string> pm;
};

// The languages below, read from ICU when first asked for. Nothing but an empty vocabulary for
// another language. Thread-safe; the reference holds for good.
[[nodiscard]] const CalendarWords& calendar_words(std::string_view language);

// BCP 47, those of most web pages first.
[[nodiscard]] std::span<const std::string_view> calendar_languages();

// A text folded, every digit of any script as its ASCII digit.
[[nodiscard]] std::string fold_calendar_text(std::string_view text);

}  // namespace testigo::text
