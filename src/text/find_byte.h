#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace testigo::text {

// Where the first byte that `is_odd` holds for stands at or after `at`; the text's size where there
// is none. A whole chunk is looked at without a branch, which compilers turn into vector
// instructions: `is_odd` should be comparisons joined by | and &, of an unsigned char.
template <class IsOdd>
[[nodiscard]] std::size_t find_byte(std::string_view text, std::size_t at, IsOdd is_odd) {
  constexpr std::size_t chunk = 16;
  for (; at + chunk <= text.size(); at += chunk) {
    const char* const bytes = text.data() + at;
    unsigned char odd[chunk];
    for (std::size_t i = 0; i < chunk; ++i)
      odd[i] = is_odd(static_cast<unsigned char>(bytes[i])) ? 1 : 0;
    std::uint64_t halves[2];
    std::memcpy(halves, odd, chunk);
    if ((halves[0] | halves[1]) == 0) continue;
    if constexpr (std::endian::native != std::endian::little) break;
    const bool in_second = halves[0] == 0;
    const auto zeros = static_cast<std::size_t>(std::countr_zero(halves[in_second ? 1 : 0]));
    return at + (in_second ? sizeof(std::uint64_t) : 0) + zeros / 8;
  }
  while (at < text.size() && !is_odd(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

}  // namespace testigo::text
