#include <array>
#include <cstring>

#include "text/plain_word.h"
#include "text/tokenizer_pass.h"

namespace testigo::text {
namespace {

using namespace std::string_view_literals;

// Endings that make "acme.com" a domain and not two sentences without a space between.
constexpr std::array top_levels = {"com"sv,  "org"sv, "net"sv, "io"sv,      "es"sv,  "ro"sv, "eu"sv,
                                   "co"sv,   "app"sv, "dev"sv, "uk"sv,      "de"sv,  "fr"sv, "ai"sv,
                                   "info"sv, "me"sv,  "tv"sv,  "example"sv, "test"sv};

// A word longer than this is no word; the rest is a token of its own.
constexpr std::size_t max_word_bytes = 200;

// Letters and digits of ASCII. Their small forms have this bit, as digits do.
constexpr std::array<bool, 256> is_plain = [] {
  std::array<bool, 256> bytes{};
  for (std::size_t c = 0; c < 0x80; ++c) {
    const auto letter_or_digit = static_cast<char>(c);
    bytes[c] = is_letter(letter_or_digit) || is_digit(letter_or_digit);
  }
  return bytes;
}();
constexpr char small_bit = 0x20;

constexpr std::size_t elongation = 3;  // no word of ours has a letter three times in a row

// The longest domain (RFC 1035 §2.3.4): so far the dot of an e-mail address is looked for.
constexpr std::size_t max_domain_bytes = 255;

}  // namespace

std::uint16_t WordShape::flags() const {
  unsigned flags = 0;
  if (letters >= 2 && capitals == letters) flags |= all_caps;
  if (starts_capital) flags |= capitalized;
  if (elongated_run) flags |= elongated;
  return static_cast<std::uint16_t>(flags);
}

// Folds word characters from at_ on into the buffer; stops where they end.
void TokenizerPass::scan_word(WordShape& shape, bool break_at_camel) {
  const std::size_t begin = at_;
  const std::size_t limit = std::min(text_.size(), begin + max_word_bytes);
  while (at_ < limit) {
    const char c = text_[at_];
    if (is_high(c)) {
      if (!take_high(shape, at_ == begin)) return;
    } else if (is_letter(c) || is_digit(c)) {
      if (break_at_camel && at_ > begin && camel_border()) return;
      take_ascii(shape, at_ == begin, break_at_camel ? at_ + 1 : limit);
    } else if (const std::size_t stars = break_at_camel ? 0 : censored(begin, at_); stars > 0) {
      if (at_ + stars > limit) return;
      out_.folded_.append(text_.substr(at_, stars));
      at_ += stars;
    } else {
      if (c != '\'' || !inner_apostrophe(1)) return;
      out_.folded_.append('\'');
      ++at_;
    }
  }
}

// How many stars stand for letters of the word that began: "sh*t", "f***ing", "f***".
std::size_t TokenizerPass::censored(std::size_t begin, std::size_t at) const {
  constexpr std::size_t most = 8;
  std::size_t end = at;
  while (end < text_.size() && text_[end] == '*' && end - at <= most) ++end;
  const std::size_t stars = end - at;
  if (stars == 0 || stars > most || at == begin) return 0;
  return is_word_char(end) || (stars >= 2 && at - begin <= 2) ? stars : 0;
}

// The run of ASCII letters and digits up to `limit`.
void TokenizerPass::take_ascii(WordShape& shape, bool first, std::size_t limit) {
  if (first) shape.starts_capital = is_upper(text_[at_]);
  WordShape seen = shape;
  for (; at_ < limit && is_plain[static_cast<unsigned char>(text_[at_])]; ++at_) {
    const auto low = static_cast<char>(text_[at_] | small_bit);
    const bool letter = low >= 'a';
    seen.letters += letter ? 1 : 0;
    seen.capitals += text_[at_] != low ? 1 : 0;
    seen.run = letter && low == seen.before ? seen.run + 1 : 1;
    seen.elongated_run |= seen.run >= elongation;
    seen.before = low;
    out_.folded_.append(low);
  }
  shape = seen;
}

bool TokenizerPass::take_high(WordShape& shape, bool first) {
  const CodePoint point = decode(text_, at_);
  const CharFacts facts = char_facts(point.value);
  const std::string_view folded = facts.folded.view();
  const bool letter = facts.kind == CharClass::letter;
  if (folded == "'") {
    if (letter || !inner_apostrophe(point.size)) return false;
    out_.folded_.append('\'');
  } else if (letter || facts.kind == CharClass::digit) {
    if (first) shape.starts_capital = facts.upper;
    if (letter && !folded.empty()) {
      ++shape.letters;
      shape.capitals += facts.upper ? 1 : 0;
      shape.run = folded.size() == 1 && folded.back() == shape.before ? shape.run + 1 : 1;
      if (shape.run >= elongation) shape.elongated_run = true;
    }
    if (!folded.empty()) shape.before = folded.back();
    out_.folded_.append(folded);
  } else if (facts.kind != CharClass::ignored) {
    return false;
  }
  at_ += point.size;
  return true;
}

// An apostrophe at at_ that belongs to the word: a letter follows, and not just the s of "it's".
bool TokenizerPass::inner_apostrophe(std::size_t size) const {
  const char c = text_[at_];
  if (c != '\'' && !is_high(c)) return false;
  const std::size_t after = at_ + size;
  if (!is_word_char(after)) return false;
  return !clitic_s_at(after);
}

bool TokenizerPass::clitic_s_at(std::size_t at) const {
  return at < text_.size() && to_lower(text_[at]) == 's' && !is_word_char(at + 1);
}

// Between "Bad" and "Service" of "BadService", and between "UX" and "Fail" of "UXFail".
bool TokenizerPass::camel_border() const {
  const char before = text_[at_ - 1];
  const char c = text_[at_];
  if (is_digit(c) != is_digit(before)) return true;
  if (!is_upper(c)) return false;
  return is_lower(before) || (is_upper(before) && is_lower(peek(1)));
}

// Most words: letters and digits of ASCII, with nothing behind them that could belong to them. Any
// other is left to word(), and nothing is changed then.
bool TokenizerPass::plain_word() {
  // Chunks overlap by two bytes, so that three letters in a row stand in one of them.
  constexpr std::size_t step = chunk_bytes - (elongation - 1);
  const std::size_t begin = at_;
  const std::size_t folded_begin = out_.folded_.size();
  PlainChunk chunk = plain_chunk(chunk_at(text_, begin));
  const std::uint64_t head = chunk.folded;
  std::uint64_t small = chunk.letters ^ chunk.capitals;
  bool several = (chunk.letters & (chunk.letters - 1)) != 0;  // letters
  std::uint16_t flags = (chunk.capitals & 0x80) != 0 ? capitalized : 0;
  if (chunk.elongated()) flags |= elongated;
  out_.folded_.append_chunk(chunk.folded, chunk.size);
  std::size_t end = begin + chunk.size;
  for (std::size_t from = begin + step; chunk.size == chunk_bytes; from += step) {
    if (end - begin > max_word_bytes - chunk_bytes) {
      out_.folded_.truncate(folded_begin);
      return false;
    }
    chunk = plain_chunk(chunk_at(text_, from));
    small |= chunk.letters ^ chunk.capitals;
    several |= chunk.letters != 0;  // the first letter of the word stands before
    if (chunk.elongated()) flags |= elongated;
    out_.folded_.truncate(folded_begin + (from - begin));
    out_.folded_.append_chunk(chunk.folded, chunk.size);
    end = from + chunk.size;
  }
  if (!ends_plainly(begin, end)) {
    out_.folded_.truncate(folded_begin);
    return false;
  }
  if (several && small == 0) flags |= all_caps;
  pending_ |= flags;
  at_ = end;
  emit(TokenKind::word, begin, end, folded_begin, head);
  return true;
}

// Whether what stands at `end` shows that the word is over, and no address.
bool TokenizerPass::ends_plainly(std::size_t begin, std::size_t end) const {
  if (end == text_.size()) return true;
  const std::size_t size = end - begin;
  switch (text_[end]) {
    case '\'':
    case '@':
      return false;
    case '*':
      return censored(begin, end) == 0;
    case ':':  // http://
      return size != std::string_view("http").size() && size != std::string_view("https").size();
    case '.':  // www.acme.example, acme.com
      return size != std::string_view("www").size() &&
             (end + 1 == text_.size() || !is_lower(text_[end + 1]));
    default:
      return !is_high(text_[end]);
  }
}

void TokenizerPass::word() {
  if (starts_url()) return url(at_);
  const std::size_t begin = at_;
  const std::size_t folded_begin = out_.folded_.size();
  WordShape shape;
  scan_word(shape, false);
  if (goes_on_as_address(begin)) {
    out_.folded_.truncate(folded_begin);
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
void TokenizerPass::clitic() {
  if (const char c = peek(); c != '\'' && !is_high(c)) return;
  const CodePoint point = decode(text_, at_);
  if (point.size == 0 || char_facts(point.value).folded.view() != "'") return;
  if (!clitic_s_at(at_ + point.size)) return;
  const std::size_t folded_begin = out_.folded_.size();
  out_.folded_.append("'s");
  emit(TokenKind::word, at_, at_ + point.size + 1, folded_begin);
  at_ += point.size + 1;
}

bool TokenizerPass::starts_with(std::string_view prefix) const {
  if (text_.size() - at_ < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text_.begin() + static_cast<std::ptrdiff_t>(at_),
                    [](char a, char b) { return a == to_lower(b); });
}

bool TokenizerPass::starts_url() const {
  const char c = to_lower(text_[at_]);
  if (c == 'h') return starts_with("http://") || starts_with("https://");
  return c == 'w' && starts_with("www.");
}

// The word from `begin` to at_ goes on as an e-mail address or a domain.
bool TokenizerPass::goes_on_as_address(std::size_t begin) const {
  if (peek() == '.') return at_ - begin >= 2 && goes_on_as_domain();
  if (peek() != '@' || !is_word_char(at_ + 1)) return false;
  const std::string_view host = text_.substr(at_ + 1, max_domain_bytes);
  return host.substr(0, host.find_first_of(" \n\t@")).find('.') != std::string_view::npos;
}

bool TokenizerPass::goes_on_as_domain() const {
  if (!is_lower(peek(1))) return false;
  return std::any_of(top_levels.begin(), top_levels.end(), [this](std::string_view level) {
    return text_.compare(at_ + 1, level.size(), level) == 0 &&
           !is_word_char(at_ + 1 + level.size());
  });
}

void TokenizerPass::url(std::size_t begin) {
  std::size_t end = begin;
  while (end < text_.size() && static_cast<unsigned char>(text_[end]) > ' ' &&
         std::strchr("<>\"", text_[end]) == nullptr) {
    ++end;
  }
  while (end > begin + 1 && std::strchr(".,;:!?)]'*", text_[end - 1]) != nullptr) --end;
  at_ = begin;
  sign(TokenKind::url, end - begin);
}

// As it is glued to a number: "48hrs", "20min".
bool TokenizerPass::unit_of_time_at(std::size_t at) const {
  constexpr std::array<std::string_view, 12> units = {"h",    "hr",  "hrs",  "hs", "min", "mins",
                                                      "sec",  "secs", "wk",  "wks", "yr", "yrs"};
  return std::any_of(units.begin(), units.end(), [&](std::string_view unit) {
    return text_.size() - at >= unit.size() &&
           std::equal(unit.begin(), unit.end(), text_.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char a, char b) { return a == to_lower(b); }) &&
           !is_word_char(at + unit.size());
  });
}

void TokenizerPass::number() {
  const std::size_t begin = at_;
  const std::size_t folded_begin = out_.folded_.size();
  while (
      at_ < text_.size() &&
      (is_digit(text_[at_]) || (std::strchr(".,:/", text_[at_]) != nullptr && is_digit(peek(1))))) {
    ++at_;
  }
  if (is_word_char(at_) && !unit_of_time_at(at_)) {  // "4k", "2nd", "3rd"
    at_ = begin;
    WordShape shape;
    scan_word(shape, false);
    emit(TokenKind::word, begin, at_, folded_begin);
    return;
  }
  out_.folded_.append(text_.substr(begin, at_ - begin));
  emit(TokenKind::number, begin, at_, folded_begin);
}

void TokenizerPass::mention() {
  const std::size_t begin = at_;
  const bool after_word = begin > 0 && is_letter_or_digit(text_[begin - 1]);
  if (after_word || !(is_word_char(at_ + 1) || peek(1) == '_')) return skip(0);
  const std::size_t folded_begin = out_.folded_.size();
  ++at_;
  while (at_ < text_.size() &&
         (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '_')) {
    out_.folded_.append(to_lower(text_[at_++]));
  }
  if (out_.folded_.size() == folded_begin) return;  // letters beyond ASCII: a word follows
  emit(TokenKind::mention, begin, at_, folded_begin);
}

void TokenizerPass::hashtag() {
  ++at_;
  while (at_ < text_.size() && (is_word_char(at_) || text_[at_] == '_')) {
    if (text_[at_] == '_') {
      ++at_;
      continue;
    }
    const std::size_t begin = at_;
    const std::size_t folded_begin = out_.folded_.size();
    WordShape shape;
    scan_word(shape, true);
    if (at_ == begin) return;
    pending_ |= static_cast<std::uint16_t>(shape.flags() | in_hashtag);
    emit(TokenKind::word, begin, at_, folded_begin);
  }
}

void TokenizerPass::ideograph(const CharFacts& facts, std::size_t size) {
  const std::size_t folded_begin = out_.folded_.size();
  out_.folded_.append(facts.folded.view());
  emit(TokenKind::word, at_, at_ + size, folded_begin);
  at_ += size;
}

}  // namespace testigo::text
