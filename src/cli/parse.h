#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/command.h"

namespace testigo::cli {

// What the words on the command line ask for.
struct Invocation {
  const Command* command = nullptr;
  Arguments arguments{{}};
};

// A page of help, asked for with --help, or the program's version.
struct Help {
  std::string text;
};

// What is wrong with the words, in one line, and where help stands.
struct UsageError {
  std::string text;
};

// The options that every command takes: -c, --db, --now, --format, --json, --progress, --color.
[[nodiscard]] std::span<const Option> common_options();

// Reads the words after the program's name against the command table. CLI11 does the reading.
[[nodiscard]] std::variant<Invocation, Help, UsageError> parse_words(
    const std::vector<std::string>& words);

}  // namespace testigo::cli
