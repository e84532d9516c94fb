#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/rollup.h"
#include "insight/statistics.h"

namespace testigo::insight {

// By what mentions are grouped to see whether all groups say the same.
enum class Across : std::uint8_t { source, language, week };
[[nodiscard]] std::string_view to_string(Across across);

// One group: a source, a language, an ISO week.
struct Group {
  std::string name;
  std::int64_t classified = 0;
  Estimate net;
};

// How consistently people speak of a brand.
struct Consistency {
  BrandId brand;
  Across across = Across::source;
  std::int64_t groups = 0;      // with least_group classified or more; the others are left out
  std::int64_t classified = 0;  // in these
  std::optional<Estimate> net;  // of these together
  // How far the groups' true net sentiments lie apart: their standard deviation τ without what
  // chance adds (DerSimonian & Laird 1986). 0 is consistent. Empty with fewer than two groups.
  std::optional<double> spread;
  // I², the part of the groups' differences that is more than chance (Higgins & Thompson 2002), in
  // [0, 1].
  std::optional<double> beyond_chance;
  std::optional<Group> lowest, highest;
  bool small = false;  // under small_sample classified
};
inline constexpr std::int64_t least_group = 5;

// For each brand of `brands`, in their order: across sources, languages and weeks. With w = 1/v and
// v the variance of a group's net sentiment (half a mention added to each of positive, negative and
// other, so that none is 0): Q = Σ w (net − mean)², I² = (Q − k + 1)/Q,
// τ² = (Q − k + 1)/(Σw − Σw²/Σw), both at least 0; the mean is weighted by w.
[[nodiscard]] std::vector<Consistency> consistency_of(std::span<const DailyRollup> rows,
                                                      std::span<const BrandId> brands);

}  // namespace testigo::insight
