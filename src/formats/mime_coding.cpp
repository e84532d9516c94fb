#include <array>
#include <cstdint>

#include "formats/mime.h"
#include "text/charset.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The byte that two hexadecimal digits at `at` write; -1 where they do not.
int hex_byte(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return -1;
  const int high = hex_digit(text[at]);
  const int low = hex_digit(text[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// RFC 2047 §4.2: as quoted-printable, with "_" for a space.
std::string decode_q(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '=' ? hex_byte(text, i + 1) : -1;
    if (byte >= 0) i += 2;
    out += byte >= 0 ? static_cast<char>(byte) : text[i] == '_' ? ' ' : text[i];
  }
  return out;
}

// One "=?charset?Q?text?=" at the beginning of a text.
struct EncodedWord {
  std::string charset;
  std::string bytes;
  std::size_t size = 0;
};

std::optional<EncodedWord> encoded_word(std::string_view text) {
  constexpr std::size_t max_word = 1000;  // RFC 2047 §2 allows 75; mailers forget it
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t coding = text.find('?', 2);
  if (coding == std::string_view::npos || coding + 3 >= text.size() || coding > max_word ||
      text[coding + 2] != '?')
    return std::nullopt;
  const std::size_t end = text.substr(0, max_word + coding).find("?=", coding + 3);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view charset = text.substr(2, coding - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 §5: a language may follow
  const std::string_view word = text.substr(coding + 3, end - coding - 3);
  const char kind = text[coding + 1];
  if (kind != 'Q' && kind != 'q' && kind != 'B' && kind != 'b') return std::nullopt;
  const bool quoted = kind == 'Q' || kind == 'q';
  return EncodedWord{std::string(charset), quoted ? decode_q(word) : decode_base64(word), end + 2};
}

}  // namespace

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
      continue;
    }
    const int byte = hex_byte(text, i + 1);
    if (byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
      continue;
    }
    // A soft line break: "=", perhaps blanks, the end of the line.
    const std::size_t end = text.find_first_not_of(" \t\r", i + 1);
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') {
      i = end;
    } else {
      out += '=';
    }
  }
  return out;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (c == '=') break;
    if (digit < 0) continue;  // RFC 2045 §6.8: other characters are ignored
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

std::string decode_encoded_words(std::string_view text) {
  std::string out;
  std::string pending;  // bytes of adjacent words in one charset: a character may be torn by them
  std::string charset;
  const auto flush = [&] {
    if (auto decoded = text::decode_to_utf8(pending, charset); !pending.empty())
      out += decoded ? *decoded : pending;
    pending.clear();
  };
  while (!text.empty()) {
    const std::size_t blank =
        pending.empty() ? 0 : std::min(text.find_first_not_of(" \t"), text.size());
    const auto word = encoded_word(text.substr(blank));
    if (!word || !text::encoding_for_label(word->charset)) {
      flush();
      const std::size_t next = std::min(text.find("=?", 1), text.size());
      out += text.substr(0, next);
      text.remove_prefix(next);
      continue;
    }
    if (word->charset != charset) flush();
    charset = word->charset;
    pending += word->bytes;
    text.remove_prefix(blank + word->size);  // RFC 2047 §6.2: space between words is none
  }
  flush();
  return out;
}

Mailbox parse_mailbox(std::string_view field) {
  const std::size_t open = field.rfind('<');
  const std::size_t close = field.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    // "ana@mail.example (Ana Pop)", the older form
    const std::size_t bracket = std::min(field.find('('), field.size());
    const std::size_t end = std::min(field.find(')', bracket), field.size());
    const std::string_view name = bracket < end ? field.substr(bracket + 1, end - bracket - 1) : "";
    return {std::string(text::trim(name)), std::string(text::trim(field.substr(0, bracket)))};
  }
  std::string_view name = text::trim(field.substr(0, open));
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
    name = name.substr(1, name.size() - 2);
  std::string unescaped;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\' && i + 1 < name.size()) ++i;
    unescaped += name[i];
  }
  return {unescaped, std::string(text::trim(field.substr(open + 1, close - open - 1)))};
}

}  // namespace testigo::formats
