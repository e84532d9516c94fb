#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/rollup.h"
#include "insight/statistics.h"

namespace testigo::insight {

// One brand among those compared, same window and sources. A post that names several brands counts
// for each of them; copies, the brands' own posts and advertisements count for none.
struct Voice {
  BrandId brand;
  std::int64_t mentions = 0;
  std::int64_t advocacy = 0;
  std::int64_t complaints = 0;
  // Share of voice: mentions / mentions of all brands compared. Empty where none has any.
  std::optional<Estimate> voice;
  // Share of advocacy: advocacy / advocacy of all brands compared. Empty where there is none.
  std::optional<Estimate> advocates;
  std::optional<Estimate> net;   // of this brand's mentions
  bool small_voice = false;      // all brands' mentions are under small_sample: show voice greyed
  bool small_advocates = false;  // all brands' advocacy is
  bool small_net = false;        // this brand's classified mentions are
};

// One entry for each of `brands`, most mentions first, then by name.
[[nodiscard]] std::vector<Voice> share_of_voice(std::span<const BrandSums> brands);

}  // namespace testigo::insight
