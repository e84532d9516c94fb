#include "classify/rule_clashes.h"

#include <catch2/catch.hpp>

#include "classify/support/rules_folder.h"

using namespace testigo;
using namespace testigo::classify;
using testigo::classify::testing::rows;

namespace {

std::vector<Finding> clashes_in(const std::string& table) {
  const RulesFile file{"rules/en/lexicon.tsv", table, false};
  return find_clashes(compile({&file, 1}, Samples::yes));
}

}  // namespace

TEST_CASE("a rule whose words another one always takes is told, with the other's place",
          "[classify]") {
  const auto found = clashes_in(
      rows("en.lex.bor | polarity | negative | 2 | bor* | - | hand\n"
           "en.lex.boring | polarity | negative | 1 | boring | - | hand\n"
           "en.lex.dull | polarity | negative | 1 | dull | - | hand\n"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].warning);
  CHECK(found[0].line == 2);
  CHECK(found[0].what ==
        "'en.lex.boring' never counts, for 'en.lex.bor' (rules/en/lexicon.tsv:1) counts wherever "
        "it is found; take one of them out");
}

TEST_CASE("a rule counts where one of its ways does", "[classify]") {
  CHECK(clashes_in(rows("en.lex.bor | polarity | negative | 2 | bor* | - | hand\n"
                        "en.lex.dull | polarity | negative | 1 | (boring|dull) | - | hand\n"
                        "en.lex.long | polarity | negative | 1 | boring _{0,2} plot | - | hand\n"
                        "en.lex.louder | polarity | negative | 3 | borin* | - | hand\n"))
            .empty());
}

TEST_CASE("rules that judge the same words in opposite ways are told once", "[classify]") {
  const auto found =
      clashes_in(rows("en.lex.killer | polarity | positive | 2 | killer | - | hand\n"
                      "en.lex.killers | polarity | negative | 2 | killer* | - | hand\n"
                      "en.thm.killer | theme | safety | 2 | killer | - | hand\n"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].line == 2);
  CHECK(found[0].what.find("says the opposite of 'en.lex.killer'") != std::string::npos);
}

TEST_CASE("what stands for numbers, brands, marks and gaps in a pattern is tried as such",
          "[classify]") {
  CHECK(clashes_in(rows("en.act.a | act | ask | 2 | ^ is <brand> ok \"?\" | - | hand\n"
                        "en.act.b | act | warn | 2 | stay _{1,2} from <brand> | - | hand\n"
                        "en.act.c | act | praise | 2 | <num> it 's <emoji> $ | - | hand\n"))
            .empty());
  CHECK(clashes_in(rows("en.act.b | act | warn | 2 | stay _{1,2} from <brand> | - | hand\n"
                        "en.act.d | act | warn | 3 | stay _{1,3} from <brand> | - | hand\n"))
            .size() == 1);
  CHECK(clashes_in(rows("en.act.c | act | praise | 2 | <num> it 's <emoji> $ | - | hand\n"
                        "en.act.e | act | praise | 3 | <num> it 's <emoji> | - | hand\n"))
            .size() == 1);
  CHECK(clashes_in(rows("en.act.a | act | ask | 2 | ^ is <brand> ok \"?\" | - | hand\n"
                        "en.act.f | act | ask | 3 | is <brand> ok \"?\" | - | hand\n"))
            .size() == 1);
}
