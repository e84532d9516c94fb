#include <algorithm>
#include <cstring>
#include <limits>

#include "text/char_table.h"
#include "text/utf8.h"
#include "text/words.h"

namespace testigo::text {
namespace {

using namespace std::string_view_literals;

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

// Endings that make "acme.com" a domain and not two sentences without a space between.
constexpr std::array top_levels = {"com"sv, "org"sv, "net"sv, "io"sv,  "es"sv, "ro"sv, "eu"sv,
                                   "co"sv,  "app"sv, "dev"sv, "uk"sv,  "de"sv, "fr"sv, "ai"sv,
                                   "info"sv, "me"sv, "tv"sv,  "example"sv, "test"sv};

// A line this long that goes on in lower case was wrapped by a program, not ended by its author.
constexpr std::size_t wrapped_line_bytes = 60;

// A word longer than this is no word; the rest is a token of its own.
constexpr std::size_t max_word_bytes = 200;

constexpr std::size_t elongation = 3;  // no word of ours has a letter three times in a row

}  // namespace

// One text's way through the tokenizer: where it is and what it has seen since the last token.
class TokenizerPass {
 public:
  TokenizerPass(Tokenizer& owner, std::string_view text) : out_(owner), text_(text) {}

  void run() {
    open_line();
    while (at_ < text_.size()) next();
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  CharFacts facts_at(std::size_t at) const { return char_facts(decode(text_, at).value); }

  bool is_word_char(std::size_t at) const {
    if (at >= text_.size()) return false;
    const char c = text_[at];
    if (!is_high(c)) return is_letter(c) || is_digit(c);
    const CharClass kind = facts_at(at).kind;
    return kind == CharClass::letter || kind == CharClass::digit;
  }

  bool is_lower_at(std::size_t at) const {
    if (at >= text_.size()) return false;
    if (!is_high(text_[at])) return is_lower(text_[at]);
    const CharFacts facts = facts_at(at);
    return facts.kind == CharClass::letter && !facts.upper;
  }

  void next() {
    const char c = text_[at_];
    const std::size_t byte = static_cast<unsigned char>(c);
    if (out_.symbol_ranges_[byte] != out_.symbol_ranges_[byte + 1] && symbol(byte)) return;
    if (is_letter(c)) return word();
    if (c == ' ') return skip(0);
    if (is_digit(c)) return number();
    if (is_high(c)) return beyond_ascii();
    punctuation(c);
  }

  void skip(std::uint16_t flags, std::size_t bytes = 1) {
    pending_ |= flags;
    at_ += bytes;
  }

  void end_sentence() { sentence_ended_ = true; }

  void punctuation(char c) {
    switch (c) {
      case '\n': case '\r': case '\v': case '\f': return line_break();
      case '.': return period();
      case '?': case '!': return marks();
      case ',': case ';': case ':': case '(': case ')': case '[': case ']': case '{': case '}':
      case '/': case '|': case '~': return skip(after_comma);
      case '"': return skip(after_quote);
      case '\'': return apostrophe();
      case '-': return hyphen();
      case '@': return mention();
      case '#': return hashtag();
      case '$': return sign(TokenKind::money, 1);
      case '%': return sign(TokenKind::word, 1);
      default: return skip(0);
    }
  }

  // --- tokens -------------------------------------------------------------------------------

  Token& emit(TokenKind kind, std::size_t begin, std::size_t end, std::size_t folded_begin) {
    Token token;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(end);
    token.folded_begin = static_cast<std::uint32_t>(folded_begin);
    token.folded_size = static_cast<std::uint16_t>(
        std::min<std::size_t>(out_.folded_.size() - folded_begin,
                              std::numeric_limits<std::uint16_t>::max()));
    token.kind = kind;
    const bool first = out_.tokens_.empty();
    if (sentence_ended_ || first) {
      if (!first) ++sentence_;
      pending_ = static_cast<std::uint16_t>((pending_ & ~after_comma) | starts_sentence);
    }
    if (!first && out_.tokens_.back().end == begin) pending_ |= glued;
    token.flags = static_cast<std::uint16_t>(pending_ | line_flags_);
    token.sentence = sentence_;
    pending_ = 0;
    sentence_ended_ = false;
    out_.tokens_.push_back(token);
    return out_.tokens_.back();
  }

  void sign(TokenKind kind, std::size_t bytes) {
    const std::size_t folded_begin = out_.folded_.size();
    out_.folded_.append(text_, at_, bytes);
    emit(kind, at_, at_ + bytes, folded_begin);
    at_ += bytes;
  }

  bool symbol(std::size_t first_byte) {
    for (std::uint32_t i = out_.symbol_ranges_[first_byte]; i < out_.symbol_ranges_[first_byte + 1]; ++i) {
      const std::string& symbol = out_.symbols_[i];
      if (text_.compare(at_, symbol.size(), symbol) != 0) continue;
      const std::size_t end = at_ + symbol.size();
      const bool word_before = at_ > 0 && is_letter_or_digit(text_[at_ - 1]);
      const bool word_after = end < text_.size() && is_letter_or_digit(text_[end]);
      // "xD" is no emoticon inside a word, nor is "8)" after a digit or ":D" before letters.
      if (is_letter_or_digit(symbol.front()) && word_before) continue;
      if (is_letter_or_digit(symbol.back()) && word_after) continue;
      sign(TokenKind::emoji, symbol.size());
      return true;
    }
    return false;
  }

  static bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c) || is_high(c); }

