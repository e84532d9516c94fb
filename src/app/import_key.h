#pragma once

#include <string>

#include "app/import_plan.h"

namespace testigo::app {

// What tells one import from another: the file (its path, size and time of change) and how it is
// read. An import that was interrupted goes on only where nothing of this has changed.
[[nodiscard]] std::string import_key(const ImportOptions& options, const ImportPlan& plan);

}  // namespace testigo::app
