#include "classify/evaluate.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::classify;

namespace {

LabelledAnswer answer(std::string label, Polarity polarity, double score, Tag tag = Tag::other) {
  LabelledAnswer row;
  row.label = std::move(label);
  row.verdict.polarity = polarity;
  row.verdict.score = score;
  row.verdict.tag = tag;
  return row;
}

}  // namespace

TEST_CASE("accuracy and F1 are counted by hand", "[classify]") {
  const std::vector<LabelledAnswer> rows = {
      answer("positive", Polarity::positive, 0.5), answer("positive", Polarity::neutral, 0.1),
      answer("negative", Polarity::negative, -0.5), answer("neutral", Polarity::mixed, 0.0),
      answer("mixed", Polarity::mixed, 0.0)};
  const Evaluation result = evaluate(EvaluationAxis::polarity, rows);
  CHECK(result.rows == 4);
  CHECK(result.accuracy == Approx(0.75));
  REQUIRE(result.classes.size() == 3);
  CHECK(result.classes[0].name == "negative");
  CHECK(result.classes[0].f1 == Approx(1));
  CHECK(result.classes[1].precision == Approx(0.5));
  CHECK(result.classes[2].recall == Approx(0.5));
  CHECK(result.macro_f1 == Approx((1 + 2.0 / 3 + 2.0 / 3) / 3));
  CHECK(result.confusion.at({"positive", "neutral"}) == 1);
}

TEST_CASE("the tag of mixed goes by its score and questions are other", "[classify]") {
  LabelledAnswer row = answer("positive", Polarity::mixed, 0.2, Tag::mixed);
  CHECK(answer_on(EvaluationAxis::tag, row) == "advocacy");
  row.verdict.score = -0.2;
  CHECK(answer_on(EvaluationAxis::tag, row) == "complaint");
  CHECK(answer_on(EvaluationAxis::complaint, row) == "complaint");
  row.verdict.tag = Tag::question;
  CHECK(answer_on(EvaluationAxis::tag, row) == "other");
  CHECK(answer_on(EvaluationAxis::question, row) == "question");
  CHECK(answer_on(EvaluationAxis::sign, row) == "negative");
  CHECK(evaluate(EvaluationAxis::tag, {answer("negative", Polarity::negative, -1, Tag::complaint)})
            .accuracy == 1.0);
}

TEST_CASE("where labels are tags' own names each of the five stands for itself", "[classify]") {
  const std::vector<LabelledAnswer> rows = {
      answer("advocacy", Polarity::positive, 1, Tag::advocacy),
      answer("mixed", Polarity::mixed, 0.1, Tag::mixed),
      answer("question", Polarity::neutral, 0, Tag::question),
      answer("other", Polarity::neutral, 0, Tag::question)};
  const Evaluation result = evaluate(EvaluationAxis::tag, rows);
  CHECK(result.rows == 4);
  CHECK(result.confusion.at({"mixed", "mixed"}) == 1);
  CHECK(result.confusion.at({"question", "question"}) == 1);
  CHECK(result.confusion.at({"other", "question"}) == 1);
  CHECK(result.accuracy == Approx(0.75));
  double right = 0;
  for (const CalibrationBin& bin : calibration(EvaluationAxis::tag, rows))
    right += bin.accuracy * static_cast<double>(bin.rows);
  CHECK(right == Approx(3));
}

TEST_CASE("where labels are sentiment's, mixed ones are left out of the tag", "[classify]") {
  const Evaluation result =
      evaluate(EvaluationAxis::tag, {answer("positive", Polarity::mixed, 0.1, Tag::mixed),
                                     answer("mixed", Polarity::mixed, 0.1, Tag::mixed)});
  CHECK(result.rows == 1);
  CHECK(result.confusion.at({"advocacy", "advocacy"}) == 1);
}

TEST_CASE("an axis knows its labels", "[classify]") {
  CHECK(labels_of(EvaluationAxis::targets) == std::vector<std::string>{"better", "worse", "none"});
  CHECK(labels_of(EvaluationAxis::intent) ==
        std::vector<std::string>{"buy", "repurchase", "churn", "switch", "null"});
  CHECK(labels_of(EvaluationAxis::tag).size() == 9);
}

TEST_CASE("comparisons have a dead band", "[classify]") {
  LabelledAnswer row;
  row.object_a = "A";
  row.object_b = "B";
  row.verdict.targets = {{"A", Tag::other, 0.3}, {"B", Tag::other, 0.25}};
  CHECK(answer_on(EvaluationAxis::targets, row) == "none");
  row.verdict.targets[1].score = -0.25;
  CHECK(answer_on(EvaluationAxis::targets, row) == "better");
  row.verdict.targets = {{"B", Tag::other, 0.3}};
  CHECK(answer_on(EvaluationAxis::targets, row) == "worse");
}

TEST_CASE("Pearson needs three rated rows and some spread", "[classify]") {
  std::vector<LabelledAnswer> rows;
  for (int i = 1; i <= 3; ++i) {
    rows.push_back(answer("x", Polarity::neutral, 0.1 * i));
    rows.back().rating = i * 2.0;
  }
  CHECK(evaluate(EvaluationAxis::polarity, rows).pearson.value() == Approx(1));
  rows.pop_back();
  CHECK_FALSE(evaluate(EvaluationAxis::polarity, rows).pearson);
}

TEST_CASE("no rows and no verdicts are no trouble", "[classify]") {
  CHECK(evaluate(EvaluationAxis::tag, {}).macro_f1 == 0.0);
  LabelledAnswer unclassified;
  unclassified.label = "positive";
  CHECK(evaluate(EvaluationAxis::polarity, {unclassified}).accuracy == 0.0);
  CHECK(answer_on(EvaluationAxis::stage, unclassified) == "null");
}

TEST_CASE("calibration bins hold every row once", "[classify]") {
  std::vector<LabelledAnswer> rows = {answer("positive", Polarity::positive, 1),
                                      answer("positive", Polarity::negative, -1)};
  rows[0].verdict.confidence = 1.0;
  rows[1].verdict.confidence = 0.05;
  const auto bins = calibration(EvaluationAxis::polarity, rows);
  REQUIRE(bins.size() == 10);
  CHECK(bins[9].accuracy == 1.0);
  CHECK(bins[0].accuracy == 0.0);
  CHECK(bins[0].rows == 1);
  CHECK(calibration_error(bins) == Approx((0.0 + 0.05) / 2));
  rows[1].verdict.tag = std::nullopt;
  CHECK(calibration(EvaluationAxis::polarity, rows)[0].rows == 0);
  CHECK(calibration_error({}) == 0.0);
}
