#include "text/char_table.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <vector>

#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr char32_t table_end = 0x2500;  // all of Latin, Greek, Cyrillic and general punctuation

struct Range {
  char32_t first, last;
};
constexpr bool contains(std::span<const Range> ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](Range range) { return c >= range.first && c <= range.last; });
}

// Marks that are dropped: those of Latin, Greek, Cyrillic, Hebrew and Arabic, and the invisible.
constexpr std::array vanishing = {
    Range{0x00AD, 0x00AD}, Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},
    Range{0x064B, 0x065F}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F},
    Range{0x202A, 0x202E}, Range{0x2060, 0x2064}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F},
    Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}};

// Blocks whose compatibility and case forms are folded; other scripts stay as they are.
constexpr std::array folding = {
    Range{0x00A0, 0x08FF}, Range{0x1D00, 0x24FF}, Range{0x2C60, 0x2C7F}, Range{0xA720, 0xA7FF},
    Range{0xAB30, 0xAB6F}, Range{0xFB00, 0xFB06}, Range{0xFF01, 0xFF5E}, Range{0x1D400, 0x1D7FF}};

// Letters with a stroke have no decomposition, typographic apostrophes are one, and signs that NFKD
// would turn into letters ("™" to "tm") stay signs.
std::string_view special_fold(char32_t c) {
  switch (c) {
    case 0x00F8:
    case 0x00D8:
      return "o";
    case 0x0111:
    case 0x0110:
    case 0x00F0:
    case 0x00D0:
      return "d";
    case 0x0142:
    case 0x0141:
      return "l";
    case 0x0127:
    case 0x0126:
      return "h";
    case 0x0167:
    case 0x0166:
      return "t";
    case 0x0131:
      return "i";
    case 0x00E6:
    case 0x00C6:
      return "ae";
    case 0x0153:
    case 0x0152:
      return "oe";
    case 0x00FE:
    case 0x00DE:
      return "th";
    case 0x014B:
    case 0x014A:
      return "n";
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
    case 0x2032:
    case 0x201B:
      return "'";
    case 0x2122:
      return "\xE2\x84\xA2";
    case 0x2120:
      return "\xE2\x84\xA0";
    default:
      return {};
  }
}

// Bytes of UTF-16, without the marks that vanish; special folds applied to what came out.
std::string to_plain_utf8(const std::u16string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    char32_t c = text[i++];
    if (c >= 0xD800 && c < 0xDC00 && i < text.size()) {
      c = 0x10000 + ((c - 0xD800) << 10) + (text[i++] - 0xDC00u);
    }
    if (contains(vanishing, c)) continue;
    const std::string_view special = special_fold(c);
    out += special.empty() ? encode(c) : std::string(special);
  }
  return out;
}

std::u16string normalized(const std::u16string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&status);
  std::u16string out(text.size() * 18 + 1,
                     u'\0');  // UAX #15: NFKD grows a code point 18-fold at most
  const int32_t size = unorm2_normalize(nfkd, text.data(), static_cast<int32_t>(text.size()),
                                        out.data(), static_cast<int32_t>(out.size()), &status);
  if (U_FAILURE(status)) return text;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::u16string case_folded(const std::u16string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::u16string out(text.size() * 3 + 1, u'\0');  // full case folding grows 3-fold at most
  const int32_t size =
      u_strFoldCase(out.data(), static_cast<int32_t>(out.size()), text.data(),
                    static_cast<int32_t>(text.size()), U_FOLD_CASE_DEFAULT, &status);
  if (U_FAILURE(status)) return text;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::u16string to_utf16(char32_t c) {
  if (c < 0x10000) return {static_cast<char16_t>(c)};
  return {static_cast<char16_t>(0xD7C0 + (c >> 10)), static_cast<char16_t>(0xDC00 + (c & 0x3FF))};
}

std::string folded_bytes(char32_t c) {
  if (c < 0x80) return {static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c)};
  if (contains(vanishing, c)) return {};
  if (const std::string_view special = special_fold(c); !special.empty())
    return std::string(special);
  if (!contains(folding, c)) return encode(c);
  return to_plain_utf8(normalized(case_folded(normalized(to_utf16(c)))));
}

FoldedChar fold_slowly(char32_t c) {
  std::string bytes = folded_bytes(c);
  FoldedChar folded;
  if (bytes.size() > folded.bytes.size()) bytes = encode(c);  // a few Arabic ligatures
  std::copy(bytes.begin(), bytes.end(), folded.bytes.begin());
  folded.size = static_cast<std::uint8_t>(bytes.size());
  return folded;
}

bool is_ideograph(char32_t c) {
  constexpr std::array ranges = {Range{0x3040, 0x30FF}, Range{0x31F0, 0x31FF},
                                 Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF},
                                 Range{0xF900, 0xFAFF}, Range{0x20000, 0x3FFFF}};
  return contains(ranges, c);
}

bool is_emoji(char32_t c) {
  if (c == 0x00A9 || c == 0x00AE || c == 0x2122 || c == 0x203C || c == 0x2049) return false;
  const auto point = static_cast<UChar32>(c);
  return u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC) ||
         u_hasBinaryProperty(point, UCHAR_REGIONAL_INDICATOR);
}

CharClass class_of(char32_t c) {
  if (c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029)
    return CharClass::newline;
  if (contains(vanishing, c) && u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR)
    return CharClass::ignored;
  if (c >= 0xFE00 && c <= 0xFE0F) return CharClass::ignored;
  if (is_ideograph(c)) return CharClass::ideograph;
  if (c >= 0x80 && is_emoji(c)) return CharClass::emoji;
  const auto point = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(point)) return CharClass::space;
  const uint32_t mask = U_GET_GC_MASK(point);
  if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return CharClass::letter;
  if ((mask & U_GC_N_MASK) != 0) return CharClass::digit;
  return CharClass::other;
}

CharFacts facts_slowly(char32_t c) {
  return {fold_slowly(c), class_of(c), u_isupper(static_cast<UChar32>(c)) != 0};
}

std::vector<CharFacts> build_table() {
  std::vector<CharFacts> table;
  table.reserve(table_end);
  for (char32_t c = 0; c < table_end; ++c) table.push_back(facts_slowly(c));
  return table;
}

}  // namespace

CharFacts char_facts(char32_t code_point) {
  static const std::vector<CharFacts> table = build_table();
  if (code_point < table_end) return table[code_point];
  return facts_slowly(code_point);
}

FoldedChar fold_char(char32_t code_point) { return char_facts(code_point).folded; }

}  // namespace testigo::text
