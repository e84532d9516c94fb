#pragma once

#include <span>
#include <string_view>

#include "formats/date_vocabulary.h"

namespace testigo::formats {

// Words that CLDR lacks, or English whole. Words are separated by spaces, "_" is a space within a
// phrase; they are folded when read.
struct DateWords {
  std::string_view language;  // "*": every language
  DateSense sense;
  int number;
  text::CalendarUnit unit;
  std::string_view words;
};

[[nodiscard]] std::span<const DateWords> own_date_words();

}  // namespace testigo::formats
