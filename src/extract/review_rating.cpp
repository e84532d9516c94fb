#include "extract/review_rating.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace testigo::extract {
namespace {

using Scale = std::pair<std::optional<double>, std::optional<double>>;  // best, worst

// The scales of items; none of one that is rated on several.
std::map<std::optional<std::string>, std::optional<Scale>> scales_of(
    const std::vector<Aggregate>& aggregates) {
  std::map<std::optional<std::string>, std::optional<Scale>> scales;
  for (const Aggregate& aggregate : aggregates) {
    if (!aggregate.best) continue;
    const Scale scale{aggregate.best, aggregate.worst};
    const auto [known, fresh] = scales.emplace(aggregate.item, scale);
    if (!fresh && known->second != scale) known->second.reset();
  }
  return scales;
}

// A share of a hundred often stands beside reviews of five stars.
bool may_be_on(double value, double best) {
  constexpr double most_points = 10.0;
  return value <= best && (best <= most_points || value > most_points);
}

}  // namespace

std::optional<Rating> stated_rating(const Review& review) {
  if (!review.rating) return std::nullopt;
  Rating rating;
  rating.value = *review.rating;
  rating.best = review.best.value_or(5.0);
  rating.worst = review.worst.value_or(std::min(1.0, rating.best));
  if (rating.best == 100.0 && !review.worst) rating.worst = 0.0;  // percentages begin at nothing
  return rating;
}

bool is_on_scale(const Rating& rating) {
  return rating.value >= rating.worst && rating.value <= rating.best;
}

std::optional<Rating> rating_of(const Review& review) {
  const auto rating = stated_rating(review);
  return rating && is_on_scale(*rating) ? rating : std::nullopt;
}

void adopt_scales(std::vector<Review>& reviews, const std::vector<Aggregate>& aggregates) {
  const auto scales = scales_of(aggregates);
  if (scales.empty()) return;
  for (Review& review : reviews) {
    if (!review.rating || review.best) continue;
    auto scale = scales.find(review.item);
    if (scale == scales.end() && !review.item && scales.size() == 1) scale = scales.begin();
    if (scale == scales.end() || !scale->second ||
        !may_be_on(*review.rating, *scale->second->first))
      continue;
    review.best = scale->second->first;
    if (!review.worst) review.worst = scale->second->second;
  }
}

}  // namespace testigo::extract
