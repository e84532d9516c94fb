#include "insight/consistency.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "insight/day_counts.h"

namespace testigo::insight {
namespace {

std::string group_of(const DailyRollup& row, Across across) {
  switch (across) {
    case Across::source:
      return row.source.value;
    case Across::language:
      return row.language;
    case Across::week:
      return bucket_label(row.day, Bucket::week);
  }
  return {};
}

using Groups = std::map<std::string, DayCounts>;

void add(DayCounts& sums, const DailyRollup& row) {
  if (row.polarity == Polarity::positive) sums.positive += row.mentions;
  if (row.polarity == Polarity::negative) sums.negative += row.mentions;
  sums.classified += row.mentions;
}

// Of a group's net sentiment; never 0.
double variance_of(const DayCounts& sums) {
  const double n = static_cast<double>(sums.classified);
  const double p = (static_cast<double>(sums.positive) + 0.5) / (n + 1.5);
  const double q = (static_cast<double>(sums.negative) + 0.5) / (n + 1.5);
  return (p + q - (p - q) * (p - q)) / n;
}

void measure_spread(Consistency& one, const Groups& groups) {
  double weights = 0.0, squares = 0.0, weighted = 0.0;
  for (const auto& [name, sums] : groups) {
    const double weight = 1.0 / variance_of(sums);
    weights += weight;
    squares += weight * weight;
    weighted += weight * net_of(sums)->value;
  }
  const double mean = weighted / weights;
  double q = 0.0;
  for (const auto& [name, sums] : groups)
    q += std::pow(net_of(sums)->value - mean, 2.0) / variance_of(sums);
  const double more = std::max(0.0, q - static_cast<double>(groups.size() - 1));
  one.spread = std::sqrt(more / (weights - squares / weights));
  one.beyond_chance = q > 0.0 ? more / q : 0.0;
}

Consistency measured(const BrandId& brand, Across across, Groups groups) {
  std::erase_if(groups, [](const auto& group) { return group.second.classified < least_group; });
  Consistency one;
  one.brand = brand;
  one.across = across;
  one.groups = static_cast<std::int64_t>(groups.size());
  DayCounts all;
  for (const auto& [name, sums] : groups) {
    all += sums;
    const Group group{name, sums.classified, *net_of(sums)};
    if (!one.lowest || group.net.value < one.lowest->net.value) one.lowest = group;
    if (!one.highest || group.net.value > one.highest->net.value) one.highest = group;
  }
  one.classified = all.classified;
  one.net = net_of(all);
  one.small = all.classified < small_sample;
  if (groups.size() > 1) measure_spread(one, groups);
  return one;
}

}  // namespace

std::string_view to_string(Across across) {
  switch (across) {
    case Across::source:
      return "source";
    case Across::language:
      return "language";
    case Across::week:
      return "week";
  }
  return {};
}

std::vector<Consistency> consistency_of(std::span<const DailyRollup> rows,
                                        std::span<const BrandId> brands) {
  std::vector<Consistency> found;
  for (const BrandId& brand : brands) {
    for (const Across across : {Across::source, Across::language, Across::week}) {
      Groups groups;
      for (const DailyRollup& row : rows)
        if (row.brand == brand && row.polarity) add(groups[group_of(row, across)], row);
      found.push_back(measured(brand, across, std::move(groups)));
    }
  }
  return found;
}

}  // namespace testigo::insight
