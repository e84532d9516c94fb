#include "insight/look_alikes.h"

#include <algorithm>
#include <numeric>

namespace testigo::insight {

void weigh(LookAlikes& found, const BrandSums& sums) {
  std::int64_t fewer = 0, fewer_positive = 0;
  for (const Burst& burst : found.bursts) {
    fewer += std::max<std::int64_t>(0, burst.counted - 1);
    fewer_positive += std::max<std::int64_t>(0, burst.positive - 1);
  }
  const auto tagged = std::accumulate(sums.tags.begin(), sums.tags.end(), std::int64_t{0});
  const auto classified =
      std::accumulate(sums.polarities.begin(), sums.polarities.end(), std::int64_t{0});
  const std::int64_t advocacy = sums.count(Tag::advocacy);
  const std::int64_t positive = sums.count(Polarity::positive);
  const std::int64_t negative = sums.count(Polarity::negative);
  found.advocacy = share(advocacy, tagged);
  found.net = net_sentiment(positive, negative, classified);
  // A burst that began before the window weighs at most what the window holds.
  fewer = std::clamp<std::int64_t>(fewer, 0, std::max<std::int64_t>(0, advocacy - 1));
  fewer_positive =
      std::clamp<std::int64_t>(fewer_positive, 0, std::max<std::int64_t>(0, positive - 1));
  found.advocacy_weighted = share(advocacy - fewer, tagged - fewer);
  found.net_weighted =
      net_sentiment(positive - fewer_positive, negative, classified - fewer_positive);
}

}  // namespace testigo::insight
