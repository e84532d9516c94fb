#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "app/files.h"
#include "app/labelled_texts.h"
#include "app/language_code.h"
#include "classify/learnt_row.h"
#include "classify/suggest.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "core/time.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::cli {
namespace {

constexpr std::int64_t default_support = 10;

struct Learnt {
  classify::LearntOrigin origin;
  std::vector<std::string> sets;
  classify::Suggestions found;
};

std::string three(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

// What the weights were learnt from, for the last column.
std::string provenance_of(const std::vector<std::string>& sets, UtcTime now) {
  std::string out = "learnt from ";
  constexpr std::size_t most_named = 3;
  for (std::size_t i = 0; i < sets.size() && i < most_named; ++i) out += sets[i] + ", ";
  if (sets.size() > most_named) out += std::to_string(sets.size() - most_named) + " more, ";
  return out + to_iso8601(now).substr(0, 4);
}

std::string penalty_name(double penalty) {
  if (std::isinf(penalty)) return "biases alone";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", penalty);
  return text.data();
}

std::string figures_of(const Learnt& learnt, const render::Terminal& terminal) {
  render::Table table;
  table.columns = {{"set", render::Align::left, true},
                   {"texts", render::Align::right, false},
                   {"macro-F1", render::Align::right, false},
                   {"cross-validated", render::Align::right, false},
                   {"left out", render::Align::right, false}};
  for (std::size_t i = 0; i < learnt.sets.size(); ++i) {
    const classify::SetFigures& set = learnt.found.sets[i];
    table.rows.push_back({{learnt.sets[i]},
                          {std::to_string(set.before.texts)},
                          {three(set.before.macro_f1)},
                          {three(set.cross_validated)},
                          {set.left_out ? three(*set.left_out) : ""}});
  }
  std::string out = learnt.origin.language + ", " +
                    std::string(classify::axis_name(learnt.origin.axis)) + ": " +
                    std::to_string(learnt.found.rows.size()) + " candidates; mean macro-F1 " +
                    three(learnt.found.tried.front().second) + " without them";
  for (std::size_t i = 1; i < learnt.found.tried.size(); ++i) {
    const auto& [penalty, mean] = learnt.found.tried[i];
    out += (i == 1 ? ", by penalty " : ", ") + penalty_name(penalty) + ": " + three(mean);
  }
  return out + "\n" + render::render_table(table, terminal);
}

std::string quoted(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : " | ") + text;
  return out;
}

// What speaks for a line and against it. A bias has no words of its own to be seen in texts.
std::string judged(const classify::Suggestion& row) {
  if (row.fires == 0)
    return "a bias: what is said before any word is read; keep it with the lines that follow";
  return "right in " + three(row.precision) + " of " + std::to_string(row.fires) +
         (row.wrong.empty() ? "" : "; wrong: " + quoted(row.wrong));
}

// A table of rules to be read, thinned out and accepted: each line under what speaks against it.
std::string draft_of(const std::vector<Learnt>& all) {
  std::string out =
      "# Candidates. Take out each line that you do not believe, then: testigo rules accept "
      "THIS\n" +
      std::string(classify::table_header);
  for (const Learnt& learnt : all) {
    for (const classify::Suggestion& row : learnt.found.rows) {
      out += "\n# " + judged(row) + "\n" + classify::table_line(learnt.origin, row.row) + "\n";
    }
  }
  return out;
}

render::Rows rows_of(const std::vector<Learnt>& all) {
  render::Rows rows{{"id", "value", "weight", "pattern", "support", "precision", "wrong"}, {}};
  for (const Learnt& learnt : all)
    for (const classify::Suggestion& row : learnt.found.rows)
      rows.rows.push_back(
          {row.id, std::string(classify::value_name(learnt.origin.axis, row.row.side)),
           row.row.weight, row.row.pattern, static_cast<std::int64_t>(row.row.support),
           row.fires == 0 ? render::Value() : render::Value(row.precision), quoted(row.wrong)});
  return rows;
}

// The rules in force; without the lines that were learnt before, to learn them anew.
std::vector<classify::RulesFile> tables_of(const app::RuleBook& book, bool anew) {
  std::vector<classify::RulesFile> tables;
  for (const app::RuleFile& file : book.files)
    if (!anew || !file.path.ends_with("/learnt.tsv"))
      tables.push_back({file.path, file.bytes, file.overlay});
  return tables;
}

Result<void> read_all(Context& context, const Arguments& arguments, app::LabelledTexts& texts) {
  for (const std::string& file : arguments.values("FILE"))
    if (auto read = texts.read_file(file); !read) return read;
  if (!arguments.has("--from-store")) return {};
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  return texts.read_store(*store);
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// The language whose texts alone are to be read, where one is said.
Result<std::optional<std::string>> language_of(const Arguments& arguments,
                                               const classify::Rules& rules) {
  const auto said = arguments.value("--lang");
  if (!said) return std::optional<std::string>();
  std::string code = app::language_code_of(*said);
  if (rules.compiled().find(code) != nullptr) return std::optional(std::move(code));
  return fail(Errc::malformed,
              "there are no rules of \"" + *said + "\"; it is one of " + listed(rules.languages()),
              "--lang");
}

// What was read and taught nothing.
void tell_of_unused(Context& context, const app::LabelledTexts& texts, classify::LearntAxis axis,
                    const classify::Rules& rules) {
  if (texts.is_full())
    context.err() << "testigo: more than can be learnt from at once; the first texts were read\n";
  if (texts.mute_rows() > 0)
    context.err() << "testigo: " << texts.first_mute() << ": "
                  << render::counted(static_cast<std::int64_t>(texts.mute_rows()), "row")
                  << " passed over, this the first: a row has a label of "
                  << classify::axis_name(axis)
                  << ", or for \"rating\" a number from 1 to 5 or {\"value\",\"best\",\"worst\"}\n";
  std::size_t used = 0;
  for (const auto& [language, of_language] : texts.by_language()) {
    const std::size_t count = of_language.texts.size();
    if (rules.compiled().find(language) != nullptr)
      used += count;
    else
      context.err() << "testigo: " << render::counted(static_cast<std::int64_t>(count), "text")
                    << " in \"" << language << "\" passed over: there are no rules of it\n";
  }
  if (used == 0) context.err() << "testigo: there is nothing to learn from\n";
}

Result<std::optional<double>> penalty_of(const Arguments& arguments) {
  const auto word = arguments.value("--penalty");
  if (!word) return std::optional<double>();
  double penalty = 0;
  const auto [end, error] = std::from_chars(word->data(), word->data() + word->size(), penalty);
  if (error != std::errc() || end != word->data() + word->size() || !(penalty > 0))
    return fail(Errc::malformed, "\"" + *word + "\" is no number above 0", "--penalty");
  return std::optional(penalty);
}

ExitCode run(Context& context, const Arguments& arguments) {
  const std::string axis_word = arguments.value_or("--axis", "polarity");
  const auto axis = classify::parse_learnt_axis(axis_word);
  if (!axis)
    return context.bad_usage(
        {Errc::malformed, "\"" + axis_word + "\" is none of polarity, tag", "--axis"});
  const auto support = arguments.number("--min-support", default_support, 2, 100'000);
  if (!support) return context.bad_usage(support.error());
  if (arguments.values("FILE").empty() && !arguments.has("--from-store"))
    return context.bad_usage(
        {Errc::malformed, "name files with labelled texts, or give --from-store", "FILE"});
  const auto penalty = penalty_of(arguments);
  if (!penalty) return context.bad_usage(penalty.error());
  auto book = context.rule_book_for_verdicts();
  if (!book) return context.bad_configuration(book.error());
  const auto only = language_of(arguments, (*book)->rules);
  if (!only) return context.bad_usage(only.error());
  app::LabelledTexts texts((*book)->rules, *axis, *only);
  if (auto read = read_all(context, arguments, texts); !read) return context.failed(read.error());
  tell_of_unused(context, texts, *axis, (*book)->rules);

  const auto tables = tables_of(**book, arguments.has("--anew"));
  std::vector<Learnt> all;
  for (const auto& [language, of_language] : texts.by_language()) {
    if ((*book)->rules.compiled().find(language) == nullptr) continue;
    Learnt learnt{
        {language, *axis, provenance_of(of_language.sets, context.now())}, of_language.sets, {}};
    auto found = classify::suggest(
        {tables, learnt.origin, of_language.texts,
         static_cast<std::uint32_t>(of_language.sets.size()), static_cast<std::size_t>(*support)},
        {5, arguments.has("--leave-out"), *penalty});
    if (!found) return context.failed(found.error());
    learnt.found = std::move(*found);
    context.err() << figures_of(learnt, context.error_terminal());
    all.push_back(std::move(learnt));
  }
  if (const auto file = arguments.value("--out")) {
    if (auto written = app::write_new_file(*file, draft_of(all)); !written)
      return context.failed(written.error());
    return ExitCode::done;
  }
  context.out() << render::render_rows(rows_of(all), context.format(), context.terminal());
  return ExitCode::done;
}

}  // namespace

Command rules_suggest_command() {
  return {
      "rules suggest",
      "classify",
      "Learn rules from labelled or star-rated texts, for you to read",
      {{"FILE", Arity::rest, "", "JSONL with text, and label or rating; perhaps lang", false, ""},
       {"--from-store", Arity::flag, "", "learn from the rated mentions of the store", false, ""},
       {"--lang", Arity::value, "L", "texts of this language alone", false, ""},
       {"--axis", Arity::value, "A", "what to learn: polarity or tag", false, ""},
       {"--min-support", Arity::value, "N", "least texts behind a rule, 10 unless said", false, ""},
       {"--leave-out", Arity::flag, "", "also learn without each set in turn, and score it", false,
        ""},
       {"--anew", Arity::flag, "", "as if the lines of learnt.tsv were not there", false, ""},
       {"--penalty", Arity::value, "P",
        "nats that a rule must gain for a unit of weight, if not as cross-validation says", false,
        ""},
       {"--out", Arity::value, "FILE", "write a table for rules accept instead", false, ""}},
      {{"rules suggest reviews.jsonl --out candidates.tsv", "then read it, and take lines out"},
       {"rules suggest --from-store --lang es", "what your own rated mentions teach"}},
      run};
}

}  // namespace testigo::cli
