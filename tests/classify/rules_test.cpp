#include "classify/rules.h"

#include <catch2/catch.hpp>

#include "classify/lint.h"
#include "classify/support/rules_folder.h"

using namespace testigo;
using namespace testigo::classify;
using namespace testigo::classify::testing;

namespace {

Error refused(const std::string& table, const std::string& path = "rules/en/lexicon.tsv") {
  const RulesFile file{path, table, false};
  const auto rules = load_rules({&file, 1});
  REQUIRE_FALSE(rules);
  return rules.error();
}

const std::string good = rows("en.lex.good | polarity | positive | 2 | good | - | hand\n");

double score(const Rules& rules, std::string_view text) {
  return judge(Classifier(rules), text).score;
}

}  // namespace

TEST_CASE("a bad line stops the start with its place, a mend and a caret", "[classify]") {
  const Error error =
      refused("# comment\n" + rows("en.lex.x | polarity | glad | 2 | x | - | hand\n"));
  CHECK(error.code == Errc::malformed);
  CHECK(error.where == "rules/en/lexicon.tsv:2:19");
  CHECK(error.what.find("'glad' is no value of polarity; it is one of positive, negative") == 0);
  CHECK(error.what.find("\n          \t        \t^") != std::string::npos);
}

TEST_CASE("each column is checked", "[classify]") {
  CHECK(refused("en.lex.x\tpolarity\n").what.find("7 columns") != std::string::npos);
  CHECK(refused(rows("en.lex.x | colour | red | 2 | x | - | hand\n")).where ==
        "rules/en/lexicon.tsv:1:10");
  CHECK(refused(rows("en.lex.x | polarity | positive | two | x | - | hand\n"))
            .what.find("no weight") != std::string::npos);
  CHECK(refused(rows("en.lex.x | polarity | positive | 10 | x | - | hand\n"))
            .what.find("from -9 to 9") != std::string::npos);
  CHECK(refused(rows("en.lex.x | polarity | positive | nan | x | - | hand\n"))
            .what.find("no weight") != std::string::npos);
  CHECK(refused(rows("Lex | polarity | positive | 2 | x | - | hand\n")).what.find("is no id") !=
        std::string::npos);
  CHECK(refused(rows("en.lex.x | polarity | positive | 2 | (x | - | hand\n")).where ==
        "rules/en/lexicon.tsv:1:30");
  CHECK(refused(rows("en.mod.x | modifier | negator | 40 | x | - | hand\n"))
            .what.find("reach in words") != std::string::npos);
  CHECK(refused(good + good).what.find("stands at rules/en/lexicon.tsv:1 already") !=
        std::string::npos);
  CHECK(refused("").code == Errc::not_found);
}

TEST_CASE("links and classes are checked too", "[classify]") {
  const std::string links = rows("polarity | positive | sometimes | tag | advocacy | 1\n");
  CHECK(refused(links, "rules/shared/links.tsv").where == "rules/shared/links.tsv:1:19");
  CHECK(refused("thing\t(a|\n", "rules/en/classes.tsv").code != Errc::io);
}

TEST_CASE("an overlay replaces by id, disables, and adds", "[classify]") {
  const std::string mine = rows(
      "en.lex.good | polarity | positive | 1 | good | - | me\n"
      "en.lex.fine | polarity | positive | 1 | fine | - | me\n");
  const std::vector<RulesFile> both = {{"rules/en/lexicon.tsv", good, false},
                                       {"my/en/mine.tsv", mine, true}};
  const Rules overlaid = load_rules(both).value();
  CHECK(score(overlaid, "good") == Approx(std::tanh(0.25)));
  CHECK(score(overlaid, "fine") > 0);
  CHECK(list_rules(overlaid).size() == 2);
  CHECK(list_rules(overlaid)[1].path == "my/en/mine.tsv");

  const std::string off = "en.lex.good\tpolarity\tpositive\toff\n" +
                          rows("en.lex.bad | polarity | negative | 1 | bad | - | me\n");
  const std::vector<RulesFile> disabled = {{"rules/en/lexicon.tsv", good, false},
                                           {"my/en/mine.tsv", off, true}};
  CHECK(score(load_rules(disabled).value(), "good") == 0);
}

TEST_CASE("a theme of one's own is declared, others are refused", "[classify]") {
  const std::string theme =
      rows("acme.theme.roadmap-words | theme | roadmap | 2 | roadmap | - | me\n");
  CHECK(refused(theme, "my/en/themes.tsv").what.find("no value of theme") != std::string::npos);
  const std::string declared =
      rows("acme.theme.roadmap | declare | theme | 1 | roadmap | - | me\n") + theme;
  const Rules rules = small_rules({{"my/en/themes.tsv", declared}});
  CHECK(judge(Classifier(rules), "the roadmap").themes ==
        std::vector<Facet>{{"roadmap", Polarity::neutral}});
}

TEST_CASE("a negative weight of polarity turns its value", "[classify]") {
  const Rules rules = small_rules(
      {{"rules/en/a.tsv", rows("en.lex.x | polarity | positive | -2 | x | - | hand\n")}});
  CHECK(score(rules, "x") == Approx(std::tanh(-0.5)));
}

TEST_CASE("the hash changes with the rules, not with their folder, order or examples",
          "[classify]") {
  const auto hash = [](const Tables& tables) { return small_rules(tables).hash(); };
  const std::string base = hash({{"rules/en/a.tsv", good}});
  CHECK(base.starts_with("sha256:"));
  CHECK(base == hash({{"/elsewhere/en/a.tsv", good},
                      {"rules/README.md", "x"},
                      {"rules/en/examples.tsv", "x"}}));
  CHECK(base != hash({{"rules/en/a.tsv", good + "# more\n"}}));
}

