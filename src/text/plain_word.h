#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/chunk.h"

namespace testigo::text {

// What a chunk of text begins with, as far as it is letters and digits of ASCII. Masks have the
// highest bit of each byte that they speak of.
struct PlainChunk {
  std::uint64_t folded = 0;   // in small letters, zeros after them
  std::uint64_t letters = 0;  // mask
  std::uint64_t capitals = 0;
  std::size_t size = 0;  // of the run, up to eight

  // Whether a letter stands there three times in a row.
  [[nodiscard]] bool elongated() const;
};

constexpr std::uint64_t each_byte(std::uint64_t byte) { return byte * 0x0101010101010101; }
constexpr std::uint64_t high_bits = each_byte(0x80);

// The bytes of 7 bits that lie in [first, last]: additions that cannot reach the next byte.
constexpr std::uint64_t bytes_within(std::uint64_t chunk, char first, char last) {
  const auto from = each_byte(static_cast<std::uint64_t>(0x80 - first));
  const auto beyond = each_byte(static_cast<std::uint64_t>(0x7F - last));
  return (chunk + from) & ~(chunk + beyond) & high_bits;
}

[[nodiscard]] constexpr PlainChunk plain_chunk(std::uint64_t chunk) {
  constexpr std::uint64_t small_bits = each_byte(0x20);  // digits have this bit too
  const std::uint64_t seven_bits = chunk & ~high_bits;
  const std::uint64_t low = seven_bits | small_bits;
  const std::uint64_t letters = bytes_within(low, 'a', 'z') & ~chunk;
  const std::uint64_t digits = bytes_within(seven_bits, '0', '9') & ~chunk;
  const std::uint64_t others = ~(letters | digits) & high_bits;
  PlainChunk plain;
  plain.size = others == 0 ? chunk_bytes : static_cast<std::size_t>(std::countr_zero(others)) / 8;
  const std::uint64_t run = first_bytes(plain.size);
  plain.folded = low & run;
  plain.letters = letters & run;
  plain.capitals = plain.letters & ~((chunk & small_bits) << 2);
  return plain;
}

inline bool PlainChunk::elongated() const {
  const std::uint64_t differ = folded ^ folded >> 8;  // a byte from the one after it
  const std::uint64_t same = ~(differ + each_byte(0x7F)) & letters & letters >> 8;
  return (same & same >> 8) != 0;
}

}  // namespace testigo::text
