#include "classify/evaluate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace testigo::classify {
namespace {

using namespace std::string_view_literals;

constexpr double comparison_dead_band = 0.1;  // ../shared/corpus/judge.py: targets
constexpr std::size_t least_rated_rows = 3;

constexpr std::array axis_names = {"polarity"sv, "sign"sv,    "complaint"sv, "tag"sv,
                                   "question"sv, "suggest"sv, "targets"sv,   "act"sv,
                                   "stage"sv,    "intent"sv};

template <class Value>
std::string name_or_null(const std::optional<Value>& value) {
  return value ? std::string(to_string(*value)) : "null";
}

double score_of(const Verdict& verdict, std::string_view brand) {
  for (const Target& target : verdict.targets) {
    if (target.brand == brand) return target.score;
  }
  return 0.0;
}

std::string compared(const LabelledAnswer& row) {
  const double difference =
      score_of(row.verdict, row.object_a) - score_of(row.verdict, row.object_b);
  if (difference > comparison_dead_band) return "better";
  return difference < -comparison_dead_band ? "worse" : "none";
}

std::string coarse_tag(const Verdict& verdict) {
  const Tag tag = verdict.tag.value_or(Tag::other);
  if (tag == Tag::question) return "other";
  if (tag == Tag::mixed) return verdict.score > 0 ? "advocacy" : "complaint";
  return std::string(to_string(tag));
}

bool is_left_out(EvaluationAxis axis, std::string_view label) {
  if (label == "mixed") return axis != EvaluationAxis::own_tag;
  return axis == EvaluationAxis::sign && label == "neutral";
}

// Labels of sets that name sentiment, where the question is the tag.
std::string label_on(EvaluationAxis axis, const std::string& label) {
  if (axis != EvaluationAxis::tag && axis != EvaluationAxis::own_tag) return label;
  if (label == "positive") return "advocacy";
  if (label == "negative") return "complaint";
  if (label == "neutral" || label == "answer") return "other";
  return label == "question" && axis == EvaluationAxis::tag ? "other" : label;
}

// Sets of sentiment or of questions share "mixed" and "question" with the tags.
EvaluationAxis axis_for(EvaluationAxis axis, const std::vector<LabelledAnswer>& rows) {
  const bool names_tags = std::any_of(rows.begin(), rows.end(), [](const LabelledAnswer& row) {
    return row.label == "advocacy" || row.label == "complaint" || row.label == "other";
  });
  return axis == EvaluationAxis::tag && names_tags ? EvaluationAxis::own_tag : axis;
}

// The names of an axis' values, and some more.
std::vector<std::string> values_of(Axis axis, std::initializer_list<const char*> more = {}) {
  const auto names = value_names(axis);
  std::vector<std::string> out(names.begin(), names.end());
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

std::optional<double> pearson(const std::vector<std::pair<double, double>>& pairs) {
  if (pairs.size() < least_rated_rows) return std::nullopt;
  double mean_x = 0, mean_y = 0;
  for (const auto& [x, y] : pairs) {
    mean_x += x;
    mean_y += y;
  }
  mean_x /= static_cast<double>(pairs.size());
  mean_y /= static_cast<double>(pairs.size());
  double xy = 0, xx = 0, yy = 0;
  for (const auto& [x, y] : pairs) {
    xy += (x - mean_x) * (y - mean_y);
    xx += (x - mean_x) * (x - mean_x);
    yy += (y - mean_y) * (y - mean_y);
  }
  if (xx == 0 || yy == 0) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

using Confusion = std::map<std::pair<std::string, std::string>, std::size_t>;

ClassScore score_class(const std::string& name, const Confusion& confusion) {
  std::size_t right = 0, labelled = 0, answered = 0;
  for (const auto& [pair, count] : confusion) {
    if (pair.first == name && pair.second == name) right += count;
    if (pair.first == name) labelled += count;
    if (pair.second == name) answered += count;
  }
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  ClassScore score{name, share(right, answered), share(right, labelled), 0.0, labelled};
  const double sum = score.precision + score.recall;
  score.f1 = sum == 0 ? 0.0 : 2 * score.precision * score.recall / sum;
  return score;
}

}  // namespace

std::optional<EvaluationAxis> parse_evaluation_axis(std::string_view name) {
  const auto found = std::find(axis_names.begin(), axis_names.end(), name);
  if (found == axis_names.end()) return std::nullopt;
  return static_cast<EvaluationAxis>(found - axis_names.begin());
}

std::vector<std::string> labels_of(EvaluationAxis axis) {
  switch (axis) {
    case EvaluationAxis::polarity:
    case EvaluationAxis::sign:
      return {"positive", "negative", "neutral", "mixed"};
    case EvaluationAxis::complaint:
      return {"complaint", "not_complaint", "mixed"};
    case EvaluationAxis::tag:
    case EvaluationAxis::own_tag:
      return values_of(Axis::tag, {"positive", "negative", "neutral", "answer"});
    case EvaluationAxis::question:
      return {"question", "answer"};
    case EvaluationAxis::suggest:
      return {"suggestion", "not_suggestion"};
    case EvaluationAxis::targets:
      return {"better", "worse", "none"};
    case EvaluationAxis::act:
      return values_of(Axis::act);
    case EvaluationAxis::stage:
      return values_of(Axis::stage, {"null"});
    case EvaluationAxis::intent:
      return values_of(Axis::intent, {"null"});
  }
  return {};
}

std::string answer_on(EvaluationAxis axis, const LabelledAnswer& row) {
  const Verdict& verdict = row.verdict;
  switch (axis) {
    case EvaluationAxis::polarity:
      return verdict.polarity == Polarity::mixed ? "neutral" : name_or_null(verdict.polarity);
    case EvaluationAxis::sign:
      return verdict.score > 0 ? "positive" : "negative";
    case EvaluationAxis::complaint:
      return verdict.tag == Tag::complaint || verdict.tag == Tag::mixed ? "complaint"
                                                                        : "not_complaint";
    case EvaluationAxis::tag:
      return coarse_tag(verdict);
    case EvaluationAxis::question:
      return verdict.tag == Tag::question ? "question" : "answer";
    case EvaluationAxis::suggest:
      return verdict.act == Act::suggest ? "suggestion" : "not_suggestion";
    case EvaluationAxis::targets:
      return compared(row);
    case EvaluationAxis::act:
      return name_or_null(verdict.act);
    case EvaluationAxis::stage:
      return name_or_null(verdict.stage);
    case EvaluationAxis::intent:
      return name_or_null(verdict.intent);
    case EvaluationAxis::own_tag:
      return name_or_null(verdict.tag);
  }
  return {};
}

Evaluation score_answers(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Evaluation out;
  std::set<std::string> labels;
  std::size_t right = 0;
  for (const auto& [label, answer] : pairs) {
    right += label == answer ? 1 : 0;
    ++out.confusion[{label, answer}];
    labels.insert(label);
  }
  for (const std::string& label : labels) {
    out.classes.push_back(score_class(label, out.confusion));
    out.macro_f1 += out.classes.back().f1 / static_cast<double>(labels.size());
  }
  out.rows = pairs.size();
  out.accuracy = out.rows == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(out.rows);
  return out;
}

Evaluation evaluate(EvaluationAxis asked, const std::vector<LabelledAnswer>& rows) {
  const EvaluationAxis axis = axis_for(asked, rows);
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::pair<double, double>> rated;
  for (const LabelledAnswer& row : rows) {
    if (is_left_out(axis, row.label)) continue;
    pairs.emplace_back(label_on(axis, row.label), answer_on(axis, row));
    if (row.rating) rated.emplace_back(row.verdict.score, *row.rating);
  }
  Evaluation out = score_answers(pairs);
  out.pearson = pearson(rated);
  return out;
}

std::vector<CalibrationBin> calibration(EvaluationAxis asked,
                                        const std::vector<LabelledAnswer>& rows, std::size_t bins) {
  const EvaluationAxis axis = axis_for(asked, rows);
  std::vector<CalibrationBin> out(std::max<std::size_t>(bins, 1));
  const double width = 1.0 / static_cast<double>(out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].from = width * static_cast<double>(i);
    out[i].to = width * static_cast<double>(i + 1);
  }
  for (const LabelledAnswer& row : rows) {
    if (is_left_out(axis, row.label) || !row.verdict.tag) continue;
    const double sure = std::clamp(row.verdict.confidence, 0.0, 1.0);
    CalibrationBin& bin = out[std::min(static_cast<std::size_t>(sure / width), out.size() - 1)];
    ++bin.rows;
    bin.mean_confidence += sure;
    bin.accuracy += label_on(axis, row.label) == answer_on(axis, row) ? 1.0 : 0.0;
  }
  for (CalibrationBin& bin : out) {
    if (bin.rows == 0) continue;
    bin.mean_confidence /= static_cast<double>(bin.rows);
    bin.accuracy /= static_cast<double>(bin.rows);
  }
  return out;
}

double calibration_error(const std::vector<CalibrationBin>& bins) {
  double rows = 0;
  double distance = 0;
  for (const CalibrationBin& bin : bins) {
    rows += static_cast<double>(bin.rows);
    distance += static_cast<double>(bin.rows) * std::abs(bin.mean_confidence - bin.accuracy);
  }
  return rows == 0 ? 0.0 : distance / rows;
}

}  // namespace testigo::classify
