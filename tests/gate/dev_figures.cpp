#include "gate/dev_figures.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "classify/evaluate.h"
#include "gate/labelled_rows.h"

using namespace testigo;

namespace {

// The sets that make up a task of the bars which is no set of its own.
const std::vector<std::string>& task_sets() {
  static const std::vector<std::string> sets = {"airline_tweets", "brand_tweets",
                                                "apple_tweets",   "trustpilot_en",
                                                "alexa_reviews",  "product_review_sentences",
                                                "product_qa",     "comparative_questions"};
  return sets;
}

bool is_task_label(const std::string& label) {
  return label == "positive" || label == "negative" || label == "neutral" || label == "question" ||
         label == "answer";
}

class DevSets {
 public:
  DevSets(const classify::Classifier& classifier, std::string folder)
      : classifier_(classifier), folder_(std::move(folder)) {}

  // The rows that a line of the bars is about.
  std::vector<classify::LabelledAnswer> rows_of(const std::string& name) {
    std::vector<classify::LabelledAnswer> out;
    if (name == "product_task") {
      for (const std::string& set : task_sets())
        for (const LabelledRow& row : set_of(set))
          if (is_task_label(text_of(row.row, "label").value_or(""))) out.push_back(answer_of(row));
    } else if (name == "complaints_brand_addressed") {
      for (const LabelledRow& row : set_of("complaints_twitter"))
        if (!text_of(row.row, "domain").value_or("").starts_with("random"))
          out.push_back(answer_of(row));
    } else {
      for (const LabelledRow& row : set_of(name)) out.push_back(answer_of(row));
    }
    return out;
  }

 private:
  static classify::LabelledAnswer answer_of(const LabelledRow& row) {
    classify::LabelledAnswer out;
    out.label = text_of(row.row, "label").value_or("");
    out.object_a = text_of(row.row, "object_a").value_or("");
    out.object_b = text_of(row.row, "object_b").value_or("");
    if (const formats::JsonValue* rating = row.row.find("rating")) out.rating = rating->as_double();
    out.verdict = row.verdict;
    return out;
  }

  const std::vector<LabelledRow>& set_of(const std::string& name) {
    const auto known = sets_.find(name);
    if (known != sets_.end()) return known->second;
    const std::string path = folder_ + "/" + name + "/dev.jsonl";
    std::vector<LabelledRow> rows;
    if (std::filesystem::exists(path)) rows = read_rows(classifier_, path);
    return sets_.emplace(name, std::move(rows)).first->second;
  }

  const classify::Classifier& classifier_;
  std::string folder_;
  std::map<std::string, std::vector<LabelledRow>> sets_;
};

}  // namespace

DevFigures dev_figures(const classify::Classifier& classifier, const std::string& corpus_folder) {
  DevFigures out;
  DevSets sets(classifier, corpus_folder);
  for (const std::vector<std::string>& bar : read_columns(corpus_folder + "/bars.tsv")) {
    constexpr std::size_t floor_column = 6;
    if (bar.size() <= floor_column) continue;
    const auto axis = classify::parse_evaluation_axis(bar[1] == "score" ? "polarity" : bar[1]);
    const std::vector<classify::LabelledAnswer> rows = sets.rows_of(bar[0]);
    if (!axis || rows.empty()) continue;
    const classify::Evaluation evaluation = classify::evaluate(*axis, rows);
    const double value = bar[2] == "pearson" ? evaluation.pearson.value_or(0) : evaluation.macro_f1;
    out.figures.push_back({bar[0], bar[1], bar[2], evaluation.rows, value});
    out.bars[{bar[0], bar[1]}] = std::stod(bar[floor_column]);
  }
  return out;
}
