#pragma once

#include "app/import.h"
#include "cli/context.h"

namespace testigo::cli {

// How an import file will be read, on `err`, before anything is written: encoding, dialect, preset,
// and which column is which part of a post.
void tell_plan(const Context& context, const app::ImportPlan& plan, std::size_t resumed_rows);

// The last words of an import: for people, or one object for --json.
void tell_summary(const Context& context, const app::ImportSummary& summary, bool dry_run);

// What there is to choose from for --preset.
void tell_presets(const Context& context, const app::ImportPresets& presets);

}  // namespace testigo::cli