  // What a run of word characters was made of, for the flags.
  struct Shape {
    std::size_t letters = 0;
    std::size_t capitals = 0;
    bool starts_capital = false;
    bool elongated_run = false;

    std::uint16_t flags() const {
      unsigned flags = 0;
      if (letters >= 2 && capitals == letters) flags |= all_caps;
      if (starts_capital) flags |= capitalized;
      if (elongated_run) flags |= elongated;
      return static_cast<std::uint16_t>(flags);
    }
  };

  // Folds word characters from at_ on into the buffer; stops where they end.
  void scan_word(Shape& shape, bool break_at_camel) {
    const std::size_t begin = at_;
    std::size_t run = 1;
    char before = 0;
    while (at_ < text_.size() && at_ - begin < max_word_bytes) {
      const char c = text_[at_];
      if (!is_high(c)) {
        if (!is_letter(c) && !is_digit(c)) {
          if (!inner_apostrophe(1)) break;
          out_.folded_ += '\'';
          ++at_;
          continue;
        }
        if (break_at_camel && at_ > begin && camel_border()) break;
        const char low = to_lower(c);
        if (is_letter(c)) {
          if (shape.letters == 0 && at_ == begin) shape.starts_capital = is_upper(c);
          ++shape.letters;
          shape.capitals += is_upper(c) ? 1 : 0;
          run = low == before ? run + 1 : 1;
          if (run >= elongation) shape.elongated_run = true;
        }
        before = low;
        out_.folded_ += low;
        ++at_;
        continue;
      }
      const CodePoint point = decode(text_, at_);
      const CharFacts facts = char_facts(point.value);
      if (facts.kind == CharClass::letter || facts.kind == CharClass::digit) {
        const std::string_view folded = facts.folded.view();
        if (folded == "'") break;
        if (shape.letters == 0 && at_ == begin) shape.starts_capital = facts.upper;
        if (facts.kind == CharClass::letter && !folded.empty()) {
          ++shape.letters;
          shape.capitals += facts.upper ? 1 : 0;
          run = folded.back() == before && folded.size() == 1 ? run + 1 : 1;
          if (run >= elongation) shape.elongated_run = true;
        }
        if (!folded.empty()) before = folded.back();
        out_.folded_ += folded;
      } else if (facts.folded.view() == "'" && inner_apostrophe(point.size)) {
        out_.folded_ += '\'';
      } else if (facts.kind != CharClass::ignored) {
        break;
      }
      at_ += point.size;
    }
  }

