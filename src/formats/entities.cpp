#include "formats/entities.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <libxml/HTMLparser.h>

#include "formats/html_scan.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

constexpr std::size_t max_entity_bytes = 12;  // "&thetasym;" and seven digits

// HTML standard §13.2.5.80: numbers in the C1 range mean windows-1252.
constexpr char32_t c1_meanings[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::optional<CharacterReference> numeric_reference(std::string_view text) {
  const bool hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t digits = hexadecimal ? 3 : 2;
  if (digits >= text.size()) return {};
  const char* first = text.data() + digits;
  const char* last = text.data() + std::min(text.size(), max_entity_bytes);
  std::uint32_t value = 0;
  const auto result = std::from_chars(first, last, value, hexadecimal ? 16 : 10);
  if (result.ptr == first) return {};
  if (result.ec != std::errc() || value == 0) value = text::replacement_character;
  if (value >= 0x80 && value < 0xA0) value = c1_meanings[value - 0x80];
  auto size = static_cast<std::size_t>(result.ptr - text.data());
  if (size < text.size() && text[size] == ';') ++size;
  return CharacterReference{value, size};
}

std::optional<CharacterReference> named_reference(std::string_view text) {
  const std::size_t end = text.substr(0, max_entity_bytes).find(';');
  if (end == std::string_view::npos || end < 3) return {};
  const std::string name(text.substr(1, end - 1));
  if (name == "apos") return CharacterReference{'\'', end + 1};  // HTML 4 lacks it
  const auto* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (!entity) return {};
  return CharacterReference{static_cast<char32_t>(entity->value), end + 1};
}

}  // namespace

std::optional<CharacterReference> read_reference(std::string_view text) {
  return text.substr(0, 2) == "&#" ? numeric_reference(text) : named_reference(text);
}

std::string decode_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find('&', at), text.size());
    out.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    if (const auto reference = read_reference(text.substr(at))) {
      out += text::encode(reference->value);
      at += reference->size;
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace testigo::formats
