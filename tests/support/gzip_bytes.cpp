#include "support/gzip_bytes.h"

#include <algorithm>
#include <cstdint>

namespace testigo::test {
namespace {

constexpr std::string_view gzip_head("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

void append_little_endian(std::string& out, std::size_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

// Deflate's order: the first bit written is the lowest of its byte.
class BitWriter {
 public:
  void write(std::string_view bits) {
    for (const char bit : bits) {
      if (used_ == 0) out_ += '\0';
      if (bit == '1') out_.back() = static_cast<char>(out_.back() | (1 << used_));
      used_ = (used_ + 1) % 8;
    }
  }
  [[nodiscard]] const std::string& bytes() const { return out_; }

 private:
  std::string out_;
  int used_ = 0;
};

}  // namespace

std::string gzip_stored(std::string_view bytes) {
  std::string out(gzip_head);
  std::string_view rest = bytes;
  do {
    const std::string_view piece = rest.substr(0, 0xffff);
    rest.remove_prefix(piece.size());
    out += rest.empty() ? '\x01' : '\0';
    append_little_endian(out, piece.size(), 2);
    append_little_endian(out, ~piece.size(), 2);
    out += piece;
  } while (!rest.empty());
  append_little_endian(out, crc32(bytes), 4);
  append_little_endian(out, bytes.size(), 4);
  return out;
}

std::string gzip_bomb(std::size_t zeros) {
  BitWriter bits;
  bits.write("110");       // last block, fixed codes (RFC 1951 §3.2.6)
  bits.write("00110000");  // the literal 0
  for (std::size_t made = 1; made < zeros; made += 258) {
    bits.write("11000101");  // length 258
    bits.write("00000");     // distance 1
  }
  bits.write("0000000");  // end of block
  return std::string(gzip_head) + bits.bytes() + std::string(8, '\0');
}

}  // namespace testigo::test
