#include <exception>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

#include <unistd.h>

#include "cli/context.h"
#include "cli/parse.h"

namespace {

using namespace testigo::cli;

ExitCode run(const std::vector<std::string>& words) {
  auto parsed = parse_words(words);
  if (const auto* help = std::get_if<Help>(&parsed)) {
    std::cout << help->text;
    return ExitCode::done;
  }
  if (const auto* wrong = std::get_if<UsageError>(&parsed)) {
    std::cerr << wrong->text << '\n';
    return ExitCode::usage;
  }
  const auto& invocation = std::get<Invocation>(parsed);
  const Context::Streams streams{std::cin, std::cout, std::cerr, isatty(STDOUT_FILENO) == 1,
                                 isatty(STDERR_FILENO) == 1};
  auto context = Context::make(streams, invocation.arguments);
  if (!context) {
    std::cerr << "testigo: " << testigo::describe(context.error()) << '\n';
    return ExitCode::usage;
  }
  const ExitCode code = invocation.command->run(*context, invocation.arguments);
  std::cout.flush();
  if (!std::cout) {
    std::cerr << "testigo: the output could not be written to its end; is the disk full?\n";
    return worst({code, ExitCode::failure});
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    return static_cast<int>(run({argv + 1, argv + argc}));
  } catch (const std::exception& error) {
    std::cerr << "testigo: " << error.what() << '\n';
    return static_cast<int>(ExitCode::failure);
  }
}
