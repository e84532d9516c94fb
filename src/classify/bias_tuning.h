#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classify/labelled_text.h"
#include "classify/rules.h"

namespace testigo::classify {

// What to add to the biases of an axis: to the adverse side and to neither; the favourable side is
// what they are measured from.
struct BiasShift {
  double adverse = 0.0;
  double neither = 0.0;
};

// The sums that decide over a text, biases included.
struct TextSums {
  SideSums sums{};
  Side label = Side::neither;
  std::uint32_t set = 0;
};

// Tunes biases on texts that were read once.
class BiasTuner {
 public:
  // `set_has_neither`, as in side_scores.h, must outlive the tuner.
  BiasTuner(const Rules& rules, std::string_view language, LearntAxis axis,
            std::span<const LabelledText> texts, std::span<const std::uint32_t> chosen,
            const std::vector<bool>& set_has_neither);

  // The shift, in steps of a tenth, with the highest mean of the sets' macro-F1; of equal ones the
  // smallest.
  [[nodiscard]] BiasShift best() const;
  // That mean for a shift.
  [[nodiscard]] double score(const BiasShift& shift) const;

 private:
  [[nodiscard]] Side answer(const TextSums& text, const BiasShift& shift) const;

  LearntAxis axis_;
  double both_ = 0.0;  // weight of `mixed`
  const std::vector<bool>& set_has_neither_;
  std::vector<TextSums> texts_;
};

}  // namespace testigo::classify
