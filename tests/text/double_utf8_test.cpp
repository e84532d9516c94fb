#include "text/double_utf8.h"

#include <catch2/catch.hpp>
#include <string>

using testigo::text::mend_double_utf8;

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
