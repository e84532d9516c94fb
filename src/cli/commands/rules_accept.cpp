#include <filesystem>
#include <map>
#include <ostream>

#include "app/files.h"
#include "classify/learnt_table.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "core/embedded.h"

namespace testigo::cli {
namespace {

// What is to be written where.
struct Change {
  std::string path;
  classify::MergedTable table;
};

// The folder to accept into: --into, or the configuration's own rules.
Result<std::string> folder_of(Context& context, const Arguments& arguments) {
  if (const auto into = arguments.value("--into")) return *into;
  auto configuration = context.configuration();
  if (configuration && (*configuration)->rules)
    return app::resolve_path((*configuration)->folder, *(*configuration)->rules);
  return fail(Errc::malformed,
              "say where your rules are: --into DIR, or rules = \"DIR\" in the configuration",
              "--into");
}

// A line that would stand in for one of another file does so only with --replace.
Result<void> check_ids(const app::RuleBook& book, const std::vector<classify::TableLine>& lines) {
  std::map<std::string, const classify::RuleRow*> known;
  const std::vector<classify::RuleRow> rules = classify::list_rules(book.rules);
  for (const classify::RuleRow& rule : rules) known[rule.id] = &rule;
  for (const classify::TableLine& line : lines) {
    const auto found = known.find(line.id);
    if (found == known.end() || found->second->path.ends_with("/learnt.tsv")) continue;
    return fail(Errc::refused,
                "the id '" + line.id + "' is another rule's; give --replace to overrule it",
                found->second->path + ":" + std::to_string(found->second->line));
  }
  return {};
}

Result<std::vector<Change>> plan(const std::string& folder,
                                 const std::vector<classify::TableLine>& lines, bool replace) {
  std::map<std::string, std::vector<classify::TableLine>> by_language;
  for (const classify::TableLine& line : lines) by_language[line.language].push_back(line);
  std::vector<Change> changes;
  for (const auto& [language, of_language] : by_language) {
    const std::string path = folder + "/" + language + "/learnt.tsv";
    std::string before;
    if (std::filesystem::exists(path)) {
      auto read = app::read_file(path);
      if (!read) return fail(std::move(read.error()));
      before = std::move(*read);
    }
    auto merged = classify::merge_table(before, path, of_language, replace);
    if (!merged) return fail(std::move(merged.error()));
    changes.push_back({path, std::move(*merged)});
  }
  return changes;
}

// Whether the built-in rules load with the folder over them and the changes made.
Result<void> check_rules(const std::string& folder, const std::vector<Change>& changes) {
  std::error_code error;
  const bool is_there = std::filesystem::is_directory(folder, error);
  auto files = app::rule_files(embedded_files(), is_there ? std::optional(folder) : std::nullopt);
  if (!files) return fail(std::move(files.error()));
  std::vector<classify::RulesFile> tables;
  for (const app::RuleFile& file : *files) {
    bool changed = false;
    for (const Change& change : changes) changed |= std::filesystem::path(file.path) == change.path;
    if (!changed) tables.push_back({file.path, file.bytes, file.overlay});
  }
  for (const Change& change : changes) tables.push_back({change.path, change.table.bytes, true});
  if (auto rules = classify::load_rules(tables); !rules) return fail(std::move(rules.error()));
  return {};
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  auto folder = folder_of(context, arguments);
  if (!folder) return context.bad_usage(folder.error());
  const std::string path = arguments.value_or("CANDIDATES", "");
  auto bytes = app::read_file(path);
  if (!bytes) return context.failed(bytes.error());
  auto lines = classify::table_lines(*bytes, path);
  if (!lines) return context.bad_configuration(lines.error());
  const bool replace = arguments.has("--replace");
  if (!replace)
    if (auto checked = check_ids(**book, *lines); !checked) return context.failed(checked.error());
  auto changes = plan(*folder, *lines, replace);
  if (!changes) return context.failed(changes.error());
  if (auto checked = check_rules(*folder, *changes); !checked)
    return context.bad_configuration(checked.error());
  for (const Change& change : *changes) {
    if (auto written = app::replace_file(change.path, change.table.bytes); !written)
      return context.failed(written.error());
    context.out() << change.path << ": " << change.table.added << " added, "
                  << change.table.replaced << " replaced, " << change.table.known
                  << " there already\n";
  }
  return ExitCode::done;
}

}  // namespace

Command rules_accept_command() {
  return {
      "rules accept",
      "classify",
      "Take candidates that you have read into your rules",
      {{"CANDIDATES", Arity::positional, "", "a table that rules suggest --out wrote", true, ""},
       {"--into", Arity::value, "DIR", "the rules folder; the configuration's unless said", false,
        ""},
       {"--replace", Arity::flag, "", "also where an id stands there with other words", false, ""}},
      {{"rules accept candidates.tsv --into rules", "adds lines to rules/<lang>/learnt.tsv"}},
      run};
}

}  // namespace testigo::cli
