#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classify/classifier.h"
#include "core/embedded.h"
#include "text/utf8.h"

using namespace testigo;
using namespace testigo::classify;

namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken property: %s\n", what);
  std::abort();
}

const Classifier& built_in() {
  static const Classifier classifier = [] {
    std::vector<RulesFile> files;
    for (const EmbeddedFile& file : embedded_files())
      if (file.path.starts_with("rules/")) files.push_back({file.path, file.bytes, false});
    auto rules = load_rules(files);
    expect(rules.has_value(), "the built-in rules load");
    return Classifier(std::move(*rules));
  }();
  return classifier;
}

Verdict judge(std::string_view text, std::string_view language) {
  static const std::vector<std::string> brands = {"Acme Cloud", "Globex"};
  ClassifyInput input;
  input.text = text;
  if (!language.empty()) input.language = language;
  input.brands = brands;
  return built_in().classify(input, true);
}

double sum_of(const Verdict& verdict, Axis axis, std::string_view value) {
  double sum = 0;
  for (const Reason& reason : verdict.why)
    if (reason.axis == axis && reason.value == value) sum += reason.contribution;
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

void check_spans(const Verdict& verdict, std::string_view text) {
  for (const Reason& reason : verdict.why) {
    if (!reason.span) continue;
    expect(reason.span->begin < reason.span->end && reason.span->end <= text.size(),
           "spans lie inside the text");
    expect(text::char_border(text, reason.span->begin) == reason.span->begin &&
               text::char_border(text, reason.span->end) == reason.span->end,
           "spans lie on character borders");
  }
}

// No value of the axis may have a higher sum than the one that was chosen.
void check_choice(const Verdict& verdict, Axis axis, std::string_view chosen) {
  constexpr double rounding = 1e-9;
  const double best = sum_of(verdict, axis, chosen);
  for (const std::string_view value : value_names(axis))
    expect(sum_of(verdict, axis, value) <= best + rounding, "contributions sum to the logits");
}

void check_sums(const Verdict& verdict) {
  const double felt =
      sum_of(verdict, Axis::polarity, "positive") - sum_of(verdict, Axis::polarity, "negative");
  expect(std::abs(std::tanh(felt / 4) - verdict.score) < 1e-6, "contributions sum to the score");
  check_choice(verdict, Axis::tag, to_string(*verdict.tag));
  check_choice(verdict, Axis::polarity, to_string(*verdict.polarity));
  check_choice(verdict, Axis::act, to_string(*verdict.act));
}

// Blanks out what speaks for a tag until nothing does: then it is gone, unless what no words say
// (a bias) or what speaks against the other tags still carries it.
void check_taking_away(std::string text, const Verdict& verdict) {
  constexpr int most_rounds = 64;
  const Tag tag = *verdict.tag;
  if (tag == Tag::other || tag == Tag::mixed) return;
  Verdict left = verdict;
  for (int round = 0; left.tag == tag; ++round) {
    bool speaks = false;
    bool against_others = false;
    for (const Reason& reason : left.why) {
      if (reason.axis != Axis::tag || !reason.span) continue;
      const bool own = reason.value == to_string(tag);
      against_others |= !own && reason.contribution < 0;
      if (!own || reason.contribution <= 0) continue;
      speaks = true;
      for (std::size_t i = reason.span->begin; i < reason.span->end; ++i) text[i] = ' ';
    }
    if (!speaks) {
      double wordless = 0;
      for (const Reason& reason : left.why) {
        if (reason.axis != Axis::tag || reason.span) continue;
        if (reason.value == to_string(tag)) wordless += reason.contribution;
        if (reason.value == "other") wordless -= reason.contribution;
      }
      expect(against_others || wordless > 0, "without its words a tag is gone");
      return;
    }
    expect(round < most_rounds, "taking words away comes to an end");
    left = judge(text, verdict.language);
  }
}

}  // namespace

// The first byte says whether the language is told, the rest is a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::string_view, 4> languages = {"", "en", "es", "ro"};
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view language = languages[data[0] % languages.size()];
  const Verdict verdict = judge(text, language);
  check_spans(verdict, text);
  expect(same(judge(text, language), verdict), "the same text has the same verdict");
  expect(same(judge(text + " ", language), verdict), "a blank at the end changes nothing");
  if (!verdict.tag) return 0;
  check_sums(verdict);
  check_taking_away(text, verdict);
  return 0;
}
