#include <ostream>

#include "app/files.h"
#include "classify/lint.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "core/embedded.h"

namespace testigo::cli {
namespace {

ExitCode list(Context& context, const Arguments& arguments) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  const std::string prefix = arguments.value_or("PREFIX", "");
  render::Rows rows{{"id", "axis", "value", "weight", "pattern", "where"}, {}};
  for (classify::RuleRow& rule : classify::list_rules((*book)->rules)) {
    if (!rule.id.starts_with(prefix)) continue;
    rows.rows.push_back({rule.id, rule.axis, rule.value, rule.weight, rule.pattern,
                         rule.path + ":" + std::to_string(rule.line)});
  }
  const bool empty = rows.rows.empty();
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return empty && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

ExitCode lint(Context& context, const Arguments&) {
  std::optional<std::string> overlay;
  if (auto configuration = context.configuration(); configuration && (*configuration)->rules)
    overlay = app::resolve_path((*configuration)->folder, *(*configuration)->rules);
  auto files = app::rule_files(embedded_files(), overlay);
  if (!files) return context.bad_configuration(files.error());
  std::vector<classify::RulesFile> tables;
  for (const app::RuleFile& file : *files) tables.push_back({file.path, file.bytes, file.overlay});

  std::vector<classify::Finding> findings = classify::lint(tables);
  std::size_t examples = 0;
  if (auto rules = classify::load_rules(tables)) {
    classify::ExampleReport report = classify::run_examples(*rules, tables);
    examples = report.examples;
    findings.insert(findings.end(), report.failures.begin(), report.failures.end());
  }
  std::size_t errors = 0;
  for (const classify::Finding& finding : findings) {
    errors += finding.warning ? 0 : 1;
    context.err() << classify::show(finding) << '\n';
  }
  context.out() << tables.size() << " files, " << examples << " examples, " << errors
                << " errors, " << findings.size() - errors << " warnings\n";
  return errors > 0 ? ExitCode::configuration : ExitCode::done;
}

}  // namespace

Command rules_list_command() {
  return {"rules list",
          "classify",
          "The rules in force, with the line that each stands on",
          {{"PREFIX", Arity::positional, "", "ids that begin so: es.act", false, ""},
           {"--fail-empty", Arity::flag, "", "exit 3 when nothing matches", false, ""}},
          {{"rules list es.act", "how Spanish says that it recommends, warns, asks"}},
          list};
}

Command rules_lint_command() {
  return {"rules lint",
          "classify",
          "Check every rules file and run every example in them",
          {},
          {{"rules lint", "exit 4 with file, line and mend when something is wrong"}},
          lint};
}

}  // namespace testigo::cli
