#include "text/fold.h"

#include <catch2/catch.hpp>

#include "text/utf8.h"

using testigo::text::encode;
using testigo::text::fold;

TEST_CASE("case and diacritics make no difference", "[text]") {
  CHECK(fold("ȚEAPĂ") == "teapa");
  CHECK(fold("ţeapă") == "teapa");  // cedilla
  CHECK(fold("Ñandú ¿QUÉ?") == "nandu ¿que?");
  CHECK(fold("Straße ØLÆ Łódź") == "strasse olae lodz");
  CHECK(fold("e\u0301te\u0301") == "ete");  // NFD
  CHECK(fold("İstanbul ıI") == "istanbul ii");
  CHECK(fold("don\u2019t") == "don't");
}

TEST_CASE("compatibility forms are plain and signs stay signs", "[text]") {
  CHECK(fold("\uFB01ne \U0001D5EF\U0001D5FC\U0001D5F9\U0001D5F1 \uFF27\uFF2F") == "fine bold go");
  CHECK(fold("Acme\u2122 \u00A9") == "acme\u2122 \u00A9");
  CHECK(fold("so\u00ADft zero\u200Bwidth") == "soft zerowidth");
}

TEST_CASE("scripts whose marks carry vowels are left alone", "[text]") {
  CHECK(fold("हिन्दी 한국어 が") == "हिन्दी 한국어 が");
  CHECK(fold("ΆΓΙΟΣ Ёлка") == "αγιοσ елка");
}

TEST_CASE("malformed bytes fold to the replacement character", "[text]") {
  CHECK(fold("a\xFF"
             "B") ==
        "a\uFFFD"
        "b");
}

TEST_CASE("folding twice changes nothing, for every code point", "[text]") {
  for (char32_t c = 0; c <= 0x1FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string once = fold(encode(c));
    if (fold(once) != once) {
      CAPTURE(static_cast<unsigned>(c), once, fold(once));
      FAIL("not idempotent");
    }
  }
}
