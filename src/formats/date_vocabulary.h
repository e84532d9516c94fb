#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/calendar_words.h"

namespace testigo::formats {

// What a word can mean in a date.
enum class DateSense : std::uint8_t {
  noise,    // says nothing: "of", "at", "Uhr"
  month,    // number 1 … 12
  weekday,  // number 0 Sunday … 6 Saturday
  unit,     // of a length of time; a `number` other than 1 multiplies it ("decade": 10 years)
  phrase,   // "yesterday": `number` units from now
  past,     // "ago", "hace"
  future,   // "in", "dentro de"
  number,   // "a", "three"
  am,
  pm,
  noon,
  midnight,
  zone,  // number: minutes east of UTC
};

struct DateMeaning {
  DateSense sense = DateSense::noise;
  int number = 1;
  text::CalendarUnit unit = text::CalendarUnit::day;
};

// The words of one language. Phrases are keys with single spaces in them.
class DateVocabulary {
 public:
  // Every meaning of a folded word or phrase; empty for an unknown one.
  [[nodiscard]] std::span<const DateMeaning> find(std::string_view word) const;
  [[nodiscard]] std::size_t longest_phrase() const { return longest_phrase_; }  // in words

  void add(std::string_view word, DateMeaning meaning);

 private:
  std::unordered_map<std::string, std::vector<DateMeaning>> words_;
  std::size_t longest_phrase_ = 1;
};

// Of a language of text::calendar_languages(): what CLDR has, with our own additions; English is
// all our own, so that the formats of protocols cost no look into CLDR. Made when first asked for.
[[nodiscard]] const DateVocabulary& date_vocabulary(std::string_view language);

}  // namespace testigo::formats
