#include "classify/pattern.h"

#include <catch2/catch.hpp>

#include "classify/support/rules_folder.h"

using namespace testigo::classify;
using testigo::classify::testing::rows;
using testigo::classify::testing::small_rules;

namespace {

// Whether a pattern fires on a text, in a table that has nothing else but two classes and units.
bool fires(const std::string& pattern, const std::string& text,
           std::vector<std::string> brands = {}) {
  const Classifier classifier(small_rules(
      {{"rules/en/acts.tsv", "en.act.x\tact\task\t1\t" + pattern + "\t-\thand\n"},
       {"rules/en/classes.tsv",
        "thing\tphone|laptop|smart watch\ncolour\tred|blue\ncoloured\t<colour> <thing>\n"},
       {"rules/shared/units.tsv",
        rows("en.unit.three | unit | number | 3 | three | - | hand\n"
             "en.unit.week | unit | duration | 604800 | (week|weeks) | - | hand\n"
             "en.unit.euro | unit | money | 1 | euros | - | hand\n")}}));
  ClassifyInput input;
  input.text = text;
  input.language = "en";
  input.brands = brands;
  for (const testigo::Reason& reason : classifier.classify(input, true).why) {
    if (reason.rule == "en.act.x") return true;
  }
  return false;
}

std::string refusal(const std::string& pattern) {
  AtomSets sets;
  PatternReader reader(sets);
  const auto read = reader.read_pattern(pattern, [](std::string_view) { return nullptr; });
  const auto* error = std::get_if<PatternError>(&read);
  return error == nullptr ? "" : std::to_string(error->at) + ": " + error->what;
}

}  // namespace

TEST_CASE("words and stems match folded", "[classify]") {
  CHECK(fires("țeapă", "TEAPA!"));
  CHECK(fires("dezamag*", "Dezamăgitor."));
  CHECK(fires("dezamag*", "dezamag"));
  CHECK_FALSE(fires("dezamag*", "dezam"));
  CHECK_FALSE(fires("art", "cart"));
  CHECK(fires("don't", "dont do that"));
  CHECK(fires("don't", "don\u2019t do that"));
  CHECK(fires("it's great", "It\u2019s great"));
  CHECK(fires("n-am", "N-am"));
  CHECK(fires("n-am", "n am"));
}

TEST_CASE("choices, absences and gaps match as written", "[classify]") {
  CHECK(fires("(good|very bad) day", "a very bad day"));
  CHECK_FALSE(fires("(good|very bad) day", "a bad day"));
  CHECK(fires("so? good", "good"));
  CHECK(fires("not (at all)? good", "not at all good"));
  CHECK(fires("not (at all)? good", "not good"));
  CHECK(fires("a _ b", "a x b"));
  CHECK_FALSE(fires("a _ b", "a b"));
  CHECK(fires("a _{0,2} b", "a b"));
  CHECK(fires("a _{0,2} b", "a x y b"));
  CHECK_FALSE(fires("a _{0,2} b", "a x y z b"));
  CHECK(fires("a _{1,3} b _{0,1} c", "a x y b c"));
  CHECK(fires("more than _", "more than that"));
  CHECK_FALSE(fires("more than _", "more than"));
  CHECK(fires("a _{0,2}", "a"));
  CHECK(fires("a _{0,2} $", "a b c"));
  CHECK_FALSE(fires("a _{0,2} $", "a b c d"));
  CHECK(fires("a _{0,2} $", "a"));
  CHECK(fires("a b _{0,2} $", "a b"));
  CHECK(fires("a b _{0,2} $", "x a b. c"));
  CHECK_FALSE(fires("a b _{1,2} $", "a b"));
  CHECK(fires("^ _{1,2} b", "a b"));
  CHECK(fires("^ _{1,2} b", "xx yy. c a b"));
  CHECK_FALSE(fires("^ _{1,2} b", "b a"));
  CHECK_FALSE(fires("^ _{1,2} b", "a c d b"));
  CHECK(fires("^ (_)? b", "a b"));
  CHECK(fires("^ (_)? b", "b"));
  CHECK_FALSE(fires("^ (_)? b", "a a b"));
  CHECK(fires("^ (the)? _{1,3} b", "x b"));
  CHECK(fires("^ (the)? _{1,3} b", "the x b"));
}

