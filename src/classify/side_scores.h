#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classify/classifier.h"
#include "classify/labelled_text.h"

namespace testigo::classify {

// Labels and answers of one set, counted.
class SideCounts {
 public:
  void add(Side label, Side answer) {
    ++counts_[static_cast<std::size_t>(label)][static_cast<std::size_t>(answer)];
    ++texts_;
  }
  [[nodiscard]] std::size_t texts() const { return texts_; }
  // Mean over the sides that are labelled.
  [[nodiscard]] double macro_f1() const;

 private:
  std::array<std::array<double, side_count>, side_count> counts_{};  // by label and answer
  std::size_t texts_ = 0;
};

// By set, whether it knows texts that are neither: a few among thousands are slips of a scale.
// Where a set knows none, those are left out, and the sign of the score is the answer on axis
// polarity (evaluate.h, axis sign).
[[nodiscard]] std::vector<bool> sets_with_neither(std::span<const LabelledText> texts,
                                                  std::uint32_t sets);

// What the classifier answers to each chosen text, by side.
[[nodiscard]] std::vector<Side> answers(const Classifier& classifier, std::string_view language,
                                        LearntAxis axis, std::span<const LabelledText> texts,
                                        std::span<const std::uint32_t> chosen,
                                        const std::vector<bool>& set_has_neither);

// The figures of a set.
struct SetScore {
  std::size_t texts = 0;
  double macro_f1 = 0.0;
};
// `given` holds an answer for each text.
[[nodiscard]] std::vector<SetScore> score_sets(std::span<const LabelledText> texts,
                                               std::span<const Side> given,
                                               const std::vector<bool>& set_has_neither);

// The mean over sets, each counting alike, whatever its size.
[[nodiscard]] double mean_of(std::span<const SetScore> scores);

}  // namespace testigo::classify
