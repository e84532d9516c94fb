#include "serve/demo_encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/utf8.h"

namespace testigo::serve {
namespace {

// RFC 1952 §8, bit by bit: the demo's pages are a few kilobytes.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffffU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

void append_little_endian(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

// Code points of windows-1252 from 0x80 to 0x9f that the demo's texts use (WHATWG Encoding index).
struct Windows1252 {
  char32_t code_point;
  unsigned char byte;
};
constexpr std::array<Windows1252, 9> above_latin1 = {{{U'€', 0x80},
                                                      {U'…', 0x85},
                                                      {U'‘', 0x91},
                                                      {U'’', 0x92},
                                                      {U'“', 0x93},
                                                      {U'”', 0x94},
                                                      {U'•', 0x95},
                                                      {U'–', 0x96},
                                                      {U'—', 0x97}}};

char windows_1252_byte(char32_t code_point) {
  if (code_point < 0x80 || (code_point >= 0xa0 && code_point <= 0xff))
    return static_cast<char>(code_point);
  const auto found =
      std::find_if(above_latin1.begin(), above_latin1.end(),
                   [=](const Windows1252& row) { return row.code_point == code_point; });
  return found == above_latin1.end() ? '?' : static_cast<char>(found->byte);
}

}  // namespace

std::string gzip_stored(std::string_view bytes) {
  constexpr std::size_t max_block = 0xffff;  // RFC 1951 §3.2.4: LEN has 16 bits
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  std::string_view rest = bytes;
  do {
    const std::string_view block = rest.substr(0, max_block);
    rest.remove_prefix(block.size());
    const auto size = static_cast<std::uint32_t>(block.size());
    out += rest.empty() ? '\x01' : '\0';  // BFINAL, BTYPE 00, padding
    append_little_endian(out, size, 2);
    append_little_endian(out, ~size, 2);
    out += block;
  } while (!rest.empty());
  append_little_endian(out, crc32(bytes), 4);
  append_little_endian(out, static_cast<std::uint32_t>(bytes.size()), 4);
  return out;
}

std::string to_windows_1252(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const text::CodePoint decoded = text::decode(utf8, at);
    out += windows_1252_byte(decoded.value);
    at += decoded.size;
  }
  return out;
}

}  // namespace testigo::serve