TEST_CASE("no match goes over a sentence's end, but marks belong to theirs", "[classify]") {
  CHECK_FALSE(fires("aa bb", "aa. bb"));
  CHECK_FALSE(fires("aa _{0,3} bb", "aa. bb"));
  CHECK_FALSE(fires("a b", "a\nb"));
  CHECK(fires("a b", "a, b"));
  CHECK(fires("b \"?\"", "a b??"));
  CHECK(fires("a _{0,5} \"?\"", "a c d e?"));
  CHECK_FALSE(fires("a \"?\"", "a!"));
  CHECK(fires("b \"!\"", "b!!!"));
}

TEST_CASE("the sentence's beginning and end can be asked for", "[classify]") {
  CHECK(fires("^ why", "Why?"));
  CHECK(fires("^ why", "Bad. Why"));
  CHECK_FALSE(fires("^ why", "but why"));
  CHECK(fires("why $", "but why?"));
  CHECK(fires("why $", "but why. so"));
  CHECK_FALSE(fires("why $", "why not"));
}

TEST_CASE("classes stand for what they name", "[classify]") {
  CHECK(fires("a <thing>", "a smart watch"));
  CHECK(fires("<coloured>", "the red laptop"));
  CHECK_FALSE(fires("<coloured>", "the green laptop"));
  CHECK(fires("<num> stars", "5 stars"));
  CHECK(fires("<num> stars", "three stars"));
  CHECK(fires("sh*t", "what SH*T is this"));
  CHECK_FALSE(fires("sh*t", "what shut is this"));
  CHECK(fires("(f***|bulls**t) off", "f*** off"));
  CHECK(fires("good*", "goodness"));
  CHECK(fires("<duration> ago", "3 weeks ago"));
  CHECK(fires("<duration> ago", "three weeks ago"));
  CHECK(fires("for <money>", "for €20"));
  CHECK(fires("for <money>", "for 20 euros"));
  CHECK(fires("see <url>", "see https://a.example/x"));
  CHECK(fires("hi <mention>", "hi @acme"));
  CHECK(fires("ok <emoji>", "ok 😀"));
  CHECK(fires("than <brand>", "better than Acme Cloud", {"Acme Cloud"}));
  CHECK(fires("<brand> is", "#acmecloud is", {"Acme Cloud"}));
  CHECK_FALSE(fires("than <brand>", "better than Globex", {"Acme Cloud"}));
}

TEST_CASE("hashtags and elongated words are read", "[classify]") {
  CHECK(fires("bad service", "#BadService"));
  CHECK(fires("so good", "sooooo goooood"));
  CHECK(fires("awful", "awfuuuul"));
  CHECK(fires("🤦", "🤦🏽‍♀️"));
}

TEST_CASE("a pattern that cannot be meant is refused where it is wrong", "[classify]") {
  CHECK(refusal("(a|b") == "0: this bracket is not closed; add ')'");
  CHECK(refusal("(a|") == "3: a bracket is not closed; add ')'");
  CHECK(refusal("(jan*|ky*) jan*ky") == "");
  CHECK(refusal("a)") == "1: this ')' closes nothing");
  CHECK(refusal("a|b") == "1: put alternatives into brackets: (a|b)");
  CHECK(refusal("(a|)").starts_with("3: an alternative is empty"));
  CHECK(refusal("x <nothing>").starts_with("2: there is no class <nothing>"));
  CHECK(refusal("a*").starts_with("0: a stem needs two letters"));
  CHECK(refusal("a?") == "0: the pattern could match nothing; add a word that must be there");
  CHECK(refusal("_ a").starts_with("0: a pattern begins with a word"));
  CHECK(refusal("a _{3,1} b").starts_with("2: a gap is _{least,most}"));
  CHECK(refusal("a _{0,99} b").starts_with("2: a gap is _{least,most}"));
  CHECK(refusal("c++").starts_with("1: the sign '++' is never seen"));
  CHECK(refusal("a $ b").starts_with("0: '$' stands last"));
  CHECK(refusal("\"x\"").starts_with("0: only \"?\" and \"!\""));
  CHECK(refusal("").starts_with("0: the pattern could match nothing"));
  CHECK(refusal(std::string(100, '(')).find("nested too deep") != std::string::npos);
  CHECK(
      refusal("(a a|b b|c c|d d|e e|f f|g g|h h|i i|j j) (a a|b b|c c|d d|e e|f f|g g|h h|i i|j j) "
              "(a a|b b|c c|d d|e e|f f|g g|h h|i i|j j) (a a|b b|c c|d d|e e|f f|g g|h h|i i|j j) "
              "(a a|b b|c c|d d|e e|f f|g g|h h|i i|j j)")
          .find("more than 20000 ways") != std::string::npos);
  CHECK(refusal("good") == "");
}
