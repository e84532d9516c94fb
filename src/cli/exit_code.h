#pragma once

#include <initializer_list>

namespace testigo::cli {

// What the shell is told (DESIGN §7). Scripts rely on these numbers.
enum class ExitCode : int {
  done = 0,
  failure = 1,
  usage = 2,
  nothing_matched = 3,  // only with --fail-empty
  configuration = 4,    // configuration or rules wrong
  partial = 5,          // done in part: an entry request failed, requests given up or capped
  evidence = 7,         // an evidence check failed
  interrupted = 130,    // by a signal, state saved
};

// The one to report where several apply: 1, 7, 5, 3 in that order, then 0. Usage, configuration
// and interruption end a command at once and win over all.
[[nodiscard]] ExitCode worst(std::initializer_list<ExitCode> codes);

}  // namespace testigo::cli
