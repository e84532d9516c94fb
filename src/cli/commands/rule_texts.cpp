#include "cli/commands/rule_texts.h"

#include "app/files.h"
#include "core/embedded.h"

namespace testigo::cli {

Result<std::vector<app::RuleFile>> rule_texts(Context& context) {
  std::optional<std::string> overlay;
  auto configuration = context.configuration();
  if (!configuration && configuration.error().code != Errc::not_found)
    return fail(std::move(configuration.error()));
  if (configuration && (*configuration)->rules)
    overlay = app::resolve_path((*configuration)->folder, *(*configuration)->rules);
  return app::rule_files(embedded_files(), overlay);
}

}  // namespace testigo::cli
