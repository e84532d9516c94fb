#include "text/numerals.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace testigo::text {
namespace {

// As ASCII; 0 of any other.
char mark_of(char32_t c) {
  switch (c) {
    case 0xFF0E:  // fullwidth full stop
    case 0x066B:  // Arabic decimal separator
      return '.';
    case 0xFF0C:  // fullwidth comma
    case 0x066C:  // Arabic thousands separator
      return ',';
    case 0xFF0F:  // fullwidth solidus
      return '/';
    case 0xFF05:  // fullwidth percent sign
    case 0x066A:  // Arabic percent sign
      return '%';
    default:
      return 0;
  }
}

}  // namespace

bool may_hold_other_numerals(std::string_view text) {
  // U+0640–, U+06C0–, U+07C0–, U+0800– to U+1FFF, U+A000–, U+F000–, and beyond the first plane.
  return text.find_first_of("\xD9\xDB\xDF\xE0\xE1\xEA\xEF\xF0") != std::string_view::npos;
}

std::string ascii_numerals(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t other = skip_ascii(text, at);
    out.append(text, at, other - at);
    at = other;
    if (at == text.size()) break;
    const CodePoint point = decode(text, at);
    const int digit = u_charDigitValue(static_cast<UChar32>(point.value));
    if (digit >= 0)
      out += static_cast<char>('0' + digit);
    else if (const char mark = mark_of(point.value); mark != 0)
      out += mark;
    else
      out.append(text, at, point.size);
    at += point.size;
  }
  return out;
}

}  // namespace testigo::text
