#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "formats/date_reading.h"

namespace testigo::formats {

[[nodiscard]] inline const DateMeaning* find_sense(std::span<const DateMeaning> meanings,
                                                   DateSense sense) {
  const auto found = std::find_if(meanings.begin(), meanings.end(),
                                  [sense](const DateMeaning& m) { return m.sense == sense; });
  return found == meanings.end() ? nullptr : &*found;
}

// What read_date works with: goes once through the tokens, each of which has to make sense where it
// stands. The vocabulary must outlive it.
class DateReader {
 public:
  DateReader(std::span<const DateToken> tokens, const DateVocabulary& vocabulary)
      : vocabulary_(vocabulary) {
    for (const DateToken& token : tokens) add_token(token);
  }
  [[nodiscard]] std::optional<DateParts> read();

 private:
  void add_token(const DateToken& token);
  [[nodiscard]] const DateToken* token(std::size_t at) const;
  [[nodiscard]] bool is_symbol(std::size_t at, char c) const {
    return token(at) && token(at)->is_symbol(c);
  }
  [[nodiscard]] bool is_number(std::size_t at) const { return token(at) && token(at)->is_number(); }
  [[nodiscard]] bool is_glued(std::size_t at) const {
    return token(at) && !token(at)->space_before;
  }
  [[nodiscard]] std::span<const DateMeaning> meanings(std::size_t at) const;

  // Numbers: date_numbers.cpp.
  bool number();
  [[nodiscard]] char separator() const;
  bool clock();
  std::int64_t milliseconds();
  bool asian_date();
  void push_date(std::int64_t date);
  bool compact();
  void set_clock(std::int64_t hhmmss);
  bool fraction();
  bool length(double amount, std::size_t skip);
  bool minutes_after_hours();
  bool whole_hour();
  [[nodiscard]] bool has_date() const { return parts_.numbers.size() >= (parts_.month ? 2u : 3u); }
  bool dotted_clock();
  bool number_of_unit();

  // Words and symbols: date_reading.cpp.
  bool word();
  [[nodiscard]] static bool is_joint(const DateToken& token);
  struct Phrase {
    DateMeaning meaning;
    std::size_t end = 0;  // 0: there is none
  };
  [[nodiscard]] Phrase find_phrase(std::size_t begin) const;
  bool phrase();
  bool suffix();
  bool use(std::span<const DateMeaning> meanings);
  [[nodiscard]] bool at_end() const { return at_ >= tokens_.size(); }
  [[nodiscard]] bool next_is_unit() const;
  bool use_month(const DateMeaning& month, const DateMeaning* weekday);
  bool use_unit(const DateMeaning& unit);
  bool use_one(const DateMeaning& meaning);

  bool symbol();
  bool zone_offset(int sign);

  std::vector<DateToken> tokens_;
  const DateVocabulary& vocabulary_;
  std::size_t at_ = 0;
  DateParts parts_;
  std::optional<int> spelt_number_;
  bool zone_named_ = false;  // "GMT", which an offset may follow
};

}  // namespace testigo::formats
