#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <random>

#include "classify/classifier.h"
#include "classify/language.h"
#include "classify/support/rules_folder.h"
#include "text/utf8.h"

using namespace testigo;
using namespace testigo::classify;
using namespace testigo::classify::testing;

namespace {

// Pieces that texts are thrown together from: words of the rules, marks, emoji, and bytes that are
// no UTF-8.
constexpr std::string_view pieces[] = {"not ",
                                       "very ",
                                       "good ",
                                       "bad",
                                       "but ",
                                       ", ",
                                       ". ",
                                       "?",
                                       "!!",
                                       "\n",
                                       "> ",
                                       "battery ",
                                       "three weeks ",
                                       "no me gusta ",
                                       "țeapă ",
                                       "nu recomand ",
                                       "😀",
                                       "👍🏽",
                                       ":) ",
                                       ":-)",
                                       "#BadService ",
                                       "@acme ",
                                       "SOOOO ",
                                       "https://a.example/x?y ",
                                       "\xFF",
                                       "\xC3",
                                       "\xE2\x80",
                                       "\u0301",
                                       "\u200D",
                                       "€20 ",
                                       "50% ",
                                       "it's ",
                                       "don\u2019t ",
                                       "\"",
                                       "(",
                                       ")",
                                       "-",
                                       "'",
                                       "Acme Cloud ",
                                       "than ",
                                       "worth it ",
                                       "\0",
                                       " ",
                                       "waiting ",
                                       "would recommend ",
                                       "if ",
                                       "although ",
                                       "5/5 "};

std::string random_text(std::mt19937& random) {
  std::string text;
  const std::size_t count = random() % 40;
  for (std::size_t i = 0; i < count; ++i) text += pieces[random() % std::size(pieces)];
  return text;
}

void check_spans(const Verdict& verdict, std::string_view text) {
  const auto check = [&](const TextSpan& span) {
    const bool inside = span.begin < span.end && span.end <= text.size();
    const bool on_borders = text::char_border(text, span.begin) == span.begin &&
                            text::char_border(text, span.end) == span.end;
    if (!inside || !on_borders) {
      CAPTURE(text, span.begin, span.end);
      FAIL_CHECK("a span is not inside the text, on character borders");
    }
  };
  for (const Reason& reason : verdict.why) {
    if (reason.span) check(*reason.span);
  }
  for (const ClaimedDuration& duration : verdict.durations) check(duration.span);
}

double polarity_sum(const Verdict& verdict) {
  double sum = 0;
  for (const Reason& reason : verdict.why) {
    if (reason.axis != Axis::polarity) continue;
    if (reason.value == "positive") sum += reason.contribution;
    if (reason.value == "negative") sum -= reason.contribution;
  }
  return sum;
}

bool same(const Verdict& a, const Verdict& b) {
  return a.language == b.language && a.tag == b.tag && a.polarity == b.polarity &&
         a.score == b.score && a.confidence == b.confidence && a.act == b.act &&
         a.stage == b.stage && a.intent == b.intent && a.degree == b.degree &&
         a.recovery == b.recovery && a.themes == b.themes && a.service == b.service &&
         a.cycle == b.cycle && a.targets == b.targets && a.durations == b.durations &&
         a.why == b.why;
}

void check_properties(const std::string& text, const std::vector<std::string>& brands) {
  CAPTURE(text);
  ClassifyInput input;
  input.text = text;
  input.brands = brands;
  const Classifier& classifier = project_classifier();
  const Verdict verdict = classifier.classify(input, true);
  check_spans(verdict, text);
  CHECK(same(verdict, classifier.classify(input, true)));
  const std::string longer = text + " ";
  input.text = longer;
  CHECK(same(verdict, classifier.classify(input, true)));
  CHECK(std::abs(std::tanh(polarity_sum(verdict) / 4) - verdict.score) < 1e-9);
  CHECK((verdict.score >= -1 && verdict.score <= 1));
  CHECK((verdict.confidence >= 0 && verdict.confidence <= 1));
}

}  // namespace

TEST_CASE("whatever the text, spans fit, sums are exact and the answer stays the same",
          "[classify]") {
  std::mt19937 random(7);  // a fixed seed: the same texts on every run
  for (int i = 0; i < 1500; ++i) check_properties(random_text(random), {"Acme Cloud", "Globex"});
}

TEST_CASE("hostile texts take time in proportion to their length", "[classify]") {
  for (const std::string_view piece : {"not very ", "if ", "no ", "i would not ", "a b ", "(", "?",
                                       "three weeks ", "used to ", "\xF0", "😀", "aaaa"}) {
    std::string text;
    while (text.size() < 400'000) text += piece;
    ClassifyInput input;
    input.text = text;
    input.language = "en";
    CHECK_NOTHROW(project_classifier().classify(input, true));
  }
}

TEST_CASE("the corpus' texts keep the properties too", "[classify]") {
  std::size_t checked = 0;
  for (const std::string_view set : {"yelp_imdb", "restmex_reviews", "rosent"}) {
    std::ifstream file(std::string(TESTIGO_SHARED_DIR) + "/corpus/" + std::string(set) +
                       "/dev.jsonl");
    std::string line;
    for (int i = 0; i < 150 && std::getline(file, line); ++i, ++checked) check_properties(line, {});
  }
  if (checked == 0) WARN("the shared corpus is not here: nothing was checked");
}
