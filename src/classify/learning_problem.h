#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classify/candidates.h"
#include "classify/fit.h"
#include "classify/labelled_text.h"
#include "classify/learnt_row.h"
#include "classify/rules.h"

namespace testigo::classify {

// What the weights of candidates are fitted to. The candidates are compiled with weight 1 and every
// text is read by the classifier's own machinery, so that a unit of weight is worth here what it
// will be worth in a verdict: turned by a negator, halved before a "but", linked to other axes.
struct LearningProblem {
  FitProblem fit;  // a column for each candidate
  // By candidate: what it silences, on average and towards its side. A phrase hides the words
  // within it, so that its weight must first make up for theirs; what is fitted is the rest.
  std::vector<double> hidden;
  // By candidate: whether that can be made up for. Being neither has no opposite to be less of.
  std::vector<bool> usable;
};

struct LearningInput {
  const Rules& without;  // the rules as they are
  const Rules& with;     // and with candidate_rows among them
  std::string language;
  LearntAxis axis = LearntAxis::polarity;
  std::span<const LabelledText> texts;
  std::span<const std::uint32_t> chosen;
  std::uint32_t sets = 1;
  std::span<const Candidate> candidates;
};
[[nodiscard]] LearningProblem make_problem(const LearningInput& input);

// The candidates as rows of weight 1, by number.
[[nodiscard]] std::string candidate_rows(const LearntOrigin& origin,
                                         std::span<const Candidate> candidates);

}  // namespace testigo::classify
