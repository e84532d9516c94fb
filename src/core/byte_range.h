#pragma once

#include <compare>
#include <cstdint>

namespace testigo {

// Bytes of something longer, from `begin` on.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t length = 0;

  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

}  // namespace testigo
