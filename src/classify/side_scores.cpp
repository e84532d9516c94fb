#include "classify/side_scores.h"

#include <array>

namespace testigo::classify {
namespace {

// A set in which fewer than one in so many texts are neither does not know them.
constexpr std::size_t neither_share = 20;

}  // namespace

double SideCounts::macro_f1() const {
  double sum = 0;
  double labelled_sides = 0;
  for (std::size_t side = 0; side < side_count; ++side) {
    double labelled = 0;
    double answered = 0;
    for (std::size_t other = 0; other < side_count; ++other) {
      labelled += counts_[side][other];
      answered += counts_[other][side];
    }
    if (labelled == 0) continue;
    ++labelled_sides;
    sum += 2 * counts_[side][side] / (labelled + answered);
  }
  return labelled_sides == 0 ? 0.0 : sum / labelled_sides;
}

std::vector<bool> sets_with_neither(std::span<const LabelledText> texts, std::uint32_t sets) {
  std::vector<std::size_t> all(sets, 0);
  std::vector<std::size_t> neither(sets, 0);
  for (const LabelledText& text : texts) {
    ++all[text.set];
    neither[text.set] += text.side == Side::neither ? 1 : 0;
  }
  std::vector<bool> out;
  for (std::uint32_t set = 0; set < sets; ++set)
    out.push_back(neither[set] * neither_share >= all[set] && all[set] > 0);
  return out;
}

std::vector<Side> answers(const Classifier& classifier, std::string_view language, LearntAxis axis,
                          std::span<const LabelledText> texts,
                          std::span<const std::uint32_t> chosen,
                          const std::vector<bool>& set_has_neither) {
  std::vector<Side> out;
  out.reserve(chosen.size());
  for (const std::uint32_t text : chosen) {
    ClassifyInput input;
    input.text = texts[text].text;
    input.language = language;
    const Verdict verdict = classifier.classify(input, false);
    const bool by_sign = axis == LearntAxis::polarity && !set_has_neither[texts[text].set];
    const Side sign = verdict.score > 0 ? Side::favourable : Side::adverse;
    out.push_back(by_sign ? sign : side_of_verdict(axis, verdict));
  }
  return out;
}

std::vector<SetScore> score_sets(std::span<const LabelledText> texts, std::span<const Side> given,
                                 const std::vector<bool>& set_has_neither) {
  std::vector<SideCounts> counts(set_has_neither.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool counted = texts[i].side != Side::neither || set_has_neither[texts[i].set];
    if (counted) counts[texts[i].set].add(texts[i].side, given[i]);
  }
  std::vector<SetScore> out;
  for (const SideCounts& set : counts) out.push_back({set.texts(), set.macro_f1()});
  return out;
}

double mean_of(std::span<const SetScore> scores) {
  double sum = 0;
  for (const SetScore& score : scores) sum += score.macro_f1;
  return scores.empty() ? 0.0 : sum / static_cast<double>(scores.size());
}

}  // namespace testigo::classify
