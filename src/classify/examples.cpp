#include <algorithm>
#include <array>
#include <optional>

#include "classify/classifier.h"
#include "classify/collect.h"
#include "classify/lint.h"
#include "classify/rule_row.h"
#include "core/verdict.h"

namespace testigo::classify {
namespace {

// The brands that are looked for in every example.
const std::array<std::string, 2> example_brands = {"Acme", "Globex"};

enum ExampleColumn : std::size_t { rule_column, expectation_column, text_column, example_columns };

template <class Value>
std::string name_or_null(const std::optional<Value>& value) {
  return value ? std::string(to_string(*value)) : "null";
}

// What the verdict has on an axis that holds one value; nothing for a name that is no such axis.
std::optional<std::string> single_value(const Verdict& verdict, std::string_view axis) {
  if (axis == "tag") return name_or_null(verdict.tag);
  if (axis == "polarity") return name_or_null(verdict.polarity);
  if (axis == "act") return name_or_null(verdict.act);
  if (axis == "stage") return name_or_null(verdict.stage);
  if (axis == "intent") return name_or_null(verdict.intent);
  if (axis == "degree") return std::string(to_string(verdict.degree));
  if (axis == "recovery") return std::string(to_string(verdict.recovery));
  if (axis == "language") return verdict.language;
  return std::nullopt;
}

// What may stand several times, each with what is said of it.
struct Listed {
  std::string name;
  std::string full;  // "delivery:negative", "Acme:advocacy"
};

template <class Item, class NameOf, class SaidOf>
std::vector<Listed> listed(const std::vector<Item>& items, NameOf name_of, SaidOf said_of) {
  std::vector<Listed> out;
  for (const Item& item : items) {
    const std::string name = name_of(item);
    out.push_back({name, name + ":" + std::string(to_string(said_of(item)))});
  }
  return out;
}

std::optional<std::vector<Listed>> listed_on(const Verdict& verdict, std::string_view axis) {
  const auto facets = [](const std::vector<Facet>& all) {
    return listed(
        all, [](const Facet& f) { return f.name; }, [](const Facet& f) { return f.polarity; });
  };
  if (axis == "theme") return facets(verdict.themes);
  if (axis == "service") return facets(verdict.service);
  if (axis == "cycle") return facets(verdict.cycle);
  if (axis != "target") return std::nullopt;
  return listed(
      verdict.targets, [](const Target& t) { return t.brand; },
      [](const Target& t) { return t.tag; });
}

std::string names_of(const std::vector<Listed>& all) {
  std::string out;
  for (const Listed& one : all) out += (out.empty() ? "" : " ") + one.full;
  return out.empty() ? "none" : out;
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(by);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// What is wrong with one condition such as "tag=complaint|mixed", "theme=delivery" or "score>-0.3".
std::optional<std::string> unmet(const Verdict& verdict, std::string_view condition) {
  const std::size_t at = condition.find_first_of("=<>");
  if (at == std::string_view::npos)
    return "'" + std::string(condition) + "' is no condition; write axis=value";
  const std::string_view name = condition.substr(0, at);
  const std::string_view wanted = condition.substr(at + 1);
  if (name == "score") {
    const auto bound = read_number(wanted);
    if (!bound || condition[at] == '=') return "write score>NUMBER or score<NUMBER";
    const bool met = condition[at] == '<' ? verdict.score < *bound : verdict.score > *bound;
    return met ? std::nullopt : std::optional("the score is " + std::to_string(verdict.score));
  }
  const auto choices = split(wanted, '|');
  if (const auto value = single_value(verdict, name)) {
    if (std::find(choices.begin(), choices.end(), *value) != choices.end()) return std::nullopt;
    return std::string(name) + " is " + *value + ", not " + std::string(wanted);
  }
  const auto all = listed_on(verdict, name);
  if (!all) return "there is no axis '" + std::string(name) + "'";
  for (const Listed& one : *all) {
    for (const std::string_view choice : choices) {
      if (choice == one.name || choice == one.full) return std::nullopt;
    }
  }
  return std::string(name) + " is " + names_of(*all) + ", without " + std::string(wanted);
}

bool is_rule(const Rules& rules, std::string_view id) {
  const auto& ids = rules.compiled().ids;
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::optional<std::string> failure(const Rules& rules, const Verdict& verdict, const Row& row) {
  const std::string_view rule = row.cell(rule_column).text;
  const std::string_view expectation = row.cell(expectation_column).text;
  if (rule == "-") {
    for (const std::string_view condition : split(expectation, ',')) {
      if (auto wrong = unmet(verdict, condition)) return wrong;
    }
    return std::nullopt;
  }
  const bool fired = std::any_of(verdict.why.begin(), verdict.why.end(),
                                 [&](const Reason& reason) { return reason.rule == rule; });
  if (!fired && !is_rule(rules, rule)) return "there is no rule '" + std::string(rule) + "'";
  if (expectation == "fires")
    return fired ? std::nullopt : std::optional("'" + std::string(rule) + "' does not fire");
  if (expectation == "silent")
    return fired ? std::optional("'" + std::string(rule) + "' fires") : std::nullopt;
  return "the second column is 'fires' or 'silent' for a rule, conditions for '-'";
}

// Built-in examples hold under the built-in rules: this one fails for what lies over them.
Finding turned(Finding finding) {
  finding.what = "your rules turn this built-in example: " + finding.what;
  finding.warning = true;
  return finding;
}

}  // namespace

ExampleReport run_examples(const Rules& rules, std::span<const RulesFile> files,
                           std::string_view prefix) {
  ExampleReport report;
  const Classifier classifier(rules);
  const bool is_overlaid =
      std::any_of(files.begin(), files.end(), [](const RulesFile& file) { return file.overlay; });
  for (const PlacedRow& placed : collect_examples(files)) {
    const Row& row = placed.row;
    if (!row.cell(rule_column).text.starts_with(prefix)) continue;
    ++report.examples;
    if (row.cell_count != example_columns) {
      report.failures.push_back(
          placed.finding(1, "an example has 3 columns parted by tabs: rule, expectation, text"));
      continue;
    }
    ClassifyInput input;
    input.text = row.cell(text_column).text;
    input.brands = example_brands;
    if (placed.language != "shared") input.language = placed.language;
    const auto wrong = failure(rules, classifier.classify(input, true), row);
    if (!wrong) continue;
    const int column = row.cell(expectation_column).column;
    if (!is_overlaid || placed.file->overlay)
      report.failures.push_back(placed.finding(column, *wrong));
    else
      report.failures.push_back(turned(placed.finding(column, *wrong)));
  }
  return report;
}

}  // namespace testigo::classify
