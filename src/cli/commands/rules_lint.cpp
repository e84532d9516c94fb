#include <ostream>

#include "app/files.h"
#include "classify/lint.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "core/embedded.h"

namespace testigo::cli {
namespace {

using Findings = std::vector<classify::Finding>;

// The tables in force: those built in, and the user's over them.
Result<std::vector<app::RuleFile>> table_files(Context& context) {
  std::optional<std::string> overlay;
  if (auto configuration = context.configuration(); configuration && (*configuration)->rules)
    overlay = app::resolve_path((*configuration)->folder, *(*configuration)->rules);
  return app::rule_files(embedded_files(), overlay);
}

std::vector<classify::RulesFile> tables_of(const std::vector<app::RuleFile>& files) {
  std::vector<classify::RulesFile> tables;
  for (const app::RuleFile& file : files) tables.push_back({file.path, file.bytes, file.overlay});
  return tables;
}

// Shows them; returns how many are errors.
std::size_t show(Context& context, const Findings& findings) {
  std::size_t errors = 0;
  for (const classify::Finding& finding : findings) {
    errors += finding.warning ? 0 : 1;
    context.err() << classify::show(finding) << '\n';
  }
  return errors;
}

ExitCode lint(Context& context, const Arguments&) {
  const auto files = table_files(context);
  if (!files) return context.bad_configuration(files.error());
  const std::vector<classify::RulesFile> tables = tables_of(*files);
  Findings findings = classify::lint(tables);
  std::size_t examples = 0;
  if (auto rules = classify::load_rules(tables)) {
    classify::ExampleReport report = classify::run_examples(*rules, tables);
    examples = report.examples;
    findings.insert(findings.end(), report.failures.begin(), report.failures.end());
  }
  const std::size_t errors = show(context, findings);
  context.out() << tables.size() << " files, " << examples << " examples, " << errors << " errors, "
                << findings.size() - errors << " warnings\n";
  return errors > 0 ? ExitCode::configuration : ExitCode::done;
}

ExitCode test(Context& context, const Arguments& arguments) {
  const auto files = table_files(context);
  if (!files) return context.bad_configuration(files.error());
  const std::vector<classify::RulesFile> tables = tables_of(*files);
  const auto rules = classify::load_rules(tables);
  if (!rules) return context.bad_configuration(rules.error());
  const auto report = classify::run_examples(*rules, tables, arguments.value_or("PREFIX", ""));
  const std::size_t failed = show(context, report.failures);
  context.out() << report.examples << " examples, " << failed << " failed\n";
  if (report.examples == 0 && arguments.has("--fail-empty")) return ExitCode::nothing_matched;
  return failed > 0 ? ExitCode::configuration : ExitCode::done;
}

}  // namespace

Command rules_lint_command() {
  return {"rules lint",
          "classify",
          "Check every rules file and run every example in them",
          {},
          {{"rules lint", "exit 4 with file, line and mend when something is wrong"}},
          lint};
}

Command rules_test_command() {
  return {"rules test",
          "classify",
          "Run the examples of the rules files, or those of some rules",
          {{"PREFIX", Arity::positional, "", "of rules whose ids begin so: es.act", false, ""},
           {"--fail-empty", Arity::flag, "", "exit 3 when there are no such examples", false, ""}},
          {{"rules test", "exit 4 with the examples that do not come out as they say"},
           {"rules test es.act", "only those of what Spanish authors do"}},
          test};
}

}  // namespace testigo::cli
