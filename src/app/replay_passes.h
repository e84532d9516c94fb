#pragma once

#include <optional>
#include <vector>

#include "archive/replay.h"
#include "core/page.h"
#include "core/time.h"

namespace testigo::app {

// One recorded crawl: its answers are those from `begin` on and before `end`.
struct ReplayPass {
  UtcTime begin;
  std::optional<UtcTime> end;  // none for the last

  friend bool operator==(const ReplayPass&, const ReplayPass&) = default;
};

// Cuts an archive into the passes that made it: a new one begins where an entry request is answered
// once more than there are watches that ask it. Empty where no entry request was recorded.
[[nodiscard]] std::vector<ReplayPass> replay_passes(const archive::Replay& replay,
                                                    const std::vector<PageRequest>& entries);

}  // namespace testigo::app
