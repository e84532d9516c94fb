#pragma once

#include <string>

#include "cli/command.h"

namespace testigo::cli {

// Who says so: --by, else the system's name of the user.
[[nodiscard]] std::string person_of(const Arguments& arguments);

}  // namespace testigo::cli
