#include "text/tokenizer_pass.h"

namespace testigo::text {
namespace {

// A line this long that goes on in lower case was wrapped by a program, not ended by its author.
constexpr std::size_t wrapped_line_bytes = 60;

// More marks in a run say no more.
constexpr std::size_t max_mark_count = 1000;

}  // namespace

void TokenizerPass::punctuation(char c) {
  switch (c) {
    case '\n':
    case '\r':
    case '\v':
    case '\f':
      return line_break();
    case '.':
      return period();
    case '?':
    case '!':
      return marks();
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '/':
    case '|':
    case '~':
      return skip(after_comma);
    case '"':
      return skip(after_quote);
    case '\'':
      return apostrophe();
    case '-':
      return hyphen();
    case '@':
      return mention();
    case '#':
      return hashtag();
    case '$':
      return sign(TokenKind::money, 1);
    case '%':
      return sign(TokenKind::word, 1);
    default:
      return skip(0);
  }
}

void TokenizerPass::period() {
  const bool initial = last_end_ == at_ && out_.tokens_.back().kind == TokenKind::word &&
                       out_.tokens_.back().end - out_.tokens_.back().begin == 1;
  while (peek() == '.') ++at_;
  if (!initial) end_sentence();
}

void TokenizerPass::marks() {
  const std::size_t begin = at_;
  bool asks = false;
  while (peek() == '?' || peek() == '!') asks |= text_[at_++] == '?';
  mark_token(asks, begin);
}

void TokenizerPass::mark_token(bool asks, std::size_t begin) {
  const std::size_t folded_begin = out_.folded_.size();
  out_.folded_.append(asks ? '?' : '!');
  sentence_ended_ = out_.tokens_.empty();  // a mark belongs to the sentence that it ends
  Token& token = emit(asks ? TokenKind::question : TokenKind::exclaim, begin, at_, folded_begin);
  token.count = static_cast<std::uint16_t>(std::min<std::size_t>(at_ - begin, max_mark_count));
  end_sentence();
}

void TokenizerPass::apostrophe() {
  const bool between = at_ > 0 && is_letter_or_digit(text_[at_ - 1]) && is_word_char(at_ + 1);
  skip(between ? std::uint16_t{0} : std::uint16_t{after_quote});
}

void TokenizerPass::hyphen() {
  if (peek(1) == '-') {
    while (peek() == '-') ++at_;
    pending_ |= after_comma;
    return;
  }
  const bool before = at_ > 0 && is_letter_or_digit(text_[at_ - 1]);
  const bool after = at_ + 1 < text_.size() && is_letter_or_digit(text_[at_ + 1]);
  skip(before && after ? after_hyphen : after_comma);
}

void TokenizerPass::line_break() {
  const std::size_t length = at_ - line_begin_;
  while (peek() == '\n' || peek() == '\r' || peek() == '\v' || peek() == '\f') {
    if (text_[at_] == '\n') ++breaks_;
    ++at_;
  }
  const bool wrapped = breaks_ == 1 && length >= wrapped_line_bytes && is_lower_at(at_);
  if (!wrapped) end_sentence();
  open_line();
}

void TokenizerPass::open_line() {
  line_begin_ = at_;
  breaks_ = 0;
  std::size_t first = at_;
  while (first < text_.size() && (text_[first] == ' ' || text_[first] == '\t')) ++first;
  line_flags_ = first < text_.size() && text_[first] == '>' ? quoted_line : 0;
}

void TokenizerPass::beyond_ascii() {
  const CodePoint point = decode(text_, at_);
  const CharFacts facts = char_facts(point.value);
  switch (facts.kind) {
    case CharClass::letter:
    case CharClass::digit:
      if (facts.folded.view() == "'") return skip(after_quote, point.size);  // U+02BC
      return word();
    case CharClass::ideograph:
      return ideograph(facts, point.size);
    case CharClass::emoji:
      return emoji();
    case CharClass::newline:
      end_sentence();
      at_ += point.size;
      return open_line();
    case CharClass::space:
    case CharClass::ignored:
      return skip(0, point.size);
    case CharClass::other:
      break;
  }
  mark_beyond_ascii(point);
}

void TokenizerPass::mark_beyond_ascii(const CodePoint& point) {
  switch (point.value) {
    case 0x2026:
    case 0x3002:
      end_sentence();
      return skip(0, point.size);
    case 0x203C:
    case 0x2049:
    case 0xFF01:
    case 0xFF1F: {
      const std::size_t begin = at_;
      at_ += point.size;
      return mark_token(point.value == 0xFF1F || point.value == 0x2049, begin);
    }
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
    case 0x2018:
    case 0x2019:
      return skip(after_quote, point.size);
    case 0x20AC:
    case 0x00A3:
    case 0x00A5:
      return sign(TokenKind::money, point.size);
    case 0x2010:
    case 0x2011:
      return skip(after_hyphen, point.size);
    case 0x2013:
    case 0x2014:
    case 0x00BF:
    case 0x00A1:
    case 0x2022:
    case 0x00B7:
    case 0xFF0C:
      return skip(after_comma, point.size);
    default:
      return skip(0, point.size);
  }
}

// UTS #51: a pictograph, its modifiers and what is joined to it; a flag is two regional
// indicators. Skin tones and variation selectors make no difference to the folded form.
void TokenizerPass::emoji() {
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
    } else if ((joined || (flag && flags == 1)) && !tone &&
               char_facts(point.value).kind == CharClass::emoji) {
      if (out_.folded_.size() > folded_begin && !flag) out_.folded_.append(encode(0x200D));
      out_.folded_.append(text_.substr(at_, point.size));
      flags += flag ? 1 : 0;
      joined = false;
    } else if (!tone && point.value != 0xFE0F) {
      break;
    }
    at_ += point.size;
  }
  if (out_.folded_.size() == folded_begin) out_.folded_.append(text_.substr(begin, at_ - begin));
  emit(TokenKind::emoji, begin, at_, folded_begin);
}

}  // namespace testigo::text
