#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "insight/split_comparison.h"
#include "insight/trend_buckets.h"

namespace testigo::insight {
namespace {

TrendOptions before(TrendOptions options) {
  options.window = previous_window(options.window);
  options.hours = previous_window(options.hours);
  return options;
}

// What was seen of both periods, and the sums of each series in them by name; "" is always there.
struct PeriodTotals {
  std::map<std::string, Point> points;
  Exposure exposure;

  [[nodiscard]] const Point& of(const std::string& name) const {
    const auto found = points.find(name);
    return found == points.end() ? points.at("") : found->second;
  }
};

Change change_between(const PeriodTotals& now, const PeriodTotals& before, const Point& point,
                      const Point& point_before) {
  Change change;
  change.now = point;
  change.before = point_before;
  change.seen_now = now.exposure;
  change.seen_before = before.exposure;
  change.mentions = point.mentions - point_before.mentions;
  change.growth =
      growth(point.mentions, change.seen_now, point_before.mentions, change.seen_before);
  if (!change.now.net || !change.before.net) return change;
  change.net = difference(*change.now.net, *change.before.net);
  change.p = two_sided_p(*change.net);
  return change;
}

bool enough_of_both(const Change& change) {
  return change.p && !change.now.small && !change.before.small;
}

// Whole series in one bucket would do as well, but hours have no such bucket.
PeriodTotals totals(std::span<const DayTotals> rows, std::span<const DayRange> covered,
                    const TrendOptions& options) {
  PeriodTotals found;
  const Buckets buckets(rows, covered, options);
  found.exposure = buckets.exposure();
  found.points.try_emplace("", buckets.total());
  for (const auto& row : rows)
    if (buckets.place_of(row))
      add(found.points.try_emplace(row.value, buckets.total()).first->second, row);
  for (auto& [name, point] : found.points) finish(point);
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

// Before chance is counted out among them, in no order.
std::vector<SeriesChange> changes_of(std::span<const DayTotals> rows,
                                     std::span<const DayRange> covered,
                                     const TrendOptions& options) {
  const PeriodTotals now = totals(rows, covered, options);
  const PeriodTotals earlier = totals(rows, covered, before(options));
  const bool split = options.split != Split::none;
  std::vector<SeriesChange> changes;
  for (const auto& [name, point] : now.points)
    if (!split || !name.empty())
      changes.push_back({name, change_between(now, earlier, point, earlier.of(name))});
  for (const auto& [name, point] : earlier.points)
    if (!name.empty() && !now.points.contains(name))
      changes.push_back({name, change_between(now, earlier, now.of(name), point)});
  return changes;
}

void sort_and_judge(std::vector<SeriesChange>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return a.change.now.mentions > b.change.now.mentions;
  });
  judge(changes);
}

}  // namespace

HourRange previous_window(const HourRange& window) {
  return {window.first - (window.end - window.first), window.first};
}

std::optional<Estimate> growth(std::int64_t now, const Exposure& seen_now, std::int64_t before,
                               const Exposure& seen_before) {
  if (seen_now.seen == 0 || seen_before.seen == 0) return std::nullopt;
  const double a = static_cast<double>(now) + 1.0;
  const double b = static_cast<double>(before) + 1.0;
  const double value =
      a / b * static_cast<double>(seen_before.seen) / static_cast<double>(seen_now.seen);
  const double spread = std::exp(z95 * std::sqrt(1.0 / a + 1.0 / b));
  return Estimate{value, {value / spread, value * spread}};
}

std::vector<SeriesChange> compare_periods(std::span<const DayTotals> rows,
                                          std::span<const DayRange> covered,
                                          const TrendOptions& options) {
  if (is_empty(options)) return {};
  std::vector<SeriesChange> changes = changes_of(rows, covered, options);
  sort_and_judge(changes);
  return changes;
}

std::vector<SeriesChange> compare_split_periods(std::span<const DayTotals> rows,
                                                const CoveredByValue& covered,
                                                const TrendOptions& options) {
  if (is_empty(options)) return {};
  std::map<std::string, std::vector<DayTotals>> by_value;
  for (const DayTotals& row : rows) by_value[row.value].push_back(row);
  std::vector<SeriesChange> changes;
  for (const auto& [value, own] : by_value) {
    const auto days = covered.find(value);
    const std::span<const DayRange> seen =
        days == covered.end() ? std::span<const DayRange>() : std::span(days->second);
    auto found = changes_of(own, seen, options);
    std::move(found.begin(), found.end(), std::back_inserter(changes));
  }
  sort_and_judge(changes);
  return changes;
}

}  // namespace testigo::insight
