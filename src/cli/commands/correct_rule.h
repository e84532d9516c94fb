#pragma once

#include "cli/command.h"
#include "cli/context.h"
#include "core/verdict.h"
#include "store/read.h"

namespace testigo::cli {

// `correct ID TAG --rule PATTERN`: says how many stored mentions the rule would give another tag,
// and writes it into the user's rules unless it is a dry run.
[[nodiscard]] ExitCode make_rule(Context& context, const Arguments& arguments, store::Store& store,
                                 MentionId mention, Tag tag);

}  // namespace testigo::cli
