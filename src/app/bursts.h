#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/asking_words.h"
#include "core/ids.h"
#include "core/result.h"
#include "insight/bursts.h"
#include "insight/look_alikes.h"
#include "insight/trend.h"
#include "store/store.h"
#include "text/time_zone.h"

namespace testigo::app {

struct BurstRequest {
  BrandId brand;
  std::string brand_name;  // its words make nothing alike
  std::optional<SourceId> source;
  insight::DayRange window;
  text::TimeZone zone;
};

struct AdvocacyBursts {
  std::vector<insight::AdvocacyPost> posts;  // what bursts refer to
  std::vector<insight::Burst> bursts;
};

// Bursts of look-alike advocacy that end in the window. Who is new is told from the window and
// burst_memory before it; of all advocacy the newest most_burst_posts are read.
[[nodiscard]] Result<AdvocacyBursts> advocacy_bursts(store::Store& store, const AskingWords& words,
                                                     const BurstRequest& request);

// The same with the posts that others repeat in the window, most_syndicated at most, and the
// figures with each burst as one voice.
[[nodiscard]] Result<insight::LookAlikes> look_alikes(store::Store& store, const AskingWords& words,
                                                      const BurstRequest& request);
inline constexpr std::chrono::days burst_memory{180};
inline constexpr std::size_t most_burst_posts = 10'000;
inline constexpr std::size_t most_syndicated = 20;

}  // namespace testigo::app
