#include "app/rule_hits.h"

#include <optional>
#include <set>
#include <string_view>

#include "app/evaluate_files.h"
#include "app/json_rows.h"

namespace testigo::app {
namespace {

using formats::JsonValue;

void count(const Verdict& verdict, const std::optional<std::string>& label,
           std::map<std::string, RuleHits>& hits) {
  std::set<std::string_view> rules;
  for (const Reason& reason : verdict.why) rules.insert(reason.rule);
  for (const std::string_view rule : rules) {
    RuleHits& counted = hits[std::string(rule)];
    ++counted.texts;
    if (label) ++counted.labels[*label];
  }
}

}  // namespace

Result<std::map<std::string, RuleHits>> count_rule_hits(const classify::Classifier& classifier,
                                                        const std::vector<std::string>& files) {
  std::map<std::string, RuleHits> hits;
  for (const std::string& file : files) {
    auto read = for_each_json_row(
        file, [&](const JsonValue& row, const std::string& where) -> Result<void> {
          const JsonValue* const text = row.find("text");
          const std::string* const words = text == nullptr ? nullptr : text->as_string();
          if (words == nullptr) return fail(Errc::malformed, "a row has a \"text\"", where);
          classify::ClassifyInput input;
          input.text = *words;
          count(classifier.classify(input, true), label_of(row, "tag"), hits);
          return {};
        });
    if (!read) return fail(std::move(read.error()));
  }
  return hits;
}

}  // namespace testigo::app
