#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "insight/trend.h"

// What trend.cpp and compare_periods.cpp share: where rows belong, and how they add up.

namespace testigo::insight {

// Sums up; finish() then makes the figures that follow.
void add(Point& point, const DayTotals& row);
void finish(Point& point);

[[nodiscard]] bool is_empty(const TrendOptions& options);

// The empty buckets of a window that is not, in which rows find theirs. `options` must outlive it.
class Buckets {
 public:
  Buckets(std::span<const DayTotals> rows, std::span<const DayRange> covered,
          const TrendOptions& options);

  [[nodiscard]] const std::vector<Point>& points() const { return points_; }
  [[nodiscard]] const Point& total() const { return total_; }
  [[nodiscard]] const Exposure& exposure() const { return exposure_; }
  [[nodiscard]] std::optional<std::size_t> place_of(const DayTotals& row) const;

 private:
  [[nodiscard]] bool hourly() const { return options_.bucket == Bucket::hour; }

  const TrendOptions& options_;
  DayRange days_;
  std::vector<Point> points_;
  Point total_;
  Exposure exposure_;
};

}  // namespace testigo::insight
