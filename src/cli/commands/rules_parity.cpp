#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "classify/parity.h"
#include "cli/commands/commands.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

ExitCode parity(Context& context, const Arguments& arguments) {
  const auto book = context.rule_book_for_verdicts();
  if (!book) return context.bad_configuration(book.error());
  const classify::Rules& rules = (*book)->rules;
  render::Rows rows{{"axis", "value"}, {}};
  for (const std::string& language : rules.languages()) rows.columns.push_back(language);
  rows.columns.emplace_back("behind");
  for (const classify::ParityRow& value : classify::parity(rules)) {
    if (arguments.has("--gaps") && value.behind.empty()) continue;
    std::vector<render::Value> row{value.axis, value.value};
    for (const auto& [language, count] : value.rules)
      row.emplace_back(static_cast<std::int64_t>(count));
    std::string behind;
    for (const std::string& language : value.behind)
      behind += (behind.empty() ? "" : " ") + language;
    row.emplace_back(behind);
    rows.rows.push_back(std::move(row));
  }
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return ExitCode::done;
}

}  // namespace

Command rules_parity_command() {
  return {
      "rules parity",
      "classify",
      "How many rules each language has for what can be said, and which is behind",
      {{"--gaps", Arity::flag, "", "only where one has less than a third of another's", false, ""}},
      {{"rules parity --gaps", "where a language needs words most"}},
      parity};
}

}  // namespace testigo::cli
