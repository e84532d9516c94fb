#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::formats {

// A piece of a date as written, folded.
struct DateToken {
  enum class Kind : std::uint8_t { number, word, symbol };

  Kind kind = Kind::symbol;
  std::string text;
  std::int64_t value = 0;  // of a number of at most 18 digits
  bool space_before = true;

  [[nodiscard]] bool is_number() const { return kind == Kind::number; }
  [[nodiscard]] bool is_word() const { return kind == Kind::word; }
  [[nodiscard]] bool is_symbol(char c) const {
    return kind == Kind::symbol && text.size() == 1 && text[0] == c;
  }
  [[nodiscard]] std::size_t digits() const { return is_number() ? text.size() : 0; }
};

// Numbers, runs of letters, single symbols; "a. m." and its like as one word.
[[nodiscard]] std::vector<DateToken> date_tokens(std::string_view text);

}  // namespace testigo::formats
