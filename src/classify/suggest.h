#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classify/learner.h"
#include "classify/side_scores.h"
#include "core/result.h"

namespace testigo::classify {

struct SuggestOptions {
  std::size_t folds = 5;
  bool leave_out = false;         // also learn without each set in turn, and score that set
  std::optional<double> penalty;  // instead of the one that cross-validation chooses
};

// A learnt row with what a person needs to accept or refuse it.
struct Suggestion {
  LearntRow row;
  std::string id;
  double precision = 0.0;          // of the texts where it fires, those of its side
  std::vector<std::string> wrong;  // some where it fires and is wrong, cut to a line
  std::size_t fires = 0;
};

// What learning does to each set: before, held out by cross-validation, and left out whole.
struct SetFigures {
  SetScore before;
  double cross_validated = 0.0;
  std::optional<double> left_out;
};

struct Suggestions {
  std::vector<Suggestion> rows;  // the heaviest evidence first
  std::vector<SetFigures> sets;
  double penalty = 0.0;  // that cross-validation chose
  // Mean over sets of the cross-validated macro-F1 at each penalty tried; before them, at 0, with
  // no rows, and after them, at infinity, with the biases alone.
  std::vector<std::pair<double, double>> tried;
};

// Learns rows for one language and says how much they help. Every figure but `precision` is from
// texts that were not learnt from, read by the classifier with the rows compiled in. Folds go by a
// hash of the text, so that the same texts give the same answer and two copies of a text one fold.
[[nodiscard]] Result<Suggestions> suggest(const LearningTask& task, const SuggestOptions& options);

}  // namespace testigo::classify
