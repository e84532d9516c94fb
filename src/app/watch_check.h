#pragma once

#include "app/configuration.h"
#include "app/rule_book.h"
#include "core/result.h"

namespace testigo::app {

// Looks at what each watch of the configuration gives to its source's parameters. Errc::malformed
// at the first value that cannot be meant so, with its place and the mend. Watches whose source is
// unknown are passed over: planned_watches names them.
[[nodiscard]] Result<void> check_watches(const Configuration& configuration, const RuleBook& book);

}  // namespace testigo::app
