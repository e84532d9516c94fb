#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <simdjson.h>

namespace testigo::text {
namespace {

constexpr std::size_t worth_a_call = 64;  // bytes; what is shorter is sooner looked at byte by byte

constexpr CodePoint malformed(std::size_t size) { return {replacement_character, size, false}; }

// Length, and the range that the second byte must be in (Unicode §3.9, table 3-7).
struct Lead {
  std::size_t length = 0;
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xBF;
};

constexpr Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

CodePoint decode_multibyte(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const Lead lead = lead_of(first);
  if (lead.length == 0) return malformed(1);
  char32_t value = first & (0x7Fu >> lead.length);
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (at + i >= text.size()) return malformed(i);
    const auto next = static_cast<unsigned char>(text[at + i]);
    const bool fits =
        i == 1 ? next >= lead.second_min && next <= lead.second_max : (next & 0xC0) == 0x80;
    if (!fits) return malformed(i);
    value = value << 6 | (next & 0x3Fu);
  }
  return {value, lead.length, true};
}

// Two bytes that are a character: nearly all beyond ASCII in the languages of Europe.
bool is_pair(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead >= 0xC2 && lead <= 0xDF && at + 1 < text.size() &&
         (static_cast<unsigned char>(text[at + 1]) & 0xC0) == 0x80;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {0, 0, true};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  return decode_multibyte(text, at);
}

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  for (std::array<std::uint64_t, 4> words; at + sizeof words <= text.size(); at += sizeof words) {
    std::memcpy(words.data(), text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) break;
  }
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    word &= high_bits;
    if (word == 0) continue;
    if constexpr (std::endian::native == std::endian::little)
      return at + static_cast<std::size_t>(std::countr_zero(word)) / 8;
    break;
  }
  while (at < text.size() && (text[at] & 0x80) == 0) ++at;
  return at;
}

std::size_t valid_utf8_length(std::string_view text) {
  if (text.size() >= worth_a_call && simdjson::validate_utf8(text)) return text.size();
  for (std::size_t at = 0;;) {
    at = skip_ascii(text, at);
    if (at >= text.size()) return text.size();
    if (is_pair(text, at)) {
      at += 2;
      continue;
    }
    const CodePoint point = decode_multibyte(text, at);
    if (!point.valid) return at;
    at += point.size;
  }
}

bool is_valid_utf8(std::string_view text) { return valid_utf8_length(text) == text.size(); }

std::string replace_invalid(std::string_view text) {
  const std::size_t valid = valid_utf8_length(text);
  std::string out(text.substr(0, valid));
  if (valid == text.size()) return out;
  out.reserve(text.size());
  for (std::size_t at = valid; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.valid) {
      out.append(text, at, point.size);
    } else {
      out += encode(replacement_character);
    }
    at += point.size;
  }
  return out;
}

std::string encode(char32_t code_point) {
  const bool scalar = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
  const char32_t c = scalar ? code_point : replacement_character;
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(c)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), tail(c >> 6), tail(c)};
  return {static_cast<char>(0xF0 | c >> 18), tail(c >> 12), tail(c >> 6), tail(c)};
}

std::size_t char_border(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  // A character is at most four bytes, so the border lies at most three back.
  for (std::size_t back = 0; back <= 3 && back <= at; ++back) {
    const std::size_t start = at - back;
    if ((static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) continue;
    return start + decode(text, start).size > at ? start : at;
  }
  return at;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).size) ++count;
  return count;
}

}  // namespace testigo::text