  // An apostrophe at at_ that belongs to the word: a letter follows, and not just the s of "it's".
  bool inner_apostrophe(std::size_t size) const {
    const char c = text_[at_];
    if (c != '\'' && !is_high(c)) return false;
    const std::size_t after = at_ + size;
    if (!is_word_char(after)) return false;
    return !clitic_s_at(after);
  }

  bool clitic_s_at(std::size_t at) const {
    return at < text_.size() && to_lower(text_[at]) == 's' && !is_word_char(at + 1);
  }

  // Between "Bad" and "Service" of "BadService", and between "UX" and "Fail" of "UXFail".
  bool camel_border() const {
    const char before = text_[at_ - 1];
    const char c = text_[at_];
    if (is_digit(c) != is_digit(before)) return true;
    if (!is_upper(c)) return false;
    return is_lower(before) || (is_upper(before) && is_lower(peek(1)));
  }

  void word() {
    if (starts_url()) return url(at_);
    const std::size_t begin = at_;
    const std::size_t folded_begin = out_.folded_.size();
    Shape shape;
    scan_word(shape, false);
    if (starts_address(begin)) {
      out_.folded_.resize(folded_begin);
      return url(begin);
    }
    if (out_.folded_.size() == folded_begin) {  // nothing but invisible marks
      at_ = std::max(at_, begin + decode(text_, begin).size);
      return;
    }
    pending_ |= shape.flags();
    emit(TokenKind::word, begin, at_, folded_begin);
    clitic();
  }

  // The "'s" that follows a word is a token of its own.
  void clitic() {
    const CodePoint point = decode(text_, at_);
    if (point.size == 0 || char_facts(point.value).folded.view() != "'") return;
    if (!clitic_s_at(at_ + point.size)) return;
    const std::size_t folded_begin = out_.folded_.size();
    out_.folded_ += "'s";
    emit(TokenKind::word, at_, at_ + point.size + 1, folded_begin);
    at_ += point.size + 1;
  }

  bool starts_with(std::string_view prefix) const {
    if (text_.size() - at_ < prefix.size()) return false;
    return std::equal(prefix.begin(), prefix.end(), text_.begin() + static_cast<std::ptrdiff_t>(at_),
                      [](char a, char b) { return a == to_lower(b); });
  }

  bool starts_url() const {
    const char c = to_lower(text_[at_]);
    if (c == 'h') return starts_with("http://") || starts_with("https://");
    return c == 'w' && starts_with("www.");
  }

  // The word from `begin` to at_ goes on as an e-mail address or a domain.
  bool starts_address(std::size_t begin) const {
    if (at_ >= text_.size()) return false;
    if (text_[at_] == '@') return is_word_char(at_ + 1) && text_.find('.', at_) < text_.find(' ', at_);
    if (text_[at_] != '.' || !is_lower(peek(1))) return false;
    if (at_ - begin < 2) return false;
    return std::any_of(top_levels.begin(), top_levels.end(), [this](std::string_view level) {
      return text_.compare(at_ + 1, level.size(), level) == 0 && !is_word_char(at_ + 1 + level.size());
    });
  }