TEST_CASE("lint lists everything, with warnings for unsorted sections", "[classify]") {
  const std::string table = rows(
      "en.lex.b | polarity | positive | 2 | b | - | hand\n"
      "en.lex.a | polarity | positive | 2 | a | - | hand\n"
      "en.lex.c | polarity | glad | 2 | c | - | hand\n"
      "en.lex.d | polarity | positive | 2 | (d | - | hand\n");
  const RulesFile file{"rules/en/lexicon.tsv", table, false};
  const auto findings = lint({&file, 1});
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].warning);
  CHECK(findings[1].line == 3);
  CHECK(show(findings[2]).starts_with("rules/en/lexicon.tsv:4:30: this bracket is not closed"));
}

TEST_CASE("lint warns of lines that load and cannot be meant", "[classify]") {
  const std::string own =
      "en.lex.gone\tpolarity\tpositive\toff\n"
      "en.lex.good\tpolarity\tpositive\toff\n" +
      rows(
          "en.lex.x | polarity | positive | 2 | x | many | hand\n"
          "en.lex.y | polarity | positive | 2 | y | 7 | learnt\n");
  const std::string spanish = rows(
      "acme.lex.z | polarity | positive | 2 | z | - | hand\n"
      "en.lex.y | polarity | positive | 2 | y | - | hand\n");
  const std::vector<RulesFile> files = {{"rules/en/lexicon.tsv", good, false},
                                        {"my/en/README.txt", "notes", true},
                                        {"my/en/lexicon.txt", own, true},
                                        {"my/en/own.tsv", own, true},
                                        {"my/es/own.tsv", spanish, true}};
  std::vector<std::string> said;
  for (const Finding& finding : lint(files)) {
    if (finding.what.find("stands at") != std::string::npos) continue;
    CHECK(finding.warning);
    said.push_back(show(finding).substr(0, show(finding).find('\n')));
  }
  REQUIRE(said.size() == 4);
  CHECK(said[0] == "my/en/lexicon.txt:1:1: is not read: the name of a table of rules ends in .tsv");
  CHECK(said[1].starts_with("my/en/own.tsv:1:1: there is no rule 'en.lex.gone' to switch off"));
  CHECK(said[2].starts_with("my/en/own.tsv:3:32: 'many' is no support"));
  CHECK(said[3] ==
        "my/es/own.tsv:2:1: 'en.lex.y' is named as a rule of en, but stands among those of es; "
        "name it es.lex.y");
}

TEST_CASE("an example of a rule that is not there fails, and a built-in one that is turned warns",
          "[classify]") {
  const std::string examples = "en.lex.good\tfires\tgood\nen.lex.gone\tsilent\tbad\n";
  const std::string off = "en.lex.good\tpolarity\tpositive\toff\n" +
                          rows("en.lex.bad | polarity | negative | 1 | bad | - | me\n");
  const std::vector<RulesFile> files = {{"rules/en/lexicon.tsv", good, false},
                                        {"rules/en/examples.tsv", examples, false},
                                        {"my/en/own.tsv", off, true},
                                        {"my/en/examples.tsv", examples, true}};
  const auto failures = run_examples(load_rules(files).value(), files).failures;
  REQUIRE(failures.size() == 4);
  CHECK(failures[0].warning);
  CHECK(failures[0].what ==
        "your rules turn this built-in example: there is no rule 'en.lex.good'");
  CHECK(failures[1].warning);
  CHECK_FALSE(failures[2].warning);
  CHECK(failures[2].path == "my/en/examples.tsv");
  CHECK(failures[3].what == "there is no rule 'en.lex.gone'");
  const auto built_in =
      run_examples(load_rules(std::span(files).first(2)).value(), std::span(files).first(2));
  REQUIRE(built_in.failures.size() == 1);
  CHECK_FALSE(built_in.failures[0].warning);
}

TEST_CASE("examples that do not come out as they say are found", "[classify]") {
  const std::string examples =
      "en.lex.good\tfires\tgood\nen.lex.good\tsilent\tbad\nen.lex.good\tfires\tbad\n"
      "-\tpolarity=positive,score>0\tgood\n-\tpolarity=negative|neutral\tgood\n-\tcolour="
      "red\tgood\nbroken\n";
  const RulesFile file{"rules/en/examples.tsv", examples, false};
  const ExampleReport report = run_examples(small_rules({{"rules/en/a.tsv", good}}), {&file, 1});
  CHECK(report.examples == 7);
  REQUIRE(report.failures.size() == 4);
  CHECK(run_examples(small_rules({{"rules/en/a.tsv", good}}), {&file, 1}, "en.lex").examples == 3);
  CHECK(report.failures[0].what == "'en.lex.good' does not fire");
  CHECK(report.failures[1].what == "polarity is positive, not negative|neutral");
}

TEST_CASE("tables of odd shape are read or refused, never worse", "[classify]") {
  for (const std::string& table :
       {std::string("\xEF\xBB\xBF# bom\r\n" + good), good + std::string("\n\n\t\n"),
        std::string(good.substr(0, good.size() - 1))}) {
    CHECK(score(small_rules({{"rules/en/a.tsv", table}}), "good") > 0);
  }
  refused("\t\t\t\t\t\t\n");
  refused(std::string("\0\0\0", 3));
  refused(std::string(10000, '\t'));
}
