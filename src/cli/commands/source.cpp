#include <ostream>

#include "cli/commands/commands.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string needs_of(const sources::Source& source) {
  std::vector<std::string> needs;
  for (const auto& [name, parameter] : source.parameters)
    if (parameter.required) needs.push_back(name);
  for (const std::string& secret : sources::secret_names(source.auth))
    needs.push_back("$" + secret + (source.auth.optional ? " (optional)" : ""));
  if (!source.auth.host_env.empty()) needs.push_back("$" + source.auth.host_env + " (optional)");
  return joined(needs);
}

// What of the terms is obeyed without anybody's doing comes first.
std::string terms_of(const sources::Source& source) {
  std::string terms;
  if (!source.terms.store) terms += "Nothing is stored. ";
  if (source.terms.retention_days)
    terms += "Kept " + std::to_string(*source.terms.retention_days) + " days. ";
  if (source.terms.delete_when_gone) terms += "Deleted when gone. ";
  return terms + source.terms.note;
}

// Whose description it is.
std::string from_of(const app::RuleBook& book, const SourceId& id) {
  const auto own = book.own_sources.find(id);
  if (own == book.own_sources.end()) return "built in";
  return own->second ? "own, in place of the built-in one" : "own";
}

ExitCode list(Context& context, const Arguments&) {
  auto book = context.rule_book_with_faults();
  if (!book) return context.bad_configuration(book.error());
  render::Rows rows{{"source", "tier", "from", "gives", "needs", "terms"}, {}};
  for (const auto& [id, source] : (*book)->sources)
    rows.rows.push_back({id.value, static_cast<std::int64_t>(source.tier), from_of(**book, id),
                         joined(source.gives), needs_of(source), terms_of(source)});
  context.out() << render::render_rows(std::move(rows), context.format(),
                                       context.terminal_for_names());
  ExitCode code = ExitCode::done;
  for (const auto& [id, error] : (*book)->broken_sources) code = context.bad_configuration(error);
  return code;
}

}  // namespace

Command source_list_command() {
  return {"source list",
          "set up",
          "Every place that can be watched, and what it needs",
          {},
          {{"source list",
            "tier 1 needs no key, tier 2 a free one, tier 3 is paid or closed; exit 4 where one of "
            "your "
            "own is broken, which is said under the others"}},
          list};
}

}  // namespace testigo::cli
