#include "classify/suggest.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "classify/learnt_table.h"
#include "classify/lint.h"
#include "classify/support/rules_folder.h"

using namespace testigo;
using namespace testigo::classify;
using namespace testigo::classify::testing;

namespace {

const Tables& tables() {
  static const Tables made = {
      {"rules/en/lexicon.tsv", rows("en.lex.bad | polarity | negative | 2 | bad | - | hand\n"
                                    "en.lex.good | polarity | positive | 2 | good | - | hand\n")},
      {"rules/en/modifiers.tsv", rows("en.mod.not | modifier | negator | 4 | not | - | hand\n")},
      {"rules/en/classes.tsv", "not\t(not)\n"},
      {"rules/en/bias.tsv", rows("en.bias.neutral | polarity | neutral | 0.5 | - | - | hand\n")},
      {"rules/shared/links.tsv",
       rows("polarity | positive | negated | polarity | negative | 0.74\n"
            "polarity | negative | negated | polarity | positive | 0.74\n")}};
  return made;
}

std::vector<RulesFile> files() {
  std::vector<RulesFile> out;
  for (const auto& [path, bytes] : tables()) out.push_back({path, bytes, false});
  return out;
}

// Reviews of which we know what tells: "flimsy" and "falls apart" are bad, "sturdy" is good, "box"
// and "Acme" stand on both sides or by chance, "shelf" is what neutral texts speak of.
std::vector<LabelledText> reviews() {
  std::vector<LabelledText> out;
  for (int i = 0; i < 60; ++i) {
    const std::string n = " item number" + std::string(1, static_cast<char>('a' + i % 26)) +
                          std::string(1, static_cast<char>('a' + i % 17));
    const std::uint32_t set = i % 2 == 0 ? 0 : 1;
    out.push_back({"the box was flimsy" + n, Side::adverse, set});
    out.push_back({"it falls apart in the box" + n, Side::adverse, set});
    out.push_back({"a sturdy box" + n, Side::favourable, set});
    out.push_back({"works, from Acme, a good box" + n, Side::favourable, set});
    out.push_back({"the box is on the shelf" + n, Side::neither, set});
    out.push_back({"not worth the box" + n, Side::adverse, set});
    out.push_back({"it is worth the box" + n, Side::favourable, set});
  }
  return out;
}

Suggestions learn(const std::vector<LabelledText>& texts, SuggestOptions options = {}) {
  const std::vector<RulesFile> rules = files();
  auto found =
      suggest({rules, {"en", LearntAxis::polarity, "learnt in a test"}, texts, 2, 10}, options);
  REQUIRE(found);
  return *std::move(found);
}

const Suggestion* find(const Suggestions& found, std::string_view pattern) {
  const auto at = std::find_if(found.rows.begin(), found.rows.end(),
                               [&](const Suggestion& s) { return s.row.pattern == pattern; });
  return at == found.rows.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("the words that tell are found, on the side for which they speak", "[classify]") {
  const Suggestions found = learn(reviews());
  const Suggestion* flimsy = find(found, "flimsy");
  REQUIRE(flimsy);
  CHECK(flimsy->row.side == Side::adverse);
  CHECK(flimsy->row.support == 60);
  CHECK(flimsy->precision == 1.0);
  CHECK(flimsy->wrong.empty());
  REQUIRE(find(found, "sturdy"));
  CHECK(find(found, "sturdy")->row.side == Side::favourable);
  REQUIRE(find(found, "shelf"));
  CHECK(find(found, "shelf")->row.side == Side::neither);
}

TEST_CASE("what stands on all sides, what is known, and names are no candidates", "[classify]") {
  const Suggestions found = learn(reviews());
  CHECK_FALSE(find(found, "box"));
  CHECK_FALSE(find(found, "good"));
  CHECK_FALSE(find(found, "acme"));
}

TEST_CASE("cross-validation sees that the right words help", "[classify]") {
  const Suggestions found = learn(reviews(), {5, true, {}});
  REQUIRE(found.sets.size() == 2);
  for (const SetFigures& set : found.sets) {
    CHECK(set.cross_validated > set.before.macro_f1 + 0.2);
    CHECK(set.left_out.value() > set.before.macro_f1 + 0.2);
  }
}

TEST_CASE("labels thrown by lot teach next to nothing", "[classify]") {
  std::vector<LabelledText> texts = reviews();
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i].side = static_cast<Side>((i * 7 / 3) % 3);
  CHECK(learn(texts).rows.size() <= 3);
}

TEST_CASE("polarity leaves a score of nothing at nothing", "[classify]") {
  std::vector<LabelledText> texts = reviews();
  for (int i = 0; i < 100; ++i) texts.push_back({"nothing that is known", Side::favourable, 0});
  for (const Suggestion& row : learn(texts).rows)
    CHECK((row.row.pattern != "-" || row.row.side == Side::neither));
}

TEST_CASE("the same texts teach the same rows", "[classify]") {
  const Suggestions a = learn(reviews());
  const Suggestions b = learn(reviews());
  REQUIRE(a.rows.size() == b.rows.size());
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    CHECK(a.rows[i].id == b.rows[i].id);
    CHECK(a.rows[i].row.weight == b.rows[i].row.weight);
  }
}

