#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/check.h"
#include "store/store.h"

namespace testigo::store {

// Mentions that do not stand as the verdict that they name. Each has a verdict: of its post's
// newest revision, by the mention's rules. A post of one brand has its tag and score of that; of
// any, the polarity follows from both, and from what a person said (sides.h).
struct AstrayMentions {
  std::int64_t all = 0;                       // mentions looked at
  std::int64_t without_verdict = 0;           // of `all`
  std::int64_t otherwise = 0;                 // of `all`: have another tag, score or side
  std::vector<std::int64_t> judged_by_these;  // rows of their posts, ascending, each once
  bool judged_by_others = false;              // some of them
};
// `rules` ("sha256:…") are those by which posts can be judged again.
[[nodiscard]] Result<AstrayMentions> astray_mentions(Store& store, std::string_view rules);

[[nodiscard]] CheckResult check_mentions(const AstrayMentions& astray);

}  // namespace testigo::store
