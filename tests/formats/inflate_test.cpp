#include "formats/inflate.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::formats;

namespace {

std::string bytes(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

// "hola hola hola\n" as the coders write it.
const std::string gzipped = bytes("1f8b0800000000000203cbc8cf4954c880115c004eda35da0f000000");
const std::string zlibbed = bytes("789ccbc8cf4954c880115c002c330537");
const std::string raw = bytes("cbc8cf4954c880115c00");
const std::string brotli = bytes("0b0780686f6c6120686f6c6120686f6c610a03");
const std::string zstd = bytes("28b52ffd045865000030686f6c61200a0100288a169e4662b4");
constexpr std::string_view plain = "hola hola hola\n";
constexpr std::size_t plenty = 1u << 20;

// 16 MB of zeros, 16 KB of gzip.
const std::string bomb = bytes(
    "1f8b0800000000000203eddaad0dc2601486d1fe201a04e011740c0c82902050986ac210384413248615"
    "48a866059882b00341a009a51f43209a73d4abaf7c7247fb2c0a92f4718de3669487cff9997523000000"
    "a0e5cafb2e0d3120caebdb7c59000000006db7eef73abf28f05e0da7ce01000000ad574dc67968018357"
    "bd99251e25000000e00f2ec5e2b83d3523fe020e73c8b6c83f0000");

}  // namespace

TEST_CASE("each content coding is undone, stacked ones last first", "[formats]") {
  CHECK(decode_content("gzip", gzipped, plenty) == plain);
  CHECK(decode_content("X-GZIP", gzipped, plenty) == plain);
  CHECK(decode_content("deflate", zlibbed, plenty) == plain);
  CHECK(decode_content("deflate", raw, plenty) == plain);
  CHECK(decode_content("br", brotli, plenty) == plain);
  CHECK(decode_content("zstd", zstd, plenty) == plain);
  CHECK(decode_content("", plain, plenty) == plain);
  CHECK(decode_content("identity, gzip", gzipped, plenty) == plain);
  CHECK(decode_content("gzip, br",
                       bytes("8b0d801f8b0800000000000203cbc8cf4954c880115c004eda35da0f00000003"),
                       plenty) == plain);
  CHECK(decode_content("gzip", gzipped + gzipped, plenty) ==
        std::string(plain) + std::string(plain));
  CHECK(decode_content("gzip", gzipped + "padding", plenty) == plain);
  CHECK(decode_content("gzip", "", plenty) == "");
}

TEST_CASE("broken, unknown and oversized bodies are refused", "[formats]") {
  for (const auto& [coding, body] :
       {std::pair{"gzip", gzipped}, {"deflate", zlibbed}, {"br", brotli}, {"zstd", zstd}}) {
    INFO(coding);
    const std::string cut = body.substr(0, body.size() - 3);
    CHECK(decode_content(coding, cut, plenty).error().code == Errc::malformed);
    CHECK(decode_content(coding, "no such data", plenty).error().code == Errc::malformed);
    CHECK(decode_content(coding, body, plain.size() - 1).error().code == Errc::limit_exceeded);
  }
  CHECK(decode_content("compress", "x", plenty).error().code == Errc::unsupported);
  CHECK(decode_content("gzip,gzip,gzip,gzip", gzipped, plenty).error().code ==
        Errc::limit_exceeded);
}

TEST_CASE("a gzip bomb is refused by its ratio long before its size", "[formats]") {
  const std::string once = decode_content("gzip", bomb, 64u << 20).value();  // the coded bomb
  CHECK(once.size() < 64u << 10);
  const auto refused = decode_content("gzip", once, std::size_t{1} << 34);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  CHECK(decode_content("gzip, gzip", bomb, std::size_t{1} << 34).error().code ==
        Errc::limit_exceeded);
}

TEST_CASE("a gzip file is read up to where it breaks off", "[formats]") {
  const auto whole = inflate_to_break(gzipped + gzipped, plenty);
  REQUIRE(whole);
  CHECK(whole->whole);
  CHECK(whole->bytes == std::string(plain) + std::string(plain));
  const auto cut = inflate_to_break(gzipped + gzipped.substr(0, gzipped.size() - 12), plenty);
  REQUIRE(cut);
  CHECK_FALSE(cut->whole);
  CHECK(cut->bytes.starts_with(plain));
  CHECK(cut->bytes.size() > plain.size());
  std::string wrong_sum = gzipped;
  wrong_sum[wrong_sum.size() - 8] ^= 1;
  const auto damaged = inflate_to_break(wrong_sum, plenty);
  REQUIRE(damaged);
  CHECK_FALSE(damaged->whole);
  CHECK(damaged->bytes == plain);
  CHECK(inflate_to_break(gzipped.substr(0, 10), plenty).error().code == Errc::malformed);
  CHECK(inflate_to_break(bomb, 1000).error().code == Errc::limit_exceeded);
}

TEST_CASE("a gzip member says where it ends", "[formats]") {
  const auto member = inflate_member(gzipped + gzipped, plenty);
  REQUIRE(member);
  CHECK(member->bytes == plain);
  CHECK(member->consumed == gzipped.size());
  CHECK(inflate_member(gzipped.substr(0, 12), plenty).error().code == Errc::malformed);
  CHECK(inflate_member("WARC/1.1\r\n", plenty).error().code == Errc::malformed);
  CHECK(inflate_member("", plenty).error().code == Errc::malformed);
  std::string damaged = gzipped;
  damaged[damaged.size() - 6] ^= 1;  // its checksum
  CHECK(inflate_member(damaged, plenty).error().code == Errc::malformed);
}
