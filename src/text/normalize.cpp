#include "text/normalize.h"

#include <algorithm>
#include <array>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <utility>

#include "text/utf8.h"

namespace testigo::text {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The length of a character beyond ASCII that is NFC whatever stands beside it, seen by its first
// bytes: below U+0300 nothing combines or decomposes (UAX 15 §9), nor do dashes, quotes and points
// (U+2010 to U+203F) and pictures (U+1F000 on). 0 for all others, and for malformed bytes.
std::size_t inert_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length || !is_continuation(text[1])) return 0;
  if (length == 2) return lead >= 0xC2 && lead < 0xCC ? 2 : 0;
  const auto third = static_cast<unsigned char>(text[2]);
  if (length == 3) {
    const bool punctuation = lead == 0xE2 && text[1] == '\x80' && third >= 0x90 && third < 0xC0;
    return punctuation ? 3 : 0;
  }
  const bool picture =
      lead == 0xF0 && text[1] == '\x9F' && is_continuation(text[2]) && is_continuation(text[3]);
  return picture ? 4 : 0;
}

// Unicode's White_Space, and the zero-width marks that pages use as padding.
bool is_space(char32_t c) {
  switch (c) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x200B:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x2060:
    case 0x3000:
    case 0xFEFF:
      return true;
    default:
      return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A);
  }
}

// Bytes that no white space begins with: of ASCII all but its own, and of UTF-8 all but the leads
// of U+0085 and U+00A0 (C2), U+1680 (E1), U+2000 on (E2), U+3000 (E3) and U+FEFF (EF).
constexpr std::array<bool, 256> never_space = [] {
  std::array<bool, 256> bytes{};
  for (std::size_t byte = 0; byte < bytes.size(); ++byte)
    bytes[byte] = byte != ' ' && (byte < '\t' || byte > '\r');
  for (const std::size_t lead : {0xC2u, 0xE1u, 0xE2u, 0xE3u, 0xEFu}) bytes[lead] = false;
  return bytes;
}();

constexpr std::size_t words_chunk = 32;

// Past as many whole chunks of a text as hold words alone: no white space but single blanks, none
// of them at either end. Written without a branch, which compilers turn into vector instructions;
// bytes from E0 on are left to who looks closer, as are controls and C2.
std::size_t skip_words(std::string_view text, const std::size_t begin) {
  using Byte = unsigned char;
  if (text[begin] == ' ') return begin;
  std::size_t at = begin;
  while (at + words_chunk < text.size()) {
    const char* const bytes = text.data() + at;
    Byte odd = 0;
    for (std::size_t i = 0; i < words_chunk; ++i) {
      const auto c = static_cast<Byte>(bytes[i]);
      const bool blanks = (c == ' ') & (bytes[i + 1] == ' ');
      odd = static_cast<Byte>(odd | blanks | (static_cast<Byte>(c - 0x20) >= 0xC0) | (c == 0xC2));
    }
    if (odd != 0) break;
    at += words_chunk;
  }
  return at > begin && text[at - 1] == ' ' ? at - 1 : at;
}

// Where what is collapsed already, from `begin` on, ends: words with one blank between them.
std::size_t end_of_collapsed(std::string_view text, const std::size_t begin) {
  const auto word = [&](std::size_t i) -> std::size_t {  // bytes of it at i
    if (i >= text.size()) return 0;
    if (never_space[static_cast<unsigned char>(text[i])]) return 1;
    if ((text[i] & 0x80) == 0) return 0;
    const CodePoint point = decode(text, i);
    return is_space(point.value) ? 0 : point.size;
  };
  std::size_t at = begin;
  while (at < text.size()) {
    at = skip_words(text, at);
    // What it does not pass is looked at by itself, as far as one of its chunks.
    for (const std::size_t end = std::min(at + words_chunk, text.size()); at < end;) {
      const std::size_t size = word(at);
      const bool single_blank = size == 0 && at > begin && text[at] == ' ' && word(at + 1) > 0;
      if (size == 0 && !single_blank) return at;
      at += single_blank ? 1 : size;
    }
  }
  return at;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

bool is_surely_nfc(std::string_view text) {
  for (std::size_t at = 0; (at = skip_ascii(text, at)) < text.size();) {
    const std::size_t length = inert_length(text.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string to_nfc(std::string_view utf8) {
  if (is_surely_nfc(utf8)) return std::string(utf8);
  std::string valid = replace_invalid(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return valid;  // ICU without data: the text as it is
  const icu::StringPiece piece(valid.data(), static_cast<int32_t>(valid.size()));
  if (nfc->isNormalizedUTF8(piece, status) && U_SUCCESS(status)) return valid;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(valid.size()));
  status = U_ZERO_ERROR;
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? out : valid;
}

std::string collapse_space(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool pending = false;
  for (std::size_t at = 0; at < utf8.size();) {
    if (const std::size_t end = end_of_collapsed(utf8, at); end > at) {
      if (std::exchange(pending, false)) out += ' ';
      out.append(utf8, at, end - at);
      at = end;
      continue;
    }
    pending = !out.empty();
    at += decode(utf8, at).size;
  }
  return out;
}

bool is_collapsed(std::string_view utf8) { return end_of_collapsed(utf8, 0) == utf8.size(); }

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
  return true;
}

}  // namespace testigo::text
