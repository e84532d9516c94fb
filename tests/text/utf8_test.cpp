#include "text/utf8.h"

#include <catch2/catch.hpp>

using namespace testigo::text;

TEST_CASE("each length of UTF-8 is decoded and encoded back", "[text]") {
  for (const char32_t c : {U'a', U'\u00F1', U'\u21B9', U'\U0001F600', U'\U0010FFFF'}) {
    const std::string bytes = encode(c);
    CHECK(decode(bytes, 0) == CodePoint{c, bytes.size(), true});
    CHECK(is_valid_utf8(bytes));
  }
  CHECK(decode("", 0).size == 0);
}

TEST_CASE("bytes that are no UTF-8 become one U+FFFD for each maximal subpart", "[text]") {
  // Unicode §3.9, table 3-8 and its neighbours.
  CHECK(replace_invalid("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
                        "A") ==
        "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
        "A");
  CHECK(replace_invalid("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // a surrogate
  CHECK(replace_invalid("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
                        "A") ==
        "\uFFFD\uFFFD\uFFFD\uFFFD"
        "A");
  CHECK(replace_invalid("\xF4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");  // above U+10FFFF
  CHECK(replace_invalid("caf\xC3") == "caf\uFFFD");                          // cut off
  CHECK_FALSE(is_valid_utf8("\xC3("));
  CHECK(encode(0xD800) == "\uFFFD");
}

TEST_CASE("the first malformed byte is found wherever it stands", "[text]") {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text(40, 'x');
    CHECK(skip_ascii(text, at) == 40);
    text[at] = '\xFF';
    CHECK(skip_ascii(text, 0) == at);
    CHECK(valid_utf8_length(text) == at);
    CHECK(replace_invalid(text) == text.substr(0, at) + "\uFFFD" + text.substr(at + 1));
  }
  CHECK(valid_utf8_length("\u00E9\u00E9") == 4);
  CHECK(skip_ascii("abc", 3) == 3);
}

TEST_CASE("a character border is never inside a character", "[text]") {
  const std::string text = "a\u00F1\U0001F600z";
  CHECK(char_border(text, 0) == 0);
  CHECK(char_border(text, 2) == 1);
  CHECK(char_border(text, 3) == 3);
  CHECK(char_border(text, 6) == 3);
  CHECK(char_border(text, 7) == 7);
  CHECK(char_border(text, 99) == 8);
  CHECK(char_border("\x80\x80", 1) == 1);
  CHECK(count_code_points(text) == 4);
}
