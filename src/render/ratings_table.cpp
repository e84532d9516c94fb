#include <algorithm>
#include <optional>

#include "render/estimates.h"
#include "render/figures.h"
#include "render/spark.h"
#include "render/table.h"
#include "render/trend_table.h"

namespace testigo::render {
namespace {

using insight::Point;
using insight::Series;

constexpr Scale star_scale{1.0, 5.0};
constexpr std::size_t most_sparks = 60;  // the latest buckets, on one line of a terminal

bool is_small(const Point& point) { return point.rated < insight::small_sample; }

std::vector<Cell> cells_of(const Point& point, const std::string& label) {
  if (point.gap) {
    std::vector<Cell> cells = {{label, Style::dim}, {"not seen", Style::dim}};
    cells.resize(9);
    return cells;
  }
  const Style style = is_small(point) ? Style::dim : Style::plain;
  std::vector<Cell> cells = {
      {label, style},
      {grouped(point.rated) + (is_small(point) && point.rated > 0 ? " ~" : "  "), style}};
  const auto& mean = point.rating;
  cells.push_back({mean ? fixed(mean->value, 2) : "–", style});
  cells.push_back(
      {mean ? "[" + fixed(mean->interval.low, 2) + ", " + fixed(mean->interval.high, 2) + "]" : "",
       style});
  for (const std::int64_t star : point.stars)
    cells.push_back({share_and_interval(insight::share(star, point.rated)), style});
  return cells;
}

Table table_of(const Series& series) {
  Table table;
  table.columns = {{"when", Align::left, false},
                   {"ratings  ", Align::right, false},
                   {"mean", Align::right, false},
                   {"95% interval", Align::left, false}};
  for (const char* star : {"1★", "2★", "3★", "4★", "5★"})
    table.columns.push_back({star, Align::right, false});
  for (const Point& point : series.points) table.rows.push_back(cells_of(point, point.label));
  if (series.points.size() > 1) table.rows.push_back(cells_of(series.total, "all"));
  return table;
}

std::string spark(const Series& series) {
  std::vector<std::optional<double>> means;
  const std::size_t count = std::min(series.points.size(), most_sparks);
  for (const Point& point : std::span(series.points).last(count))
    means.push_back(point.rating ? std::optional(point.rating->value) : std::nullopt);
  return "mean of 1 to 5 stars " + sparkline(means, star_scale) + "\n";
}

}  // namespace

std::string render_ratings(std::span<const Series> series, const Terminal& terminal) {
  std::string out;
  bool any_small = false;
  for (const Series& one : series) {
    if (!out.empty()) out += "\n";
    if (!one.name.empty()) out += paint(neutralise(one.name), Style::bold, terminal) + "\n";
    if (one.total.rated == 0) {
      out += "nothing is rated here\n";
      continue;
    }
    if (one.points.size() > 1) out += spark(one) + "\n";
    out += render_table(table_of(one), terminal);
    for (const Point& point : one.points)
      any_small = any_small || (point.rated > 0 && is_small(point));
  }
  if (any_small)
    out +=
        paint("~ fewer than " + std::to_string(insight::small_sample) + " ratings: read with care",
              Style::dim, terminal) +
        "\n";
  return out;
}

}  // namespace testigo::render
