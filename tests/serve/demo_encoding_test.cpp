#include "serve/demo_encoding.h"

#include <catch2/catch.hpp>

#include "formats/inflate.h"

using namespace testigo;
using namespace testigo::serve;

TEST_CASE("stored gzip is read back at and around the border of a block", "[serve][demo]") {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 200000U}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 >> 3 & 0xff);
    const auto member = formats::inflate_member(gzip_stored(bytes), 1 << 20);
    REQUIRE(member);
    CHECK(member->bytes == bytes);
    CHECK(member->consumed == gzip_stored(bytes).size());
  }
}

TEST_CASE("windows-1252 has its own bytes for euro, quotes and dashes, and ? for the rest",
          "[serve][demo]") {
  CHECK(to_windows_1252("aé € “x” – …") == "a\xe9 \x80 \x93x\x94 \x96 \x85");
  CHECK(to_windows_1252("ș😀") == "??");
  CHECK(to_windows_1252("").empty());
}
