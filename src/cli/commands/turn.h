#pragma once

#include "cli/context.h"

namespace testigo::cli {

// For a command that is about to write: says on `err`, once, that another program is writing, where
// it has not done so after two seconds. The write then waits for it, as it would have.
void say_if_waiting(const Context& context, store::Store& store);

}  // namespace testigo::cli
