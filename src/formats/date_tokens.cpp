#include "formats/date_tokens.h"

#include <charconv>

#include "text/calendar_words.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Kind = DateToken::Kind;

// After folding, what is beyond ASCII is a letter or its mark, but for these blocks.
bool is_symbol_beyond_ascii(char32_t c) {
  return (c >= 0xA0 && c <= 0xBF && c != 0xAA && c != 0xBA) || (c >= 0x2000 && c <= 0x2BFF) ||
         (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
         (c >= 0xFF00 && c <= 0xFF0F) || c == 0x60C || c == 0x2E31 ||
         c == text::replacement_character;
}

bool is_space(char32_t c) {
  return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x3000;
}

Kind kind_of(char32_t c) {
  if (c >= '0' && c <= '9') return Kind::number;
  if (c < 0x80) return c >= 'a' && c <= 'z' ? Kind::word : Kind::symbol;
  return is_symbol_beyond_ascii(c) ? Kind::symbol : Kind::word;
}

bool is_dot(const std::vector<DateToken>& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].is_symbol('.');
}

// "p", ".", "m", "." → "pm".
void join_halves(std::vector<DateToken>& tokens) {
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    const bool half = tokens[i].text == "a" || tokens[i].text == "p";
    if (!half || !is_dot(tokens, i + 1) || tokens[i + 2].text != "m") continue;
    tokens[i].text += 'm';
    const std::size_t end = is_dot(tokens, i + 3) ? i + 4 : i + 3;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i + 1),
                 tokens.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

}  // namespace

std::vector<DateToken> date_tokens(std::string_view written) {
  const std::string text = text::fold_calendar_text(written);
  std::vector<DateToken> tokens;
  bool space = true;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    const std::string_view bytes = std::string_view(text).substr(at, point.size);
    at += point.size;
    if (is_space(point.value)) {
      space = true;
      continue;
    }
    const Kind kind = kind_of(point.value);
    if (kind == Kind::symbol || space || tokens.empty() || tokens.back().kind != kind) {
      tokens.push_back({kind, {}, 0, space});
    }
    tokens.back().text += bytes;
    space = false;
  }
  for (DateToken& token : tokens) {
    if (!token.is_number() || token.text.size() > 18) continue;
    std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.value);
  }
  join_halves(tokens);
  return tokens;
}

}  // namespace testigo::formats
