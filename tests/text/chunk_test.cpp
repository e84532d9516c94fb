#include "text/chunk.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <string_view>

using namespace testigo::text;

namespace {

std::uint64_t byte_by_byte(std::string_view text, std::size_t at) {
  std::uint64_t chunk = 0;
  for (std::size_t i = 0; i < chunk_bytes && at + i < text.size(); ++i)
    chunk |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
  return chunk;
}

}  // namespace

TEST_CASE("a chunk of a text of any length, from any byte on, is its bytes and then zeros") {
  const std::string bytes = "a\xFF\x80zB\x01q\xC3\xA9~0!";
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const std::string_view text = std::string_view(bytes).substr(0, size);
    CHECK(head_of(text) == byte_by_byte(text, 0));
    for (std::size_t at = 0; at <= size + 1; ++at)
      CHECK(chunk_at(text, at) == byte_by_byte(text, at));
  }
}
