#include "cli/exit_code.h"

#include <algorithm>
#include <array>

namespace testigo::cli {

ExitCode worst(std::initializer_list<ExitCode> codes) {
  constexpr std::array order = {
      ExitCode::usage,    ExitCode::configuration, ExitCode::interrupted,    ExitCode::failure,
      ExitCode::evidence, ExitCode::partial,       ExitCode::nothing_matched};
  for (const ExitCode code : order)
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  return ExitCode::done;
}

}  // namespace testigo::cli
