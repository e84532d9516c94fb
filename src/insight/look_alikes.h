#pragma once

#include <vector>

#include "core/rollup.h"
#include "insight/bursts.h"
#include "insight/statistics.h"

namespace testigo::insight {

// Bursts and syndicated posts of a brand, and what its figures are with each burst as one voice.
struct LookAlikes {
  std::vector<AdvocacyPost> posts;  // what bursts refer to
  std::vector<Burst> bursts;
  std::vector<Syndicated> syndicated;  // most copies first
  // As shares count them, and with the counted posts of a burst weighing one together.
  std::optional<Estimate> advocacy, advocacy_weighted;
  std::optional<Estimate> net, net_weighted;
};

// `sums` are the brand's over the window.
void weigh(LookAlikes& found, const BrandSums& sums);

}  // namespace testigo::insight
