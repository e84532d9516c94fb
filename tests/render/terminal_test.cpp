#include "render/terminal.h"

#include <catch2/catch.hpp>
#include <string>

#include "text/utf8.h"

using namespace testigo::render;

TEST_CASE("escape sequences lose their escape", "[render]") {
  CHECK(neutralise("\x1b[31mred\x1b[0m") == "\uFFFD[31mred\uFFFD[0m");
  CHECK(neutralise("\x1b]0;title\x07") == "\uFFFD]0;title\uFFFD");
  CHECK(neutralise("a\xC2\x9B"
                   "31m") == "a\uFFFD31m");  // C1's CSI
  CHECK(neutralise(std::string("a\0b\x7F", 4)) == "a\uFFFDb\uFFFD");
  CHECK(neutralise("a\bb\rc") == "a\uFFFDb c");
}

TEST_CASE("bidirectional controls cannot turn the line around", "[render]") {
  CHECK(neutralise("a\u202Egood\u202C b\u2066c\u2069\u200F") ==
        "a\uFFFDgood\uFFFD b\uFFFDc\uFFFD\uFFFD");
}

TEST_CASE("zero-width characters vanish", "[render]") {
  CHECK(neutralise("go\u200Bod\uFEFF \u00ADx\u2060") == "good x");
  CHECK(neutralise("x\U000E0041\U000E0042y") == "xy");
}

TEST_CASE("line breaks and tabs become one blank", "[render]") {
  CHECK(neutralise("a\r\n\n\tb\u2028c") == "a b c");
}

TEST_CASE("what is not UTF-8 is replaced", "[render]") {
  CHECK(neutralise("a\xFF\xE2\x82z") == "a\uFFFD\uFFFDz");
}

TEST_CASE("emoji sequences stay whole and towers of marks are cut", "[render]") {
  const std::string family = "\U0001F469\u200D\U0001F469\u200D\U0001F467";
  CHECK(neutralise(family) == family);
  CHECK(display_width(family) == 2);
  CHECK(display_width("\U0001F1F7\U0001F1F4\U0001F1EA\U0001F1F8") == 4);
  CHECK(display_width("\U0001F44D\U0001F3FD") == 2);
  CHECK(neutralise("a\u200Db") == "ab");
  std::string tower = "e";
  for (int i = 0; i < 100; ++i) tower += "\u0301";
  CHECK(neutralise(tower).size() == 1 + 4 * 2);
  CHECK(neutralise("\u0301x") == " \u0301x");
}

TEST_CASE("width is counted in columns, not bytes", "[render]") {
  CHECK(display_width("țeapă") == 5);
  CHECK(display_width("t\u0326eapa\u0306") == 5);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("") == 0);
}

TEST_CASE("text is cut on character borders", "[render]") {
  CHECK(fit("țeapă totală", 6) == "țeapă…");
  CHECK(fit("țeapă", 5) == "țeapă");
  CHECK(fit("日本語", 4) == "日…");
  CHECK(fit("日本語", 1) == "…");
  CHECK(fit("abc", 0).empty());
  CHECK(fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(pad_right("日", 4) == "日  ");
  CHECK(pad_left("日本語", 4) == " 日…");
}

TEST_CASE("colour is written only where it is taken", "[render]") {
  CHECK(paint("x", Style::bad, {80, false}) == "x");
  CHECK(paint("x", Style::bad, {80, true}) == "\x1b[31mx\x1b[0m");
  CHECK(paint("", Style::bad, {80, true}).empty());
}

TEST_CASE("whatever the bytes, what comes out is valid and without controls", "[render]") {
  unsigned state = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (int i = 0; i < 40; ++i)
      bytes += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    const std::string clean = neutralise(bytes);
    REQUIRE(testigo::text::is_valid_utf8(clean));
    for (const char c : clean) REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
    REQUIRE(neutralise(clean) == clean);
    REQUIRE(display_width(fit(bytes, 10)) <= 10);
  }
}
