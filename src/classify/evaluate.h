#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/verdict.h"

namespace testigo::classify {

// One labelled row with the answer that was given for it.
struct LabelledAnswer {
  std::string id;
  std::string label;             // the set's own
  std::optional<double> rating;  // where the set has one
  std::string object_a;          // comparisons: the two named objects
  std::string object_b;
  std::string group;  // for --by: a set or a language
  Verdict verdict;
};

// How labels and answers are brought together.
enum class EvaluationAxis {
  polarity,   // mixed counts as neutral; but for own_tag, rows labelled mixed are left out
  sign,       // score above 0 is positive, else negative; neutral labels are left out too
  complaint,  // complaint and mixed tags against all others
  tag,        // question and other are "other", mixed goes by the sign of its score
  question,   // tag question against all others ("answer")
  suggest,    // act suggest against all others
  targets,    // better, worse, none: difference of the two objects' scores, dead band 0.1
  act,        // the axis' own value names from here on
  stage,
  intent,
  own_tag,  // what tag is where labels are tags' own names: each of the five for itself. No --axis
            // of its own, evaluate and calibration take it for tag
};
[[nodiscard]] std::optional<EvaluationAxis> parse_evaluation_axis(std::string_view name);

// The labels that rows may have on an axis.
[[nodiscard]] std::vector<std::string> labels_of(EvaluationAxis axis);

// A class' share of right answers. Precision is 0 where nothing was answered so, recall is 0 where
// nothing is labelled so, and F1 is their harmonic mean, 0 where both are.
struct ClassScore {
  std::string name;
  double precision = 0.0;
  double recall = 0.0;
  double f1 = 0.0;
  std::size_t labelled = 0;
};

struct Evaluation {
  std::size_t rows = 0;  // counted, after the left-out ones
  double accuracy = 0.0;
  double macro_f1 = 0.0;            // mean over the labelled classes
  std::vector<ClassScore> classes;  // by name
  std::optional<double> pearson;    // score with rating, from three rated rows on
  std::map<std::pair<std::string, std::string>, std::size_t> confusion;  // (label, answer) → rows
};

// Scores pairs of a label and the answer that was given; no ratings, so no Pearson r.
[[nodiscard]] Evaluation score_answers(const std::vector<std::pair<std::string, std::string>>& pairs);

// What the answer counts as on an axis, by the mapping above.
[[nodiscard]] std::string answer_on(EvaluationAxis axis, const LabelledAnswer& row);

[[nodiscard]] Evaluation evaluate(EvaluationAxis axis, const std::vector<LabelledAnswer>& rows);

// Confidence bins of equal width for --calibration: how often the tag was right where the
// classifier was this sure of it. Texts without a verdict claim nothing and are in no bin.
struct CalibrationBin {
  double from = 0.0;
  double to = 0.0;
  std::size_t rows = 0;
  double mean_confidence = 0.0;
  double accuracy = 0.0;
};
[[nodiscard]] std::vector<CalibrationBin> calibration(EvaluationAxis axis,
                                                      const std::vector<LabelledAnswer>& rows,
                                                      std::size_t bins = 10);

// By how much a confidence is wrong on average: over bins, the distance between mean confidence and
// share of right answers, weighted by rows (Naeini, Cooper & Hauskrecht 2015).
[[nodiscard]] double calibration_error(const std::vector<CalibrationBin>& bins);

}  // namespace testigo::classify
