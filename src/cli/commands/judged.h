#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "store/store.h"

namespace testigo::cli {

// What to say where mentions were judged by several versions of the rules, so that figures mix
// them; `each` looks at all mentions. Empty where one version judged them.
[[nodiscard]] std::optional<std::string> several_rules(store::Store& store, bool each);

// Says so on `err`.
void say_if_rules_differ(Context& context, store::Store& store);

}  // namespace testigo::cli
