#include "gate/gold_figures.h"

#include <algorithm>
#include <functional>
#include <map>

#include "classify/evaluate.h"

using namespace testigo;

namespace {

constexpr std::size_t least_hard_rows = 10;

using Pairs = std::vector<std::pair<std::string, std::string>>;

template <class Value>
std::string name_or_null(const std::optional<Value>& value) {
  return value ? std::string(to_string(*value)) : "null";
}

std::string answer_on(const Verdict& verdict, const std::string& axis) {
  if (axis == "tag") return name_or_null(verdict.tag);
  if (axis == "polarity") return name_or_null(verdict.polarity);
  if (axis == "act") return name_or_null(verdict.act);
  if (axis == "stage") return name_or_null(verdict.stage);
  if (axis == "intent") return name_or_null(verdict.intent);
  if (axis == "degree") return std::string(to_string(verdict.degree));
  return std::string(to_string(verdict.recovery));
}

const std::vector<Facet>& facets_of(const Verdict& verdict, const std::string& axis) {
  if (axis == "themes") return verdict.themes;
  return axis == "service" ? verdict.service : verdict.cycle;
}

// Label and answer of every row that is labelled on the axis; a null label is one.
Pairs pairs_of(const std::vector<LabelledRow>& rows, const std::string& axis) {
  Pairs pairs;
  for (const LabelledRow& row : rows) {
    const formats::JsonValue* label = row.row.find("label")->find(axis);
    if (label == nullptr) continue;
    pairs.emplace_back(label->to_text().value_or("null"), answer_on(row.verdict, axis));
  }
  return pairs;
}

Figure found_names(const std::string& language, const std::vector<LabelledRow>& rows,
                   const std::string& axis) {
  std::size_t labelled = 0;
  std::size_t found = 0;
  for (const LabelledRow& row : rows) {
    const formats::JsonValue* names = row.row.find("label")->find(axis);
    if (names == nullptr) continue;
    for (const formats::JsonValue& name : names->items()) {
      const std::string wanted = name.to_text().value_or("");
      const std::vector<Facet>& facets = facets_of(row.verdict, axis);
      ++labelled;
      found += std::any_of(facets.begin(), facets.end(),
                           [&](const Facet& facet) { return facet.name == wanted; })
                   ? 1
                   : 0;
    }
  }
  const double share =
      labelled == 0 ? 0.0 : static_cast<double>(found) / static_cast<double>(labelled);
  return {language, axis, "recall", labelled, share};
}

std::map<std::string, Pairs> hard_subsets(const std::vector<LabelledRow>& rows) {
  std::map<std::string, Pairs> subsets;
  for (const LabelledRow& row : rows) {
    const auto tag = text_of(*row.row.find("label"), "tag");
    const formats::JsonValue* hard = row.row.find("hard");
    if (!tag || hard == nullptr) continue;
    for (const formats::JsonValue& name : hard->items())
      subsets[name.to_text().value_or("")].emplace_back(*tag, answer_on(row.verdict, "tag"));
  }
  return subsets;
}

}  // namespace

std::vector<Figure> gold_figures(const std::string& language,
                                 const std::vector<LabelledRow>& rows) {
  std::vector<Figure> out;
  for (const char* axis : {"tag", "polarity", "act", "stage"}) {
    const Pairs pairs = pairs_of(rows, axis);
    out.push_back(
        {language, axis, "macro_f1", pairs.size(), classify::score_answers(pairs).macro_f1});
  }
  for (const char* axis : {"intent", "degree", "recovery"}) {
    const Pairs pairs = pairs_of(rows, axis);
    out.push_back(
        {language, axis, "accuracy", pairs.size(), classify::score_answers(pairs).accuracy});
  }
  for (const char* axis : {"themes", "service", "cycle"})
    out.push_back(found_names(language, rows, axis));
  for (const auto& [name, pairs] : hard_subsets(rows))
    if (pairs.size() >= least_hard_rows)
      out.push_back({language, "hard:" + name, "accuracy", pairs.size(),
                     classify::score_answers(pairs).accuracy});
  return out;
}
