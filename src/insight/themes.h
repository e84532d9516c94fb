#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/theme_sums.h"
#include "insight/statistics.h"
#include "insight/trend.h"

namespace testigo::insight {

// A theme as it stands in a period, beside the equally long one before.
struct ThemeRank {
  std::string theme;
  std::int64_t mentions = 0;  // volume
  std::int64_t before = 0;
  std::int64_t classified = 0;     // clauses with a polarity: N of pain
  std::optional<Estimate> pain;    // share of negative clauses
  std::optional<Estimate> growth;  // growth() of the mentions
  double rank = 0.0;  // volume × pain × growth; an unknown growth counts as 1, an unknown pain as 0
  bool small = false;  // N under small_sample: show pain greyed
};

// Highest rank first, then most mentions, then by name. Themes of `before` alone come too, with no
// mention: what nobody speaks of any more. The exposures say how much anybody looked.
[[nodiscard]] std::vector<ThemeRank> rank_themes(std::span<const ThemeSums> now,
                                                 std::span<const ThemeSums> before,
                                                 const Exposure& seen_now,
                                                 const Exposure& seen_before);

}  // namespace testigo::insight
