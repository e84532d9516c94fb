#include <ostream>

#include "app/asking_words.h"
#include "app/files.h"
#include "app/moments.h"
#include "app/rule_book.h"
#include "app/switch_words.h"
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

// What is wrong in the files that are no tables; returns how many are. Those of the book are loaded
// with its tables, and so are only told where these load.
std::size_t show_beside_tables(Context& context, const std::vector<app::RuleFile>& files,
                               bool tables_load) {
  std::vector<Error> errors;
  const auto check = [&errors](const auto& loaded) {
    if (!loaded) errors.push_back(loaded.error());
  };
  check(app::Moments::load(files));
  check(app::SwitchWords::load(files));
  check(app::AskingWords::load(files));
  if (tables_load) {
    const auto book = app::load_rule_book(files);
    if (!book) errors.push_back(book.error());
    if (book)
      for (const auto& [source, error] : book->broken_sources) errors.push_back(error);
  }
  for (const Error& error : errors) context.err() << describe(error) << '\n';
  return errors.size();
}

ExitCode lint(Context& context, const Arguments&) {
  const auto files = table_files(context);
  if (!files) return context.bad_configuration(files.error());
  const std::vector<classify::RulesFile> tables = tables_of(*files);
  Findings findings = classify::lint(tables);
  std::size_t examples = 0;
  const auto rules = classify::load_rules(tables);
  if (rules) {
    classify::ExampleReport report = classify::run_examples(*rules, tables);
    examples = report.examples;
    findings.insert(findings.end(), report.failures.begin(), report.failures.end());
  }
  std::size_t errors = show(context, findings);
  const std::size_t warnings = findings.size() - errors;
  errors += show_beside_tables(context, *files, rules.has_value());
  context.out() << tables.size() << " files, " << examples << " examples, " << errors << " errors, "
                << warnings << " warnings\n";
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
