#include "text/double_utf8.h"

#include <catch2/catch.hpp>
#include <string>

using testigo::text::mend_double_utf8;
using testigo::text::mend_short_double_utf8;

TEST_CASE("a text that was made UTF-8 twice is as it was before", "[text]") {
  CHECK(mend_double_utf8(
            "garant\u00C3\u00ADa, reparaci\u00C3\u00B3n, \u00E2\u20AC\u0153qu\u00C3\u00A9"
            "\u00E2\u20AC\u009D \u00F0\u0178\u02DC\u20AC") ==
        "garant\u00EDa, reparaci\u00F3n, \u201Cqu\u00E9\u201D \U0001F600");
}

TEST_CASE("a text with any letter of its own is left as it is", "[text]") {
  for (const std::string text :
       {"", "plain", "garant\u00EDa \u00F3 \u00E9",
        "garant\u00C3\u00ADa \u00C3\u00B3 \u00C3\u00A9 ma\u00F1ana",
        "N\u00C3O, S\u00C3O, PORT\u00C3O", "\u00C3\u00A9 stands for an e",
        "\u00C3\u00A9 \u00C3\u00B3 \u00C3", "\u00C3\u00A9\u00C3\u00B3 \x9F"}) {
    INFO(text);
    CHECK(mend_double_utf8(text) == text);
  }
}

TEST_CASE("a short text that was made UTF-8 twice is told by what nobody writes", "[text]") {
  const auto mended = [](const char* text) { return mend_short_double_utf8(text); };
  CHECK(mended("Caf\u00C3\u00A9 est\u00C3\u00A1") == "Caf\u00E9 est\u00E1");
  CHECK(mended("T\u00C3\u00ADtulo") == "T\u00EDtulo");
  CHECK(mended("stri\u00C8\u203A") == "stri\u021B");
  CHECK(mended("don\u00E2\u20AC\u2122t") == "don\u2019t");
  for (const std::string text :
       {"", "plain", "Caf\u00E9", "Caf\u00C3\u00A9 ma\u00F1ana", "AMANH\u00C3\u00BB",
        "AMANH\u00C3\u2026", "\u00E0\u00A0\u00AB Bonjour", "\u00C4\u0192", "S\u00C3O",
        "5 \u20AC"}) {
    INFO(text);
    CHECK(mend_short_double_utf8(text) == text);
  }
}
