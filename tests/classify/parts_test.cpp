#include "classify/parts.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "classify/support/rules_folder.h"

using namespace testigo::classify;
using testigo::classify::testing::small_rules;

namespace {

using Spans = std::set<std::pair<std::size_t, std::size_t>>;

Classifier classifier_of(const std::vector<std::string>& patterns) {
  std::string table;
  for (std::size_t i = 0; i < patterns.size(); ++i)
    table += "en.act.x" + std::to_string(i) + "\tact\task\t1\t" + patterns[i] + "\t-\thand\n";
  return Classifier(small_rules({{"rules/en/acts.tsv", table}}));
}

Spans spans_in(const Classifier& classifier, const std::string& text) {
  ClassifyInput input;
  input.text = text;
  input.language = "en";
  const std::vector<std::string> brands = {"acme"};
  input.brands = brands;
  Spans spans;
  for (const testigo::Reason& reason : classifier.classify(input, true).why)
    if (reason.rule.starts_with("en.act.x") && reason.span)
      spans.emplace(reason.span->begin, reason.span->end);
  return spans;
}

Parts parts_of(const std::string& pattern) {
  static AtomSets sets;
  PatternReader reader(sets);
  return std::get<Parts>(reader.read_pattern(pattern, [](std::string_view) { return nullptr; }));
}

std::string refusal(const std::string& pattern) {
  AtomSets sets;
  PatternReader reader(sets);
  const auto read = reader.read_pattern(pattern, [](std::string_view) { return nullptr; });
  const auto* error = std::get_if<PatternError>(&read);
  return error == nullptr ? "" : error->what;
}

const std::string five = "(a|a b|b a|c c|d d d)";  // five ways: single words are one

}  // namespace

TEST_CASE("a pattern of many ways matches what its ways match one by one", "[classify]") {
  const std::vector<std::string> middle = {"a b", "a c", "a b d", "b", "c a", "d d"};
  std::string all = "(";
  for (const std::string& way : middle) all += (all.size() > 1 ? "|" : "") + way;
  all += ")";
  const std::string templates[] = {
      "d @ (b c|c b|c d a)? (a|b b)",           "^ (a b|c d)? @ (b|c c) (d d|a a a)?",
      "(a b|b a|c)? @ _{0,2} (d|c b) $",        "(a a|b) @ (b c)? <brand> (c|d d)",
      "a (b b|c)? @ (b|c d) (a a|d)? (c|b b)?", "(<brand> a|b b) @ (c|d a) (b|a a)"};
  std::mt19937 random(17);
  const std::string words[] = {"a", "b", "c", "d", "acme", "d", "a", "c.", "b"};
  for (const std::string& form : templates) {
    const std::size_t hole = form.find('@');
    const auto with = [&](const std::string& what) {
      return form.substr(0, hole) + what + form.substr(hole + 1);
    };
    std::vector<std::string> each;
    for (const std::string& way : middle) each.push_back(with(way));
    const Classifier whole = classifier_of({with(all)});
    const Classifier one_by_one = classifier_of(each);
    std::size_t found = 0;
    for (int i = 0; i < 3000; ++i) {
      std::string text;
      for (int word = 0; word < 12; ++word) text += words[random() % std::size(words)] + " ";
      const Spans spans = spans_in(whole, text);
      found += spans.size();
      CAPTURE(form, text);
      REQUIRE(spans == spans_in(one_by_one, text));
    }
    CHECK(found > 20);
  }
}

TEST_CASE("few ways are written out, and many stay in parts", "[classify]") {
  CHECK(parts_of("(good|very bad) day").size() == 1);
  const Parts parts = parts_of("so " + five + " " + five + "? end");
  REQUIRE(parts.size() == 4);
  CHECK(ways_of(parts) == 5 * 6);
  CHECK(written_out(parts).size() == 5 * 6);
  CHECK(begins_fixed(parts));
  CHECK(parts_of(five + " " + five + " " + five).front().size() == 5);
}

TEST_CASE("a part's ways share what they begin with, and end in one node", "[classify]") {
  const Parts parts = parts_of("x (a b|a c|a b d|b)? " + five + " y " + five);
  const PartTrie trie = trie_of(parts[1]);
  CHECK(trie.may_be_absent);
  std::size_t ends = 0;
  for (const PartTrie::Step& step : trie.steps) ends += step.to == PartTrie::end ? 1 : 0;
  CHECK(ends == 4);
  const PartTrie closing = trie_of(parts_of("x " + five + " " + five + " y $").back());
  CHECK(closing.steps.size() == 1);
  CHECK_FALSE(closing.may_be_absent);
}

TEST_CASE("what hangs on the way that is taken is written out", "[classify]") {
  CHECK(parts_of("x " + five + " " + five + " (a b|c $)").size() == 1);      // a border in a choice
  CHECK(parts_of("x " + five + " " + five + " _{0,2} (a b)?").size() == 1);  // an end left open
  CHECK(parts_of("x " + five + " (<brand>|<brand> b|c d) " + five).size() == 1);
  CHECK(parts_of("x " + five + " (<brand>|a b) " + five).size() == 4);
  CHECK(parts_of("(<brand> a|b c) " + five + " " + five).size() == 1);  // a brand at the root
}

TEST_CASE("patterns in parts are refused as others are", "[classify]") {
  CHECK(refusal("(_ a|b b)? " + five + " " + five).starts_with("a pattern begins with a word"));
  CHECK(refusal(five + "? " + five + "? (a a)?").starts_with("the pattern could match nothing"));
  CHECK(refusal("x " + five + " " + five + " _{0,32} y").starts_with("the pattern reaches over"));
  CHECK(refusal("x " + five + " ^ " + five) == "'^' stands first");
  CHECK(refusal("x " + five + " $ " + five) == "'$' stands last");
  CHECK(refusal(five + " " + five + " _{0,2}").empty());
}
