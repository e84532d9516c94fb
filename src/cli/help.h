#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace testigo::cli {

// The first page: what testigo is, its commands by group, examples, exit codes.
[[nodiscard]] std::string overview_page();

// The page of a group of commands, "source".
[[nodiscard]] std::string group_page(std::string_view first_word);

// The page of one command: usage, options, examples.
[[nodiscard]] std::string command_page(const Command& command);

}  // namespace testigo::cli
