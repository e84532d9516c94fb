#include "text/mixed_utf8.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

#include "text/charset.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr std::size_t longest_run = 2;             // bytes of an older encoding side by side
constexpr std::size_t longest_sample = 64 * 1024;  // of words, to tell that encoding by

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

bool is_ascii_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A letter of the older encodings of Latin scripts.
bool may_be_letter(unsigned char c) { return c >= 0xC0 && c != 0xD7 && c != 0xF7; }

// The euro, the ellipsis, quotation marks and dashes of windows-1252.
bool may_be_mark(unsigned char c) { return c == 0x80 || c == 0x85 || (c >= 0x91 && c <= 0x97); }

// The letters that stand elsewhere in windows-1250 and its kin, between letters of a word.
bool may_be_far_letter(unsigned char c) {
  constexpr std::array<unsigned char, 12> far = {0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E,
                                                 0xA3, 0xAA, 0xAF, 0xB3, 0xBA, 0xBF};
  return std::find(far.begin(), far.end(), c) != far.end();
}

// A lead byte that lost what followed looks like one of these letters at the end of a word.
bool may_be_cut_off(unsigned char c) { return c == 0xC2 || c == 0xC3; }

// How many bytes from `at`, where the text is no UTF-8, are letters or marks of an older encoding
// among ASCII; 0 where they are something else.
std::size_t older_bytes(std::string_view bytes, std::size_t at) {
  std::size_t end = at;
  while (byte_at(bytes, end) >= 0x80) ++end;
  const std::size_t size = end - at;
  if (size > longest_run || (at > 0 && byte_at(bytes, at - 1) >= 0x80)) return 0;
  const bool before = at > 0 && is_ascii_letter(byte_at(bytes, at - 1));
  const bool after = is_ascii_letter(byte_at(bytes, end));
  for (std::size_t i = at; i < end; ++i) {
    const unsigned char c = byte_at(bytes, i);
    const bool letter = may_be_letter(c) && (before || after) && (after || !may_be_cut_off(c));
    if (!letter && !(may_be_far_letter(c) && before && after) && !(may_be_mark(c) && size == 1))
      return 0;
  }
  return size;
}

// The word around [begin, end), for the statistics of letters.
std::string_view word_around(std::string_view bytes, std::size_t begin, std::size_t end) {
  while (begin > 0 && is_ascii_letter(byte_at(bytes, begin - 1))) --begin;
  while (is_ascii_letter(byte_at(bytes, end))) ++end;
  return bytes.substr(begin, end - begin);
}

std::string_view older_encoding(std::string_view bytes) {
  std::string words;
  for (std::size_t at = valid_utf8_length(bytes);
       at < bytes.size() && words.size() < longest_sample;) {
    if (const std::size_t size = older_bytes(bytes, at); size > 0) {
      words.append(word_around(bytes, at, at + size)).append(1, ' ');
      at += size;
    } else {
      at += decode(bytes, at).size;
    }
    at = skip_ascii(bytes, at);
  }
  constexpr std::array<std::string_view, 3> latin = {"windows-1250", "ISO-8859-2", "ISO-8859-16"};
  const auto name = detect_encoding(words);
  const bool known = name && std::find(latin.begin(), latin.end(), *name) != latin.end();
  return known ? *name : "windows-1252";
}

char32_t surrogate_at(std::string_view bytes, std::size_t at) {
  return 0xD000U | (byte_at(bytes, at + 1) & 0x3FU) << 6 | (byte_at(bytes, at + 2) & 0x3FU);
}

// The character of a pair of surrogates.
std::optional<char32_t> paired_at(std::string_view bytes, std::size_t at) {
  if (surrogate_bytes(bytes, at) == 0 || surrogate_bytes(bytes, at + 3) == 0) return std::nullopt;
  const char32_t high = surrogate_at(bytes, at);
  const char32_t low = surrogate_at(bytes, at + 3);
  if (high >= 0xDC00 || low < 0xDC00) return std::nullopt;
  return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

// Of valid UTF-8: how many bytes have both of the bits that only a character's first byte has.
std::size_t characters_beyond_ascii(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  std::size_t count = 0;
  std::size_t at = skip_ascii(text, 0);
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & high_bits) == 0) continue;
    count += static_cast<std::size_t>(std::popcount(high_bits & word & word << 1));
  }
  for (; at < text.size(); ++at) count += byte_at(text, at) >= 0xC0 ? 1 : 0;
  return count;
}

}  // namespace

std::size_t surrogate_bytes(std::string_view bytes, std::size_t at) {
  const bool is_one = byte_at(bytes, at) == 0xED && byte_at(bytes, at + 1) >= 0xA0 &&
                      byte_at(bytes, at + 1) <= 0xBF && (byte_at(bytes, at + 2) & 0xC0) == 0x80;
  return is_one ? 3 : 0;
}

Utf8Look look_for_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return {characters_beyond_ascii(bytes), 0};
  Utf8Look look;
  for (std::size_t at = 0; (at = skip_ascii(bytes, at)) < bytes.size();) {
    const CodePoint point = decode(bytes, at);
    if (const std::size_t surrogate = surrogate_bytes(bytes, at); surrogate > 0) {
      ++look.sequences;  // nothing else makes them
      at += surrogate;
      continue;
    }
    ++(point.valid ? look.sequences : look.faults);
    // A character cut off by the end of the bytes is no fault.
    if (!point.valid && at + 4 > bytes.size()) --look.faults;
    at += point.size;
  }
  return look;
}

std::string mend_mixed_utf8(std::string_view bytes) {
  const std::size_t valid = valid_utf8_length(bytes);
  std::string out(bytes.substr(0, valid));
  if (valid == bytes.size()) return out;
  out.reserve(bytes.size());
  const std::string_view older = older_encoding(bytes);
  for (std::size_t at = valid; at < bytes.size();) {
    const CodePoint point = decode(bytes, at);
    if (point.valid) {
      out.append(bytes, at, point.size);
      at += point.size;
    } else if (const auto pair = paired_at(bytes, at)) {
      out += encode(*pair);
      at += 6;
    } else if (const std::size_t size = older_bytes(bytes, at); size > 0) {
      out += decode_to_utf8(bytes.substr(at, size), older).value_or(encode(replacement_character));
      at += size;
    } else {
      out += encode(replacement_character);
      at += std::max(point.size, surrogate_bytes(bytes, at));
    }
  }
  return out;
}

}  // namespace testigo::text
