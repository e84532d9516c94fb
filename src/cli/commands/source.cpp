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

ExitCode list(Context& context, const Arguments&) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  render::Rows rows{{"source", "tier", "gives", "needs", "terms"}, {}};
  for (const auto& [id, source] : (*book)->sources)
    rows.rows.push_back({id.value, static_cast<std::int64_t>(source.tier), joined(source.gives),
                         needs_of(source), terms_of(source)});
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return ExitCode::done;
}

}  // namespace

Command source_list_command() {
  return {"source list", "set up", "Every place that can be watched, and what it needs", {},
          {{"source list", "tier 1 needs no key, tier 2 a free one, tier 3 is paid or closed"}},
          list};
}

}  // namespace testigo::cli
