#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "classify/classifier.h"
#include "classify/lint.h"
#include "text/utf8.h"

using namespace testigo;
using namespace testigo::classify;

namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken property: %s\n", what);
  std::abort();
}

constexpr std::string_view base_rules =
    "en.lex.good\tpolarity\tpositive\t2\tgood\t-\tfuzz\n"
    "en.mod.not\tmodifier\tnegator\t4\tnot\t-\tfuzz\n"
    "en.mod.but\tmodifier\tcontrast\t1.5\tbut\t-\tfuzz\n"
    "en.theme.price\ttheme\tprice\t1\tprice*\t-\tfuzz\n";
constexpr std::string_view base_links =
    "polarity\tpositive\tplain\ttag\tadvocacy\t1\n"
    "polarity\tpositive\tnegated\tpolarity\tnegative\t0.74\n";

void check_verdict(const Verdict& verdict, std::string_view text) {
  double sum = 0;
  for (const Reason& reason : verdict.why) {
    if (reason.axis == Axis::polarity && reason.value == "positive") sum += reason.contribution;
    if (reason.axis == Axis::polarity && reason.value == "negative") sum -= reason.contribution;
    if (!reason.span) continue;
    expect(reason.span->begin < reason.span->end && reason.span->end <= text.size(),
           "spans lie inside the text");
    expect(text::char_border(text, reason.span->begin) == reason.span->begin &&
               text::char_border(text, reason.span->end) == reason.span->end,
           "spans lie on character borders");
  }
  expect(std::abs(std::tanh(sum / 4) - verdict.score) < 1e-6, "contributions sum to the score");
}

}  // namespace

// The bytes up to the first NUL are a table of rules, what follows is a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = input.find('\0');
  const std::string_view table = input.substr(0, nul);
  const std::string_view text = nul == std::string_view::npos ? input : input.substr(nul + 1);
  const std::vector<RulesFile> files = {{"rules/en/base.tsv", base_rules, false},
                                        {"rules/shared/links.tsv", base_links, false},
                                        {"mine/en/mine.tsv", table, true}};
  bool sound = true;
  for (const Finding& finding : lint(files)) {
    sound = sound && finding.warning;
    expect(!show(finding).empty(), "a finding can be shown");
  }
  const auto rules = load_rules(files);
  expect(rules.has_value() == sound, "rules load exactly where lint finds no error");
  if (!rules) return 0;
  const Classifier classifier(*rules);
  ClassifyInput asked;
  asked.text = text;
  asked.language = "en";
  const Verdict verdict = classifier.classify(asked, true);
  check_verdict(verdict, text);
  expect(classifier.classify(asked, true).why == verdict.why, "the same text has the same reasons");
  return 0;
}
