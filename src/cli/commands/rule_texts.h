#pragma once

#include <vector>

#include "app/rule_book.h"
#include "cli/context.h"

namespace testigo::cli {

// The files of the rules, unread, for commands that need a table or two of them: making the whole rule
// book takes longer than such a command's answer. A configuration that is wrong is an error, none is
// not.
[[nodiscard]] Result<std::vector<app::RuleFile>> rule_texts(Context& context);

}  // namespace testigo::cli
