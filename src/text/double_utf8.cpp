#include "text/double_utf8.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr std::size_t least_sequences = 3;

// What windows-1252 has from 0x80 to 0x9F; where it has nothing, the web reads the control.
constexpr std::array<char32_t, 32> from_80 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// The byte that windows-1252 reads as this character; 0 where none is.
unsigned char byte_of(char32_t character) {
  if (character < 0x80 || (character >= 0xA0 && character <= 0xFF))
    return static_cast<unsigned char>(character);
  const auto* found = std::find(from_80.begin(), from_80.end(), character);
  return found == from_80.end()
             ? 0
             : static_cast<unsigned char>(0x80 + std::distance(from_80.begin(), found));
}

// How many bytes a character of UTF-8 has that begins with this one; 0 where none does.
std::size_t length_of(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// The bytes of one character that begins at `at`, which moves behind them; "" where they are none.
std::string inner_character(std::string_view text, std::size_t& at) {
  std::string bytes;
  std::size_t length = 1;
  while (bytes.size() < length && at < text.size()) {
    const CodePoint point = decode(text, at);
    const unsigned char byte = point.valid ? byte_of(point.value) : 0;
    if (byte < 0x80) return {};
    if (bytes.empty()) length = length_of(byte);
    bytes += static_cast<char>(byte);
    at += point.size;
  }
  return bytes.size() == length && is_valid_utf8(bytes) ? bytes : std::string();
}

// Whether nobody writes the pair that these bytes, which begin at `begin`, were shown as.
bool is_unmistakable(std::string_view text, std::size_t begin, std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  const auto next = static_cast<unsigned char>(bytes[1]);
  if (lead == 0xE2) return next == 0x80;  // general punctuation: "â€™"
  if (bytes.size() > 2) return false;
  // All in capitals, a Portuguese word may end before a quotation mark: "MANHÃ»".
  if (lead == 0xC3 && next > 0xA0 && next != 0xAB && next != 0xBB) return true;
  return begin > 0 && text[begin - 1] >= 'a' && text[begin - 1] <= 'z';
}

struct Found {
  std::size_t sequences = 0;
  std::size_t unmistakable = 0;  // of them
};

// The text mended, if all of it is made of such sequences, and `enough` of them.
template <class Enough>
std::string mend(std::string text, Enough enough) {
  std::string mended;
  Found found;
  std::size_t copied = 0;
  for (std::size_t at = 0; (at = skip_ascii(text, at)) < text.size();) {
    const std::size_t begin = at;
    const std::string character = inner_character(text, at);
    if (character.empty()) return text;
    mended.append(text, copied, begin - copied).append(character);
    copied = at;
    ++found.sequences;
    found.unmistakable += is_unmistakable(text, begin, character) ? 1 : 0;
  }
  if (!enough(found)) return text;
  return mended.append(text, copied);
}

}  // namespace

std::string mend_short_double_utf8(std::string text) {
  return mend(std::move(text), [](const Found& found) {
    return found.unmistakable > 0 || found.sequences >= least_sequences;
  });
}

std::string mend_double_utf8(std::string text) {
  return mend(std::move(text),
              [](const Found& found) { return found.sequences >= least_sequences; });
}

}  // namespace testigo::text