  void url(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && static_cast<unsigned char>(text_[end]) > ' ' &&
           std::strchr("<>\"", text_[end]) == nullptr) {
      ++end;
    }
    while (end > begin + 1 && std::strchr(".,;:!?)]'*", text_[end - 1]) != nullptr) --end;
    at_ = begin;
    sign(TokenKind::url, end - begin);
  }

  void number() {
    const std::size_t begin = at_;
    const std::size_t folded_begin = out_.folded_.size();
    while (at_ < text_.size() &&
           (is_digit(text_[at_]) || (std::strchr(".,:/", text_[at_]) != nullptr && is_digit(peek(1))))) {
      ++at_;
    }
    if (is_word_char(at_)) {  // "4k", "2nd", "3rd"
      at_ = begin;
      Shape shape;
      scan_word(shape, false);
      emit(TokenKind::word, begin, at_, folded_begin);
      return;
    }
    out_.folded_.append(text_, begin, at_ - begin);
    emit(TokenKind::number, begin, at_, folded_begin);
  }

  void mention() {
    const std::size_t begin = at_;
    const bool after_word = begin > 0 && is_letter_or_digit(text_[begin - 1]);
    if (after_word || !(is_word_char(at_ + 1) || peek(1) == '_')) return skip(0);
    const std::size_t folded_begin = out_.folded_.size();
    ++at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '_')) {
      out_.folded_ += to_lower(text_[at_++]);
    }
    if (out_.folded_.size() == folded_begin) return;  // letters beyond ASCII: a word follows
    emit(TokenKind::mention, begin, at_, folded_begin);
  }

  void hashtag() {
    ++at_;
    while (at_ < text_.size() && (is_word_char(at_) || text_[at_] == '_')) {
      if (text_[at_] == '_') {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      const std::size_t folded_begin = out_.folded_.size();
      Shape shape;
      scan_word(shape, true);
      if (at_ == begin) return;
      pending_ |= static_cast<std::uint16_t>(shape.flags() | in_hashtag);
      emit(TokenKind::word, begin, at_, folded_begin);
    }
  }

  // --- what stands between tokens -----------------------------------------------------------

  void period() {
    const bool initial = !out_.tokens_.empty() && out_.tokens_.back().end == at_ &&
                         out_.tokens_.back().kind == TokenKind::word &&
                         out_.tokens_.back().end - out_.tokens_.back().begin == 1;
    while (peek() == '.') ++at_;
    if (!initial) end_sentence();
  }

  void marks() {
    const std::size_t begin = at_;
    bool asks = false;
    while (peek() == '?' || peek() == '!') asks |= text_[at_++] == '?';
    mark_token(asks, begin);
  }

  void mark_token(bool asks, std::size_t begin) {
    const std::size_t folded_begin = out_.folded_.size();
    out_.folded_ += asks ? '?' : '!';
    sentence_ended_ = false;  // a mark belongs to the sentence that it ends
    Token& token = emit(asks ? TokenKind::question : TokenKind::exclaim, begin, at_, folded_begin);
    token.count = static_cast<std::uint16_t>(std::min<std::size_t>(at_ - begin, 1000));
    end_sentence();
  }

  void apostrophe() {
    const bool between = at_ > 0 && is_letter_or_digit(text_[at_ - 1]) && is_word_char(at_ + 1);
    skip(between ? std::uint16_t{0} : std::uint16_t{after_quote});
  }

  void hyphen() {
    if (peek(1) == '-') {
      while (peek() == '-') ++at_;
      pending_ |= after_comma;
      return;
    }
    const bool before = at_ > 0 && is_letter_or_digit(text_[at_ - 1]);
    const bool after = at_ + 1 < text_.size() && is_letter_or_digit(text_[at_ + 1]);
    skip(before && after ? after_hyphen : after_comma);
  }

  void line_break() {
    const std::size_t length = at_ - line_begin_;
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
      if (text_[at_] == '\n') ++breaks_;
      ++at_;
    }
    const bool wrapped = breaks_ == 1 && length >= wrapped_line_bytes && is_lower_at(at_);
    if (!wrapped) end_sentence();
    open_line();
  }

  void open_line() {
    line_begin_ = at_;
    breaks_ = 0;
    std::size_t first = at_;
    while (first < text_.size() && is_blank(text_[first])) ++first;
    line_flags_ = first < text_.size() && text_[first] == '>' ? quoted_line : 0;
  }

  void beyond_ascii() {
    const CodePoint point = decode(text_, at_);
    const CharFacts facts = char_facts(point.value);
    switch (facts.kind) {
      case CharClass::letter: case CharClass::digit: return letters(facts, point);
      case CharClass::ideograph: return ideograph(facts, point);
      case CharClass::emoji: return emoji();
      case CharClass::newline:
        end_sentence();
        at_ += point.size;
        return open_line();
      case CharClass::space: case CharClass::ignored: return skip(0, point.size);
      case CharClass::other: break;
    }
    mark_beyond_ascii(point);
  }

  void letters(const CharFacts& facts, const CodePoint& point) {
    if (facts.folded.view() == "'") return skip(after_quote, point.size);  // U+02BC
    word();
  }

  void ideograph(const CharFacts& facts, const CodePoint& point) {
    const std::size_t folded_begin = out_.folded_.size();
    out_.folded_ += facts.folded.view();
    emit(TokenKind::word, at_, at_ + point.size, folded_begin);
    at_ += point.size;
  }

  void mark_beyond_ascii(const CodePoint& point) {
    switch (point.value) {
      case 0x2026: case 0x3002:
        end_sentence();
        return skip(0, point.size);
      case 0x203C: case 0x2049: case 0xFF01: case 0xFF1F: {
        const std::size_t begin = at_;
        at_ += point.size;
        return mark_token(point.value == 0xFF1F || point.value == 0x2049, begin);
      }
      case 0x201C: case 0x201D: case 0x201E: case 0x00AB: case 0x00BB: case 0x2018: case 0x2019:
        return skip(after_quote, point.size);
      case 0x20AC: case 0x00A3: case 0x00A5: return sign(TokenKind::money, point.size);
      case 0x2010: case 0x2011: return skip(after_hyphen, point.size);
      case 0x2013: case 0x2014: case 0x00BF: case 0x00A1: case 0x2022: case 0x00B7: case 0xFF0C:
        return skip(after_comma, point.size);
      default: return skip(0, point.size);
    }
  }

  // UTS #51: a pictograph, its modifiers and what is joined to it; a flag is two regional indicators.
  // Skin tones and variation selectors make no difference to the folded form.
  void emoji() {
    const std::size_t begin = at_;
    const std::size_t folded_begin = out_.folded_.size();
    bool joined = true;
    std::size_t flags = 0;
    while (at_ < text_.size() && is_high(text_[at_])) {
      const CodePoint point = decode(text_, at_);
      const bool tone = point.value >= 0x1F3FB && point.value <= 0x1F3FF;
      const bool flag = point.value >= 0x1F1E6 && point.value <= 0x1F1FF;
      if (point.value == 0x200D) {
        joined = true;
      } else if (tone || point.value == 0xFE0F) {
      } else if ((joined || (flag && flags == 1)) && char_facts(point.value).kind == CharClass::emoji) {
        if (out_.folded_.size() > folded_begin && !flag) out_.folded_ += encode(0x200D);
        out_.folded_.append(text_, at_, point.size);
        flags += flag ? 1 : 0;
        joined = false;
      } else {
        break;
      }
      at_ += point.size;
    }
    if (out_.folded_.size() == folded_begin) out_.folded_.append(text_, begin, at_ - begin);
    emit(TokenKind::emoji, begin, at_, folded_begin);
  }

  Tokenizer& out_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::size_t breaks_ = 0;
  std::uint32_t sentence_ = 0;
  std::uint16_t pending_ = 0;
  std::uint16_t line_flags_ = 0;
  bool sentence_ended_ = false;
};

Tokenizer::Tokenizer(std::span<const std::string_view> symbols)
    : symbols_(symbols.begin(), symbols.end()) {
  std::erase_if(symbols_, [](const std::string& symbol) { return symbol.empty(); });
  const auto first = [](const std::string& symbol) { return static_cast<unsigned char>(symbol.front()); };
  std::stable_sort(symbols_.begin(), symbols_.end(), [&](const std::string& a, const std::string& b) {
    return first(a) != first(b) ? first(a) < first(b) : a.size() > b.size();
  });
  for (const std::string& symbol : symbols_) ++symbol_ranges_[first(symbol) + 1u];
  for (std::size_t byte = 0; byte < 256; ++byte) symbol_ranges_[byte + 1] += symbol_ranges_[byte];
}

std::span<const Token> Tokenizer::tokenize(std::string_view text) {
  tokens_.clear();
  folded_.clear();
  const std::size_t size = char_border(text, std::min(text.size(), max_token_text_bytes));
  TokenizerPass(*this, text.substr(0, size)).run();
  return tokens_;
}

}  // namespace testigo::text
