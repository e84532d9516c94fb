#include "insight/journey.h"

#include <algorithm>
#include <numeric>

namespace testigo::insight {
namespace {

void add(Moment& moment, const MomentSums& sums) {
  moment.mentions += sums.mentions;
  for (std::size_t i = 0; i < sums.polarities.size(); ++i)
    moment.polarities[i] += sums.polarities[i];
}

void finish(Moment& moment) {
  moment.classified =
      std::accumulate(moment.polarities.begin(), moment.polarities.end(), std::int64_t{0});
  const std::int64_t positive = moment.count(Polarity::positive);
  const std::int64_t negative = moment.count(Polarity::negative);
  moment.positive = share(positive, moment.classified);
  moment.negative = share(negative, moment.classified);
  moment.net = net_sentiment(positive, negative, moment.classified);
  moment.small = moment.classified < small_sample;
}

// Whether its whole interval lies below the net of the others together.
bool lies_below_others(const Moment& weakest, std::span<const Moment> moments) {
  std::int64_t positive = 0;
  std::int64_t negative = 0;
  std::int64_t classified = 0;
  for (const Moment& moment : moments) {
    if (&moment == &weakest) continue;
    positive += moment.count(Polarity::positive);
    negative += moment.count(Polarity::negative);
    classified += moment.classified;
  }
  const auto others = net_sentiment(positive, negative, classified);
  return others && !weakest.small && weakest.net->interval.high < others->value;
}

// The lowest net of those with so many classified; none where there are not two to choose from.
Moment* weakest_of(std::span<Moment> moments, std::int64_t least) {
  Moment* weakest = nullptr;
  std::size_t choices = 0;
  for (Moment& moment : moments) {
    if (moment.classified < least) continue;
    ++choices;
    if (weakest == nullptr || moment.net->value < weakest->net->value) weakest = &moment;
  }
  return choices < 2 ? nullptr : weakest;
}

void mark_weakest(std::span<Moment> moments) {
  Moment* weakest = weakest_of(moments, small_sample);
  if (weakest == nullptr) weakest = weakest_of(moments, least_link);
  if (weakest == nullptr) return;
  weakest->weakest = true;
  weakest->surely = lies_below_others(*weakest, moments);
}

}  // namespace

std::vector<Moment> make_journey(std::span<const MomentSums> sums,
                                 std::span<const MomentSpec> framework, bool find_weakest) {
  std::vector<Moment> moments(framework.size());
  Moment other;
  other.id = other_moment;
  for (const MomentSums& one : sums) {
    const auto found = std::find_if(framework.begin(), framework.end(), [&](const auto& spec) {
      return std::find(spec.values.begin(), spec.values.end(), one.value) != spec.values.end();
    });
    add(found == framework.end() ? other
                                 : moments[static_cast<std::size_t>(found - framework.begin())],
        one);
  }
  for (std::size_t i = 0; i < moments.size(); ++i) {
    moments[i].id = framework[i].id;
    finish(moments[i]);
  }
  if (find_weakest) mark_weakest(moments);
  finish(other);
  if (other.mentions > 0) moments.push_back(std::move(other));
  return moments;
}

}  // namespace testigo::insight
