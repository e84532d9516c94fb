#include "cli/commands/judged.h"

#include <ostream>

#include "store/reclassification.h"

namespace testigo::cli {

std::optional<std::string> several_rules(store::Store& store, bool each) {
  if (!store::judged_by_several(store, each).value_or(false)) return std::nullopt;
  return "mentions were judged by several versions of the rules, and figures mix them; "
         "`testigo reclassify` judges all by those of today";
}

void say_if_rules_differ(Context& context, store::Store& store) {
  if (const auto words = several_rules(store, false))
    context.err() << "testigo: " << *words << '\n';
}

}  // namespace testigo::cli
