#include "classify/parity.h"

#include <catch2/catch.hpp>

#include "classify/support/rules_folder.h"

using namespace testigo::classify;
using namespace testigo::classify::testing;

TEST_CASE("a language is behind where it has less than a third of another's rules",
          "[classify]") {
  const Rules rules = small_rules(
      {{"rules/en/a.tsv", rows("en.act.a | act | warn | 2 | avoid | - | hand\n"
                               "en.act.b | act | warn | 2 | beware | - | hand\n"
                               "en.act.c | act | warn | 2 | stay away | - | hand\n"
                               "en.act.d | act | warn | 2 | steer clear | - | hand\n"
                               "en.lex.a | polarity | positive | 2 | good | - | hand\n"
                               "en.phr.a | polarity | positive | 0.1 | good grief | - | hand\n")},
       {"rules/es/a.tsv", rows("es.act.a | act | warn | 2 | eviten | - | hand\n"
                               "es.lex.a | polarity | positive | 2 | bueno | - | hand\n")},
       {"rules/shared/a.tsv", rows("all.act.url | act | warn | 2 | <url> | - | hand\n")}});
  const auto rows = parity(rules);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].axis == "act");
  CHECK(rows[0].value == "warn");
  CHECK(rows[0].rules == std::map<std::string, std::size_t>{{"en", 4}, {"es", 1}});
  CHECK(rows[0].behind == std::vector<std::string>{"es"});
  CHECK(rows[1].rules.at("en") == 1);  // what only hides a word is none
  CHECK(rows[1].behind.empty());
}
