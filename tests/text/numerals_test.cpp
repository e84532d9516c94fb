#include "text/numerals.h"

#include <catch2/catch.hpp>

namespace testigo::text {

TEST_CASE("digits of every script are those of ASCII, with the marks in numbers", "[text]") {
  CHECK(ascii_numerals("４．５／５") == "4.5/5");
  CHECK(ascii_numerals("٤٫٥ من ٥") == "4.5 من 5");
  CHECK(ascii_numerals("۱٬۲۳۴") == "1,234");
  CHECK(ascii_numerals("९०٪") == "90%");
  CHECK(ascii_numerals("★★★½ ４") == "★★★½ 4");
  CHECK(ascii_numerals("x² 五") == "x² 五");
  CHECK(ascii_numerals("plain 4.5") == "plain 4.5");
  CHECK(ascii_numerals("\xEF\xBC") == "\xEF\xBC");
  CHECK(ascii_numerals("").empty());
}

TEST_CASE("what holds other digits may do so, European letters and stars do not", "[text]") {
  for (const char* text : {"４", "٤", "۴", "९", "߄", "𝟜", "．", "٫"})
    CHECK(may_hold_other_numerals(text));
  for (const char* text : {"", "4.5", "ñandú ț", "Ήταν", "было", "★★½", "4 … 5"})
    CHECK_FALSE(may_hold_other_numerals(text));
}

}  // namespace testigo::text
