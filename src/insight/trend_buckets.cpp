#include "insight/trend_buckets.h"

#include <algorithm>

namespace testigo::insight {
namespace {

bool contains(const DayRange& range, Day day) { return range.first <= day && day <= range.last; }

// Which days of a window were seen, one flag a day.
std::vector<bool> seen_days(std::span<const DayTotals> rows, std::span<const DayRange> covered,
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

// One for each hour; the days are UTC's.
std::vector<Point> empty_hours(const HourRange& hours, const std::vector<bool>& seen,
                               Day seen_from) {
  std::vector<Point> points;
  for (std::int64_t hour = hours.first; hour < hours.end; ++hour) {
    const Day day = day_of_hour(hour);
    points.push_back(empty_point({day, day}, hour_label(hour), seen, seen_from));
  }
  return points;
}

}  // namespace

Exposure exposure_of(std::span<const DayTotals> rows, std::span<const DayRange> covered,
                     const DayRange& window) {
  const auto seen = seen_days(rows, covered, window);
  return {std::count(seen.begin(), seen.end(), true), days_in(window), false};
}

void add(Point& point, const DayTotals& row) {
  point.mentions += row.mentions;
  point.classified += row.classified();
  for (std::size_t i = 0; i < point.tags.size(); ++i) point.tags[i] += row.tags[i];
  for (std::size_t i = 0; i < point.polarities.size(); ++i)
    point.polarities[i] += row.polarities[i];
  point.score_sum += row.score_sum;
  point.rating_sum += row.rating_sum;
  point.rated += row.rated;
  for (std::size_t i = 0; i < point.stars.size(); ++i) point.stars[i] += row.stars[i];
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
  point.rating = mean_rating(point.rating_sum, point.stars);
  point.small = point.classified < small_sample;
}

bool is_empty(const TrendOptions& options) {
  return options.bucket == Bucket::hour ? options.hours.end <= options.hours.first
                                        : options.window.last < options.window.first;
}

Buckets::Buckets(std::span<const DayTotals> rows, std::span<const DayRange> covered,
                 const TrendOptions& options)
    : options_(options), days_(options.window) {
  if (hourly()) days_ = {day_of_hour(options.hours.first), day_of_hour(options.hours.end - 1)};
  const auto seen = seen_days(rows, covered, days_);
  points_ = hourly() ? empty_hours(options.hours, seen, days_.first) : empty_points(options, seen);
  total_ = empty_total(days_, seen);
  exposure_ = {total_.covered_days, days_in(days_), false};
  if (!hourly()) return;
  total_.label = points_.front().label + ".." + points_.back().label;
  const auto seen_hours =
      std::count_if(points_.begin(), points_.end(), [](const Point& point) { return !point.gap; });
  exposure_ = {seen_hours, static_cast<std::int64_t>(points_.size()), true};
}

std::optional<std::size_t> Buckets::place_of(const DayTotals& row) const {
  if (hourly()) {
    if (!row.hour || *row.hour < options_.hours.first || *row.hour >= options_.hours.end)
      return std::nullopt;
    return static_cast<std::size_t>(*row.hour - options_.hours.first);
  }
  if (!contains(options_.window, row.day)) return std::nullopt;
  const auto found = std::partition_point(points_.begin(), points_.end(), [&](const Point& point) {
    return point.days.last < row.day;
  });
  return static_cast<std::size_t>(found - points_.begin());
}

}  // namespace testigo::insight
