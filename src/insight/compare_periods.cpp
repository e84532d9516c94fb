#include <algorithm>
#include <map>
#include <utility>

#include "insight/trend_buckets.h"

namespace testigo::insight {
namespace {

TrendOptions before(TrendOptions options) {
  options.window = previous_window(options.window);
  options.hours = previous_window(options.hours);
  return options;
}

Change change_between(Point now, Point before) {
  Change change;
  change.now = std::move(now);
  change.before = std::move(before);
  change.mentions = change.now.mentions - change.before.mentions;
  if (!change.now.net || !change.before.net) return change;
  change.net = difference(*change.now.net, *change.before.net);
  change.p = two_sided_p(*change.net);
  return change;
}

bool enough_of_both(const Change& change) {
  return change.p && !change.now.small && !change.before.small;
}

// Whole series in one bucket would do as well, but hours have no such bucket.
std::map<std::string, Point> totals(std::span<const DayTotals> rows,
                                    std::span<const DayRange> covered,
                                    const TrendOptions& options) {
  std::map<std::string, Point> found;
  const Buckets buckets(rows, covered, options);
  found.try_emplace("", buckets.total());
  for (const auto& row : rows)
    if (buckets.place_of(row))
      add(found.try_emplace(row.value, buckets.total()).first->second, row);
  for (auto& [name, point] : found) finish(point);
  return found;
}

void judge(std::vector<SeriesChange>& changes) {
  std::vector<double> p;
  for (const SeriesChange& one : changes)
    if (enough_of_both(one.change)) p.push_back(*one.change.p);
  const std::vector<double> adjusted = false_discovery(p);
  auto next = adjusted.begin();
  for (SeriesChange& one : changes) {
    if (!enough_of_both(one.change)) continue;
    one.change.p = *next++;
    one.change.notable = *one.change.p <= level;
  }
}

}  // namespace

HourRange previous_window(const HourRange& window) {
  return {window.first - (window.end - window.first), window.first};
}

std::vector<SeriesChange> compare_periods(std::span<const DayTotals> rows,
                                          std::span<const DayRange> covered,
                                          const TrendOptions& options) {
  if (is_empty(options)) return {};
  auto now = totals(rows, covered, options);
  auto earlier = totals(rows, covered, before(options));
  const bool split = options.split != Split::none;
  const auto total_in = [&](std::map<std::string, Point>& in, const std::string& name) {
    const auto found = in.find(name);
    return found == in.end() ? in.at("") : found->second;
  };
  std::vector<SeriesChange> changes;
  for (const auto& [name, point] : now)
    if (!split || !name.empty())
      changes.push_back({name, change_between(point, total_in(earlier, name))});
  for (const auto& [name, point] : earlier)
    if (!name.empty() && !now.contains(name))
      changes.push_back({name, change_between(now.at(""), point)});
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return a.change.now.mentions > b.change.now.mentions;
  });
  judge(changes);
  return changes;
}

}  // namespace testigo::insight
