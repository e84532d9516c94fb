#include "classify/bias_tuning.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "classify/side_scores.h"
#include "classify/voices.h"

namespace testigo::classify {
namespace {

constexpr double step = 0.1;     // weights are shown with one decimal
constexpr int most_steps = 12;   // a bias that is further off is wrong for another reason
constexpr double gain = 0.0005;  // of macro-F1; less is no reason to move

double weight_of_both(const LanguageRules& language, LearntAxis axis) {
  double sum = 0;
  const std::uint8_t of = index_of(axis == LearntAxis::polarity ? Axis::polarity : Axis::tag);
  for (const FieldRule& field : language.boths)
    if (field.rule.axis == of) sum += field.rule.weight;
  return sum;
}

}  // namespace

BiasTuner::BiasTuner(const Rules& rules, std::string_view language, LearntAxis axis,
                     std::span<const LabelledText> texts, std::span<const std::uint32_t> chosen,
                     const std::vector<bool>& set_has_neither)
    : axis_(axis), set_has_neither_(set_has_neither) {
  const LanguageRules& of_language = *rules.compiled().find(language);
  both_ = weight_of_both(of_language, axis);
  VoiceReader reader(rules.compiled(), of_language, axis);
  for (const std::uint32_t number : chosen) {
    const LabelledText& text = texts[number];
    if (text.side == Side::neither && !set_has_neither[text.set]) continue;
    reader.read(text.text);
    TextSums sums{reader.biases(), text.side, text.set};
    for (const Voice& voice : reader.voices())
      for (std::size_t side = 0; side < sums.sums.size(); ++side)
        sums.sums[side] += voice.says[side];
    texts_.push_back(sums);
  }
}

// As the classifier decides: the highest wins, neither where none is higher; mixed polarity is
// neither, a mixed tag is the side that says more.
Side BiasTuner::answer(const TextSums& text, const BiasShift& shift) const {
  const double good = text.sums[0];
  const double bad = text.sums[1] + shift.adverse;
  const Side sign = good > bad ? Side::favourable : Side::adverse;
  if (axis_ == LearntAxis::polarity && !set_has_neither_[text.set]) return sign;
  const double neither = text.sums[2] + shift.neither;
  const double mixed = both_ * std::max(0.0, std::min(good, bad));
  const double most = std::max(good, bad);
  if (axis_ == LearntAxis::tag)
    return std::max(most, mixed) > std::max(neither, text.sums[3]) ? sign : Side::neither;
  return most > neither && most >= mixed ? sign : Side::neither;
}

double BiasTuner::score(const BiasShift& shift) const {
  std::vector<SideCounts> sets(set_has_neither_.size());
  for (const TextSums& text : texts_) sets[text.set].add(text.label, answer(text, shift));
  double sum = 0;
  double counted = 0;
  for (const SideCounts& set : sets) {
    if (set.texts() == 0) continue;
    sum += set.macro_f1();
    ++counted;
  }
  return counted == 0 ? 0.0 : sum / counted;
}

// One bias after the other, twice: they hardly lean on each other. Polarity has one only: a score
// is to be 0 where nothing is said.
BiasShift BiasTuner::best() const {
  using Part = double BiasShift::*;
  std::vector<Part> parts = {&BiasShift::neither};
  if (axis_ == LearntAxis::tag) {
    parts = {&BiasShift::neither, &BiasShift::adverse, &BiasShift::neither, &BiasShift::adverse};
  }
  BiasShift best;
  double best_score = score(best);
  for (const Part part : parts) {
    BiasShift tried = best;
    for (int distance = 1; distance <= most_steps; ++distance) {
      for (const int sign : {1, -1}) {
        tried.*part = sign * distance * step;
        const double here = score(tried);
        if (here <= best_score + gain) continue;
        best_score = here;
        best = tried;
      }
    }
  }
  return best;
}

}  // namespace testigo::classify
