#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "app/rule_hits.h"
#include "classify/classifier.h"
#include "cli/commands/commands.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

std::string labels_of(const app::RuleHits& hits) {
  std::string out;
  for (const auto& [label, texts] : hits.labels)
    out += (out.empty() ? "" : ", ") + label + " " + std::to_string(texts);
  return out;
}

using Hits = std::map<std::string, app::RuleHits>;

const app::RuleHits& hits_of(const Hits& hits, const classify::RuleRow& rule) {
  static const app::RuleHits none;
  const auto found = hits.find(rule.id);
  return found == hits.end() ? none : found->second;
}

// With what they hit, where that was counted: those that hit most first.
render::Rows rows_of(std::vector<classify::RuleRow> rules, const std::optional<Hits>& hits) {
  render::Rows rows{{"id", "axis", "value", "weight"}, {}};
  if (hits) {
    rows.columns.insert(rows.columns.end(), {"hits", "labels"});
    std::stable_sort(rules.begin(), rules.end(), [&](const auto& a, const auto& b) {
      return hits_of(*hits, a).texts > hits_of(*hits, b).texts;
    });
  }
  rows.columns.insert(rows.columns.end(), {"pattern", "where"});
  for (classify::RuleRow& rule : rules) {
    std::vector<render::Value> row{rule.id, rule.axis, rule.value, rule.weight};
    if (hits) {
      const app::RuleHits& own = hits_of(*hits, rule);
      row.insert(row.end(), {static_cast<std::int64_t>(own.texts), labels_of(own)});
    }
    row.insert(row.end(), {rule.pattern, rule.path + ":" + std::to_string(rule.line)});
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

ExitCode list(Context& context, const Arguments& arguments) {
  auto book = context.rule_book_for_verdicts();
  if (!book) return context.bad_configuration(book.error());
  const std::string prefix = arguments.value_or("PREFIX", "");
  std::vector<classify::RuleRow> rules = classify::list_rules((*book)->rules);
  std::erase_if(rules, [&](const auto& rule) { return !rule.id.starts_with(prefix); });
  std::optional<Hits> hits;
  if (arguments.has("--hits")) {
    auto counted =
        app::count_rule_hits(classify::Classifier((*book)->rules), arguments.values("--hits"));
    if (!counted) return context.failed(counted.error());
    hits = *std::move(counted);
  }
  const bool empty = rules.empty();
  context.out() << render::render_rows(rows_of(std::move(rules), hits), context.format(),
                                       context.terminal_for_names());
  return empty && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command rules_list_command() {
  return {"rules list",
          "classify",
          "The rules in force, with the line that each stands on",
          {{"PREFIX", Arity::positional, "", "ids that begin so: es.act", false, ""},
           {"--hits", Arity::values, "FILE",
            "count the texts of a JSONL file that each rule fires in, by label; may be repeated",
            false, ""},
           {"--fail-empty", Arity::flag, "", "exit 3 when nothing matches", false, ""}},
          {{"rules list es.act", "how Spanish says that it recommends, warns, asks"},
           {"rules list en.lex --hits reviews.jsonl",
            "which words fire most, and in what kind of text"}},
          list};
}

}  // namespace testigo::cli
