#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace testigo::cli {

// An option that shows something else instead, and those that then would say nothing.
struct Instead {
  std::string_view option;
  std::vector<std::string_view> excludes;
};

// Errc::malformed where two are given of which one would be passed over in silence.
[[nodiscard]] Result<void> check_together(const Arguments& arguments,
                                          std::span<const Instead> options);

}  // namespace testigo::cli
