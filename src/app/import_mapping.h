#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/import_plan.h"
#include "core/result.h"

namespace testigo::app {

// The plan for a file with these columns: preset chosen, post fields mapped, scale and zone
// settled. `columns` are names, or for JSON names and pointers ("/a/b"). Errc::malformed for a
// field, column or text that is not there, with those that are; not_found for a preset.
[[nodiscard]] Result<ImportPlan> plan_import(const ImportOptions& options,
                                             const ImportPresets& presets, ImportFormat format,
                                             std::span<const std::string> columns);

}  // namespace testigo::app
