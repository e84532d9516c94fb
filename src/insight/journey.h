#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/rollup.h"
#include "insight/statistics.h"

namespace testigo::insight {

// A moment of a framework: its mentions are those with one of these values.
struct MomentSpec {
  std::string id;
  std::vector<std::string> values;
};

// What was said of one moment of a journey.
struct Moment {
  std::string id;  // other_moment: what no moment of the framework names
  std::int64_t mentions = 0;
  std::int64_t classified = 0;               // N of the shares
  std::array<std::int64_t, 4> polarities{};  // by Polarity
  std::optional<Estimate> positive;          // share of the classified
  std::optional<Estimate> negative;
  std::optional<Estimate> net;  // net_sentiment()
  bool small = false;           // N under small_sample
  // The weakest link: lowest net among the moments with small_sample classified or more; where
  // fewer than two have so many, among those with least_link or more. Never the last heading, and
  // none where there are not two to choose from.
  bool weakest = false;
  // … and surely so: its interval lies below the net of all other moments together.
  bool surely = false;

  [[nodiscard]] std::int64_t count(Polarity polarity) const {
    return polarities[static_cast<std::size_t>(polarity)];
  }
};
inline constexpr const char* other_moment = "other";
inline constexpr std::int64_t least_link = 5;  // a moment of fewer posts is chance

// The framework's moments in their order, and other_moment after them if anything is left for it.
// `find_weakest` is false where moments are degrees of pain themselves.
[[nodiscard]] std::vector<Moment> make_journey(std::span<const MomentSums> sums,
                                               std::span<const MomentSpec> framework,
                                               bool find_weakest = true);

}  // namespace testigo::insight
