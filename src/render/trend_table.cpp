#include "render/trend_table.h"

#include <algorithm>
#include <optional>

#include "render/estimates.h"
#include "render/figures.h"
#include "render/spark.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::Estimate;
using insight::Point;
using insight::Series;

constexpr Scale net_scale{-1.0, 1.0};
constexpr std::size_t bar_columns = 21;  // odd, so that zero has a column of its own
constexpr std::size_t bars_from = 78;    // terminals narrower than this get figures only
constexpr std::size_t most_sparks = 60;  // the latest buckets, on one line of a terminal

Style style_of(const Point& point) {
  if (point.small || !point.net) return Style::dim;
  if (point.net->interval.low > 0.0) return Style::good;
  return point.net->interval.high < 0.0 ? Style::bad : Style::plain;
}

std::vector<Cell> gap_cells(const Point& point, bool with_bar) {
  std::vector<Cell> cells = {{point.label, Style::dim}, {"not seen", Style::dim}};
  cells.resize(with_bar ? 7 : 6);
  return cells;
}

std::vector<Cell> cells_of(const Point& point, bool with_bar) {
  if (point.gap) return gap_cells(point, with_bar);
  const Style plain = point.small ? Style::dim : Style::plain;
  const auto& net = point.net;
  std::vector<Cell> cells = {
      {point.label, plain},
      {grouped(point.mentions) + (point.small && point.mentions > 0 ? " ~" : "  "), plain},
      {share_figure(point.advocacy), plain},
      {share_figure(point.complaint), plain},
      {net_figure(net), style_of(point)},
      {net_interval(net), plain}};
  if (!with_bar) return cells;
  std::string bar;
  if (net)
    bar = interval_bar(net->value, net->interval.low, net->interval.high, net_scale, bar_columns);
  cells.push_back({bar, style_of(point)});
  return cells;
}

Table table_of(const Series& series, bool with_bar) {
  Table table;
  table.columns = {{"when", Align::left, false},      {"mentions  ", Align::right, false},
                   {"advocacy", Align::right, false}, {"complaint", Align::right, false},
                   {"net", Align::right, false},      {"95% interval", Align::left, false}};
  if (with_bar) table.columns.push_back({"-1         0        +1", Align::left, true});
  for (const Point& point : series.points) table.rows.push_back(cells_of(point, with_bar));
  if (series.points.size() > 1) table.rows.push_back(cells_of(series.total, with_bar));
  if (series.points.size() > 1) table.rows.back().front().text = "all";
  return table;
}

std::string sparks(const Series& series) {
  std::vector<std::optional<double>> net;
  std::vector<std::optional<double>> mentions;
  const std::size_t count = std::min(series.points.size(), most_sparks);
  for (const Point& point : std::span(series.points).last(count)) {
    net.push_back(point.net ? std::optional(point.net->value) : std::nullopt);
    mentions.push_back(point.gap ? std::nullopt
                                 : std::optional(static_cast<double>(point.mentions)));
  }
  return "net sentiment " + sparkline(net, net_scale) + "\nmentions      " + sparkline(mentions) +
         "\n";
}

bool has(const std::vector<Series>& all, bool Point::*flag) {
  return std::any_of(all.begin(), all.end(), [flag](const Series& series) {
    return std::any_of(series.points.begin(), series.points.end(),
                       [flag](const Point& point) { return point.*flag; });
  });
}

std::vector<Value> row_of(const Series& series, const Point& point) {
  // Of a gap nothing is known: its counts are null, not zero.
  const auto count = [&](std::int64_t n) { return point.gap ? Value() : Value(n); };
  std::vector<Value> values = {series.name.empty() ? Value() : Value(series.name),
                               point.label,
                               to_string(point.days.first),
                               to_string(point.days.last),
                               point.covered_days,
                               point.gap,
                               count(point.mentions),
                               count(point.classified)};
  for (const Tag tag : {Tag::advocacy, Tag::complaint, Tag::mixed, Tag::question, Tag::other})
    values.push_back(count(point.count(tag)));
  for (const Polarity polarity :
       {Polarity::positive, Polarity::negative, Polarity::neutral, Polarity::mixed})
    values.push_back(count(point.count(polarity)));
  append_estimate(values, point.net);
  append_estimate(values, point.advocacy);
  append_estimate(values, point.complaint);
  values.push_back(value_of(point.mean_score));
  values.push_back(value_of(point.mean_rating));
  values.push_back(count(point.rated));
  values.push_back(point.small);
  return values;
}

}  // namespace

std::string render_trend(std::span<const Series> series, const Terminal& terminal) {
  const bool with_bar = std::max(terminal.width, least_width) >= bars_from;
  std::string out;
  for (const Series& one : series) {
    if (!out.empty()) out += "\n";
    if (!one.name.empty()) out += paint(neutralise(one.name), Style::bold, terminal) + "\n";
    if (one.points.size() > 1) out += sparks(one) + "\n";
    out += render_table(table_of(one, with_bar), terminal);
  }
  const std::vector<Series> all(series.begin(), series.end());
  if (has(all, &Point::small))
    out += paint("~ fewer than " + std::to_string(insight::small_sample) +
                     " classified: read with care",
                 Style::dim, terminal) +
           "\n";
  if (has(all, &Point::gap))
    out += paint("not seen: no crawl looked there, which is not zero", Style::dim, terminal) + "\n";
  return out;
}

std::string render_change(const insight::Change& change, const Terminal& terminal) {
  const std::string sign = change.mentions > 0 ? "+" : "";
  std::string out = "mentions " + grouped(change.now.mentions);
  if (!change.before.gap) out += " (" + sign + grouped(change.mentions) + ")";
  if (change.now.net)
    out += ", net sentiment " + signed_fixed(change.now.net->value, 2) + " " +
           net_interval(change.now.net);
  if (change.before.gap) return out + "; the period before was not seen\n";
  if (!change.net) return out + "\n";
  out += ", before " + signed_fixed(change.before.net->value, 2) + ": ";
  if (!change.notable) return out + "no notable change\n";
  const bool better = change.net->value > 0.0;
  return out +
         paint(better ? "notably better" : "notably worse", better ? Style::good : Style::bad,
               terminal) +
         "\n";
}

Rows trend_rows(std::span<const Series> series) {
  Rows rows;
  rows.columns = {"series",        "bucket",         "begin",
                  "end",           "covered_days",   "gap",
                  "mentions",      "classified",     "advocacy",
                  "complaint",     "mixed",          "question",
                  "other",         "positive",       "negative",
                  "neutral",       "mixed_polarity", "net",
                  "net_low",       "net_high",       "advocacy_share",
                  "advocacy_low",  "advocacy_high",  "complaint_share",
                  "complaint_low", "complaint_high", "mean_score",
                  "mean_rating",   "rated",          "small"};
  for (const Series& one : series)
    for (const Point& point : one.points) rows.rows.push_back(row_of(one, point));
  return rows;
}

}  // namespace testigo::render
