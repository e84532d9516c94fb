#pragma once

#include <cstddef>
#include <string_view>

namespace testigo::text {

// Where the first byte that `is_odd` holds for stands at or after `at`; the text's size where there
// is none. A whole chunk is looked at without a branch, which compilers turn into vector
// instructions: `is_odd` should be comparisons joined by | and &, of an unsigned char.
template <class IsOdd>
[[nodiscard]] std::size_t find_byte(std::string_view text, std::size_t at, IsOdd is_odd) {
  constexpr std::size_t chunk = 32;
  while (at + chunk <= text.size()) {
    unsigned char odd = 0;
    const char* const bytes = text.data() + at;
    for (std::size_t i = 0; i < chunk; ++i)
      odd = static_cast<unsigned char>(odd | is_odd(static_cast<unsigned char>(bytes[i])));
    if (odd != 0) break;
    at += chunk;
  }
  while (at < text.size() && !is_odd(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

}  // namespace testigo::text
