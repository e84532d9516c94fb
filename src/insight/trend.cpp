#include "insight/trend.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace testigo::insight {
namespace {

using namespace std::string_view_literals;

constexpr std::array bucket_names = {"day"sv, "week"sv, "month"sv};
constexpr std::array split_names = {"none"sv, "brand"sv, "source"sv, "language"sv,
                                    "tag"sv,  "stage"sv, "theme"sv};
constexpr std::string_view no_value = "unclassified";

template <class Enum, class Names>
std::optional<Enum> named(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

bool contains(const DayRange& range, Day day) { return range.first <= day && day <= range.last; }

void add(Point& point, const DailyRollup& row) {
  point.mentions += row.mentions;
  if (row.tag) point.tags[static_cast<std::size_t>(*row.tag)] += row.mentions;
  if (row.polarity) {
    point.classified += row.mentions;
    point.polarities[static_cast<std::size_t>(*row.polarity)] += row.mentions;
    point.score_sum += row.score_sum;
  }
  point.rating_sum += row.rating_sum;
  point.rated += row.rated;
}

void finish(Point& point) {
  const auto positive = point.count(Polarity::positive);
  const auto negative = point.count(Polarity::negative);
  std::int64_t tagged = 0;
  for (const auto count : point.tags) tagged += count;
  point.net = net_sentiment(positive, negative, point.classified);
  point.advocacy = share(point.count(Tag::advocacy), tagged);
  point.complaint = share(point.count(Tag::complaint), tagged);
  if (point.classified > 0)
    point.mean_score = point.score_sum / static_cast<double>(point.classified);
  if (point.rated > 0) point.mean_rating = point.rating_sum / static_cast<double>(point.rated);
  point.small = point.classified < small_sample;
}

std::string value_of(const DailyRollup& row, Split split) {
  switch (split) {
    case Split::none:
      return {};
    case Split::brand:
      return row.brand.value;
    case Split::source:
      return row.source.value;
    case Split::language:
      return row.language;
    case Split::tag:
      return std::string(row.tag ? to_string(*row.tag) : no_value);
    case Split::stage:
      return std::string(row.stage ? to_string(*row.stage) : no_value);
    case Split::theme:
      return row.theme.value_or(std::string(no_value));
  }
  return {};
}

// Which days of a window were seen, one flag a day.
std::vector<bool> seen_days(std::span<const DailyRollup> rows, std::span<const DayRange> covered,
                            const DayRange& window) {
  std::vector<bool> seen(static_cast<std::size_t>(days_in(window)), false);
  const auto index = [&](Day day) { return (day.days - window.first.days).count(); };
  for (const DayRange& range : covered) {
    const Day first = std::max(range.first, window.first);
    const Day last = std::min(range.last, window.last);
    if (first <= last) std::fill(seen.begin() + index(first), seen.begin() + index(last) + 1, true);
  }
  for (const auto& row : rows)
    if (contains(window, row.day) && row.mentions > 0)
      seen[static_cast<std::size_t>(index(row.day))] = true;
  return seen;
}

Point empty_point(const DayRange& days, std::string label, const std::vector<bool>& seen,
                  Day seen_from) {
  Point point;
  point.days = days;
  point.label = std::move(label);
  const auto first = seen.begin() + (days.first.days - seen_from.days).count();
  point.covered_days = std::count(first, first + days_in(days), true);
  point.gap = point.covered_days == 0;
  return point;
}

Point empty_total(const DayRange& window, const std::vector<bool>& seen) {
  return empty_point(window, to_string(window.first) + ".." + to_string(window.last), seen,
                     window.first);
}

// The window's buckets, none missing, the outer ones cut to it.
std::vector<Point> empty_points(const TrendOptions& options, const std::vector<bool>& seen) {
  std::vector<Point> points;
  for (Day day = options.window.first; day <= options.window.last;) {
    const DayRange whole = bucket_of(day, options.bucket);
    const Day last = std::min(whole.last, options.window.last);
    points.push_back(
        empty_point({day, last}, bucket_label(day, options.bucket), seen, options.window.first));
    day.days = last.days + std::chrono::days(1);
  }
  return points;
}

Point& point_of(std::vector<Point>& points, Day day) {
  return *std::partition_point(points.begin(), points.end(),
                               [day](const Point& point) { return point.days.last < day; });
}

void sort_by_mentions(std::vector<Series>& series) {
  std::sort(series.begin(), series.end(), [](const Series& a, const Series& b) {
    if (a.total.mentions != b.total.mentions) return a.total.mentions > b.total.mentions;
    return a.name < b.name;
  });
}

Point total_of(std::span<const DailyRollup> rows, std::span<const DayRange> covered,
               const DayRange& window) {
  Point total = empty_total(window, seen_days(rows, covered, window));
  for (const auto& row : rows)
    if (contains(window, row.day)) add(total, row);
  finish(total);
  return total;
}

}  // namespace

std::optional<Bucket> parse_bucket(std::string_view name) {
  return named<Bucket>(bucket_names, name);
}
std::string_view to_string(Bucket bucket) { return bucket_names[static_cast<std::size_t>(bucket)]; }

std::optional<Split> parse_split(std::string_view name) { return named<Split>(split_names, name); }
std::string_view to_string(Split split) { return split_names[static_cast<std::size_t>(split)]; }

std::vector<Series> make_trend(std::span<const DailyRollup> rows, std::span<const DayRange> covered,
                               const TrendOptions& options) {
  if (options.window.last < options.window.first) return {};
  const auto seen = seen_days(rows, covered, options.window);
  const Series blank{{}, empty_points(options, seen), empty_total(options.window, seen)};
  std::map<std::string, Series> by_name;
  for (const auto& row : rows) {
    if (!contains(options.window, row.day)) continue;
    Series& series = by_name.try_emplace(value_of(row, options.split), blank).first->second;
    add(point_of(series.points, row.day), row);
    add(series.total, row);
  }
  if (by_name.empty() && options.split == Split::none) by_name.try_emplace("", blank);
  std::vector<Series> all;
  for (auto& [name, series] : by_name) {
    series.name = name;
    for (Point& point : series.points) finish(point);
    finish(series.total);
    all.push_back(std::move(series));
  }
  sort_by_mentions(all);
  return all;
}

DayRange trimmed(const DayRange& window, std::span<const DailyRollup> rows,
                 std::span<const DayRange> covered) {
  std::optional<DayRange> seen;
  const auto widen = [&](Day first, Day last) {
    first = std::max(first, window.first);
    last = std::min(last, window.last);
    if (last < first) return;
    if (!seen) seen = DayRange{first, last};
    seen->first = std::min(seen->first, first);
    seen->last = std::max(seen->last, last);
  };
  for (const DayRange& range : covered) widen(range.first, range.last);
  for (const auto& row : rows) widen(row.day, row.day);
  return seen.value_or(window);
}

DayRange previous_window(const DayRange& window) {
  const std::chrono::days length(days_in(window));
  return {{window.first.days - length}, {window.last.days - length}};
}

Change compare_periods(std::span<const DailyRollup> rows, std::span<const DayRange> covered,
                       const DayRange& window) {
  Change change;
  change.now = total_of(rows, covered, window);
  change.before = total_of(rows, covered, previous_window(window));
  change.mentions = change.now.mentions - change.before.mentions;
  if (!change.now.net || !change.before.net) return change;
  change.net = difference(*change.now.net, *change.before.net);
  const bool sure = change.net->interval.low > 0.0 || change.net->interval.high < 0.0;
  change.notable = sure && !change.now.small && !change.before.small;
  return change;
}

std::vector<DayRange> covered_by_runs(std::vector<Day> run_days, int reach_days) {
  std::sort(run_days.begin(), run_days.end());
  run_days.erase(std::unique(run_days.begin(), run_days.end()), run_days.end());
  std::vector<DayRange> covered;
  for (const Day day : run_days) {
    Day first{day.days - std::chrono::days(reach_days)};
    if (!covered.empty() && covered.back().last >= first)
      covered.back().last = day;
    else
      covered.push_back({first, day});
  }
  return covered;
}

}  // namespace testigo::insight