TEST_CASE("nothing is learnt from no texts, empty ones, or one side alone", "[classify]") {
  CHECK(learn({}).rows.empty());
  CHECK(learn({{"", Side::adverse, 0}, {"\xFF\xFE", Side::favourable, 1}}).rows.empty());
  std::vector<LabelledText> one_sided;
  for (int i = 0; i < 50; ++i) one_sided.push_back({"flimsy box", Side::adverse, 0});
  CHECK(learn(one_sided).rows.empty());
}

TEST_CASE("a language without rules is an error", "[classify]") {
  const std::vector<RulesFile> rules = files();
  const std::vector<LabelledText> texts = reviews();
  auto found = suggest({rules, {"xx", LearntAxis::polarity, "-"}, texts, 2, 10}, {});
  CHECK_FALSE(found);
}

TEST_CASE("accepted lines load, and say in a verdict what was learnt", "[classify]") {
  const Suggestions found = learn(reviews());
  std::vector<LearntRow> learnt;
  for (const Suggestion& row : found.rows) learnt.push_back(row.row);
  const std::string table = table_of({"en", LearntAxis::polarity, "learnt in a test"}, learnt);
  auto lines = table_lines(table, "candidates.tsv");
  REQUIRE(lines);
  auto merged = merge_table("", "rules/en/learnt.tsv", *lines, false);
  REQUIRE(merged);
  CHECK(merged->added == learnt.size());
  std::vector<RulesFile> all = files();
  all.push_back({"rules/en/learnt.tsv", merged->bytes, false});
  CHECK(lint(all).empty());
  auto rules = load_rules(all);
  REQUIRE(rules);
  const Verdict verdict = judge(Classifier(*rules), "it is flimsy");
  CHECK(verdict.polarity == Polarity::negative);
  CHECK(std::any_of(verdict.why.begin(), verdict.why.end(),
                    [](const Reason& r) { return r.rule == "en.learnt.flimsy"; }));
}

TEST_CASE("a table takes lines in, but overrules none unasked", "[classify]") {
  const std::string table = "# Ours.\nen.learnt.b\tpolarity\tpositive\t1\tb\t9\tus\n";
  const auto lines_of = [](std::string_view bytes) {
    auto lines = table_lines(bytes, "new.tsv");
    REQUIRE(lines);
    return *lines;
  };
  const auto added =
      merge_table(table, "t", lines_of("en.learnt.a\tpolarity\tnegative\t1\ta\t9\tus\n"), false);
  REQUIRE(added);
  CHECK(added->bytes ==
        "# Ours.\nen.learnt.a\tpolarity\tnegative\t1\ta\t9\tus\n"
        "en.learnt.b\tpolarity\tpositive\t1\tb\t9\tus\n");
  const auto again = merge_table(added->bytes, "t", lines_of(added->bytes), false);
  REQUIRE(again);
  CHECK(again->bytes == added->bytes);
  CHECK(again->known == 2);
  const auto other = lines_of("en.learnt.b\tpolarity\tpositive\t2\tb\t9\tus\n");
  const auto refused = merge_table(table, "t", other, false);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  const auto replaced = merge_table(table, "t", other, true);
  REQUIRE(replaced);
  CHECK(replaced->replaced == 1);
  CHECK(table_lines("en.x\tpolarity\n", "t").error().code == Errc::malformed);
}
