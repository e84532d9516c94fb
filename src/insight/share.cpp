#include "insight/share.h"

#include <algorithm>
#include <numeric>

namespace testigo::insight {
namespace {

Voice voice_of(const BrandSums& sums, std::int64_t all_mentions, std::int64_t all_advocacy) {
  Voice voice;
  voice.brand = sums.brand;
  voice.mentions = sums.mentions;
  voice.advocacy = sums.count(Tag::advocacy);
  voice.complaints = sums.count(Tag::complaint);
  voice.voice = share(voice.mentions, all_mentions);
  voice.advocates = share(voice.advocacy, all_advocacy);
  const auto classified =
      std::accumulate(sums.polarities.begin(), sums.polarities.end(), std::int64_t{0});
  voice.net =
      net_sentiment(sums.count(Polarity::positive), sums.count(Polarity::negative), classified);
  voice.small_voice = all_mentions < small_sample;
  voice.small_advocates = all_advocacy < small_sample;
  voice.small_net = classified < small_sample;
  return voice;
}

}  // namespace

std::vector<Voice> share_of_voice(std::span<const BrandSums> brands) {
  std::int64_t mentions = 0;
  std::int64_t advocacy = 0;
  for (const BrandSums& sums : brands) {
    mentions += sums.mentions;
    advocacy += sums.count(Tag::advocacy);
  }
  std::vector<Voice> voices;
  for (const BrandSums& sums : brands) voices.push_back(voice_of(sums, mentions, advocacy));
  std::sort(voices.begin(), voices.end(), [](const Voice& a, const Voice& b) {
    return a.mentions != b.mentions ? a.mentions > b.mentions : a.brand < b.brand;
  });
  return voices;
}

}  // namespace testigo::insight
