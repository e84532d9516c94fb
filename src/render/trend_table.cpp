#include "render/trend_table.h"

#include <algorithm>
#include <optional>

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
constexpr std::string_view absent = "–";

std::string interval_text(const Estimate& estimate) {
  return "[" + signed_fixed(estimate.interval.low, 2) + ", " +
         signed_fixed(estimate.interval.high, 2) + "]";
}

std::string share_text(const std::optional<Estimate>& share) {
  return share ? percent(share->value) : std::string(absent);
}

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
      {share_text(point.advocacy), plain},
      {share_text(point.complaint), plain},
      {net ? signed_fixed(net->value, 2) : std::string(absent), style_of(point)},
      {net ? interval_text(*net) : std::string(), plain}};
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

void append_estimate(std::vector<Value>& values, const std::optional<Estimate>& estimate) {
  values.push_back(estimate ? Value(estimate->value) : Value());
  values.push_back(estimate ? Value(estimate->interval.low) : Value());
  values.push_back(estimate ? Value(estimate->interval.high) : Value());
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
           interval_text(*change.now.net);
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

std::string render_voices(std::span<const insight::Voice> voices, const Terminal& terminal) {
  Table table;
  table.columns = {{"brand", Align::left, true},
                   {"mentions", Align::right, false},
                   {"share", Align::right, false},
                   {"95% interval", Align::left, false},
                   {"net", Align::right, false}};
  for (const auto& voice : voices) {
    const Style style = voice.small ? Style::dim : Style::plain;
    const auto& share = voice.share;
    table.rows.push_back(
        {{voice.brand.value, Style::plain},
         {grouped(voice.mentions), style},
         {share_text(share), style},
         {share ? "[" + percent(share->interval.low) + ", " + percent(share->interval.high) + "]"
                : std::string(),
          style},
         {voice.net ? signed_fixed(voice.net->value, 2) : std::string(absent), style}});
  }
  return render_table(table, terminal);
}

Rows voice_rows(std::span<const insight::Voice> voices) {
  Rows rows;
  rows.columns = {"brand", "mentions", "share",    "share_low", "share_high",
                  "net",   "net_low",  "net_high", "small"};
  for (const auto& voice : voices) {
    std::vector<Value> values = {voice.brand.value, voice.mentions};
    append_estimate(values, voice.share);
    append_estimate(values, voice.net);
    values.push_back(voice.small);
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
