#include "cli/commands/together.h"

namespace testigo::cli {

Result<void> check_together(const Arguments& arguments, std::span<const Instead> options) {
  for (const Instead& instead : options) {
    if (!arguments.has(instead.option)) continue;
    for (const std::string_view other : instead.excludes)
      if (arguments.has(other))
        return fail(
            Errc::malformed,
            "says nothing beside " + std::string(instead.option) + "; leave out one of them",
            std::string(other));
  }
  return {};
}

}  // namespace testigo::cli
