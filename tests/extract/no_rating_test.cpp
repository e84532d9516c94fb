#include "extract/no_rating.h"

#include <catch2/catch.hpp>

using testigo::extract::tells_no_rating;

TEST_CASE("what stands for no rating is known in the languages that exports are written in",
          "[extract]") {
  for (const char* none : {"N/A",
                           "n/a",
                           "k.A.",
                           "keine Angabe",
                           "-",
                           "—",
                           "none",
                           "NULL",
                           "NaN",
                           "not applicable",
                           "No answer",
                           "Prefer not to say",
                           "sin respuesta",
                           "No contesta",
                           "NS/NC",
                           "No procede",
                           "fără răspuns",
                           "Nu răspund",
                           "nu e cazul",
                           "FĂRĂ NOTĂ",
                           " (blank) "}) {
    INFO(none);
    CHECK(tells_no_rating(none));
  }
}

TEST_CASE("a rating that cannot be read is not none", "[extract]") {
  for (const char* some : {"", "five", "0", "4,5", "no", "bad", "sin", "nu", "k", "no answer yet 3",
                           "excellent", "malo", "rău"}) {
    INFO(some);
    CHECK_FALSE(tells_no_rating(some));
  }
}
