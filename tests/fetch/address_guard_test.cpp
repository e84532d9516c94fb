#include "fetch/address_guard.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo::fetch;

namespace {
std::string why(std::string_view text) {
  const auto address = parse_ip(text);
  REQUIRE(address);
  return std::string(special_purpose(*address).value_or("public"));
}
}  // namespace

TEST_CASE("addresses that are not on the public Internet are known", "[fetch][guard]") {
  for (const char* text :
       {"0.0.0.0",         "10.0.0.1",    "100.64.0.1",      "127.0.0.1",    "127.255.255.254",
        "169.254.169.254", "172.16.0.1",  "172.31.255.255",  "192.0.0.8",    "192.0.2.1",
        "192.168.1.1",     "198.18.0.1",  "198.51.100.1",    "203.0.113.9",  "224.0.0.1",
        "239.255.255.255", "240.0.0.1",   "255.255.255.255", "::",           "::1",
        "::7f00:1",        "fc00::1",     "fd12:3456::1",    "fe80::1",      "fec0::1",
        "ff02::1",         "2001:db8::1", "2001::1",         "64:ff9b:1::1", "100::1",
        "4000::1"}) {
    INFO(text);
    CHECK(why(text) != "public");
  }
}

TEST_CASE("public addresses pass", "[fetch][guard]") {
  for (const char* text : {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1",
                           "172.32.0.1", "169.253.0.1", "192.167.0.1", "223.255.255.255",
                           "2606:4700::1111", "2a00:1450:4009::200e"}) {
    INFO(text);
    CHECK(why(text) == "public");
  }
}

TEST_CASE("an IPv4 address inside an IPv6 one is judged too", "[fetch][guard]") {
  CHECK(why("::ffff:127.0.0.1") == "loopback");
  CHECK(why("::ffff:169.254.169.254") == "link-local");
  CHECK(why("::ffff:8.8.8.8") == "public");
  CHECK(why("64:ff9b::a00:1") == "a private network");
  CHECK(why("64:ff9b::808:808") == "public");
  CHECK(why("2002:7f00:1::") == "loopback");
  CHECK(why("2002:808:808::1") == "public");
}

TEST_CASE("literals are read strictly and shown again", "[fetch][guard]") {
  CHECK(to_string(*parse_ip("[::1]")) == "::1");
  CHECK(to_string(*parse_ip("10.1.2.3")) == "10.1.2.3");
  for (const char* text :
       {"", "127.1", "0x7f.0.0.1", "127.0.0.1.", "fe80::1%eth0", "example.com", "[]"}) {
    CHECK_FALSE(parse_ip(text));
  }
}

TEST_CASE("what the configuration names is trusted", "[fetch][guard]") {
  const AddressGuard guard(
      {"localhost", "10.1.2.3", "[::1]:8080", "Intranet.Example:8080", "*.corp.example"});
  CHECK_FALSE(guard.refuse("localhost", 80, *parse_ip("127.0.0.1")));
  CHECK_FALSE(guard.refuse("LOCALHOST.", 25));
  CHECK_FALSE(guard.refuse("10.1.2.3", 80));
  CHECK(guard.refuse("10.1.2.4", 80));
  CHECK_FALSE(guard.refuse("[::1]", 8080));
  CHECK(guard.refuse("[::1]", 80));
  CHECK_FALSE(guard.refuse("intranet.example", 8080, *parse_ip("192.168.0.1")));
  CHECK(guard.refuse("intranet.example", 80, *parse_ip("192.168.0.1")));
  CHECK_FALSE(guard.refuse("a.b.corp.example", 80, *parse_ip("10.0.0.1")));
  CHECK(guard.refuse("corp.example", 80, *parse_ip("10.0.0.1")));
  CHECK(guard.refuse("evilcorp.example", 80, *parse_ip("10.0.0.1")));
}

TEST_CASE("an address is trusted however it is written", "[fetch][guard]") {
  const AddressGuard guard({"[FD00:0:0::1]:8080", "fd00::0002"});
  CHECK_FALSE(guard.refuse("[fd00::1]", 8080));
  CHECK_FALSE(guard.refuse("[fd00:0::2]", 80));
  CHECK(guard.refuse("[fd00::3]", 8080));
}

TEST_CASE("a refusal names the setting that would allow it", "[fetch][guard]") {
  const auto why = AddressGuard().refuse("10.1.2.3", 80);
  REQUIRE(why);
  CHECK(why->find("add \"10.1.2.3\" to allow_hosts") != std::string::npos);
}

TEST_CASE("ports of other services are refused, web ports are not", "[fetch][guard]") {
  const AddressGuard guard;
  for (const int port : {0, 22, 25, 53, 6379, 6667})
    CHECK(guard.refuse("example.com", static_cast<std::uint16_t>(port)));
  for (const int port : {80, 443, 3000, 8080, 8443}) {
    CHECK_FALSE(guard.refuse("example.com", static_cast<std::uint16_t>(port)));
  }
  CHECK(guard.refuse("", 80));
}
