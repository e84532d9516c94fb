#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "core/result.h"

namespace testigo::cli {

class Context;

// How an option takes its value.
enum class Arity : std::uint8_t {
  flag,        // --all
  value,       // --limit N
  values,      // --map a=b --map c=d
  positional,  // FILE
  rest,        // FILE…: all remaining words
};

// One option of a command: a row of its help page, and all the parser needs to know.
struct Option {
  std::string name;     // "--limit", or a positional's "FILE"
  Arity arity = Arity::flag;
  std::string placeholder;  // "N"; empty for flags and positionals
  std::string help;         // one line, no full stop
  bool required = false;
  std::string short_name;  // "-n", or empty
};

struct Example {
  std::string line;     // what a person types after "testigo "
  std::string comment;  // what it does
};

// What was typed for one command, by option name.
class Arguments {
 public:
  explicit Arguments(std::map<std::string, std::vector<std::string>> given)
      : given_(std::move(given)) {}

  [[nodiscard]] bool has(std::string_view name) const;
  // The last value given, if any.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
  [[nodiscard]] std::string value_or(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
  // A whole number within [least, most]; Errc::malformed names the option and the range.
  [[nodiscard]] Result<std::int64_t> number(std::string_view name, std::int64_t otherwise,
                                            std::int64_t least, std::int64_t most) const;

 private:
  std::map<std::string, std::vector<std::string>> given_;
};

// A row of the command table. `--help` and shell completion are made from it.
struct Command {
  std::string name;   // "crawl", or "source list" for a command of a group
  std::string group;  // the heading it stands under in the help: "collect"
  std::string summary;
  std::vector<Option> options;
  std::vector<Example> examples;
  ExitCode (*run)(Context&, const Arguments&) = nullptr;
};

// Every command, in the order of the help page.
[[nodiscard]] std::span<const Command> commands();

}  // namespace testigo::cli
