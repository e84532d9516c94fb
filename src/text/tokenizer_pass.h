#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

#include "text/char_table.h"
#include "text/utf8.h"
#include "text/words.h"

namespace testigo::text {

// What a run of word characters was made of, for the flags of its token.
struct WordShape {
  std::size_t letters = 0;
  std::size_t capitals = 0;
  std::size_t run = 1;  // of the same letter, up to the latest character
  char before = 0;      // that character, folded
  bool starts_capital = false;
  bool elongated_run = false;

  [[nodiscard]] std::uint16_t flags() const;
};

// One text's way through the tokenizer: where it is, and what it has seen since the last token.
// Words are read in tokenizer_words.cpp, marks and pictures in tokenizer_marks.cpp.
class TokenizerPass {
 public:
  TokenizerPass(Tokenizer& owner, std::string_view text) : out_(owner), text_(text) {}

  void run();

 private:
  // tokenizer.cpp
  void next();
  Token& emit(TokenKind kind, std::size_t begin, std::size_t end, std::size_t folded_begin) {
    return emit(kind, begin, end, folded_begin, out_.folded_.head_from(folded_begin));
  }
  Token& emit(TokenKind kind, std::size_t begin, std::size_t end, std::size_t folded_begin,
              std::uint64_t head);
  void sign(TokenKind kind, std::size_t bytes);
  [[nodiscard]] bool may_be_symbol(std::size_t first_byte) const;
  bool symbol(std::size_t first_byte);

  // tokenizer_words.cpp
  bool plain_word();
  [[nodiscard]] bool ends_plainly(std::size_t begin, std::size_t end) const;
  void word();
  void clitic();
  void url(std::size_t begin);
  void number();
  [[nodiscard]] bool unit_of_time_at(std::size_t at) const;
  void mention();
  void hashtag();
  void ideograph(const CharFacts& facts, std::size_t size);
  void scan_word(WordShape& shape, bool break_at_camel);
  [[nodiscard]] std::size_t censored(std::size_t begin, std::size_t at) const;
  void take_ascii(WordShape& shape, bool first, std::size_t limit);
  bool take_high(WordShape& shape, bool first);
  [[nodiscard]] bool inner_apostrophe(std::size_t size) const;
  [[nodiscard]] bool clitic_s_at(std::size_t at) const;
  [[nodiscard]] bool camel_border() const;
  [[nodiscard]] bool starts_with(std::string_view prefix) const;
  [[nodiscard]] bool starts_url() const;
  [[nodiscard]] bool goes_on_as_address(std::size_t begin) const;
  [[nodiscard]] bool goes_on_as_domain() const;

  // tokenizer_marks.cpp
  void punctuation(char c);
  void period();
  void marks();
  void mark_token(bool asks, std::size_t begin);
  void apostrophe();
  void hyphen();
  void line_break();
  void open_line();
  void beyond_ascii();
  void mark_beyond_ascii(const CodePoint& point);
  void emoji();

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool is_word_char(std::size_t at) const;
  [[nodiscard]] bool is_lower_at(std::size_t at) const;
  void skip(std::uint16_t flags, std::size_t bytes = 1) {
    pending_ |= flags;
    at_ += bytes;
  }
  void end_sentence() { sentence_ended_ = true; }

  Tokenizer& out_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::size_t breaks_ = 0;               // line breaks in the run that is being read
  std::size_t last_end_ = SIZE_MAX;      // of the latest token
  std::uint32_t sentence_ = UINT32_MAX;  // the first token opens the first one, 0
  std::uint16_t pending_ = 0;            // flags of the next token
  std::uint16_t line_flags_ = 0;         // flags of all tokens of this line
  std::uint16_t met_ = 0;                // flags of any token
  bool sentence_ended_ = true;
};

// ASCII, without the locale.
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c) || is_high(c); }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

}  // namespace testigo::text
