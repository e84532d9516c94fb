#include "cli/exit_code.h"

#include <catch2/catch.hpp>

using testigo::cli::ExitCode;
using testigo::cli::worst;

TEST_CASE("of several exit codes the order 1, 7, 5, 3 decides", "[cli]") {
  CHECK(worst({}) == ExitCode::done);
  CHECK(worst({ExitCode::nothing_matched, ExitCode::partial}) == ExitCode::partial);
  CHECK(worst({ExitCode::partial, ExitCode::evidence}) == ExitCode::evidence);
  CHECK(worst({ExitCode::evidence, ExitCode::failure}) == ExitCode::failure);
  CHECK(worst({ExitCode::done, ExitCode::nothing_matched}) == ExitCode::nothing_matched);
}
