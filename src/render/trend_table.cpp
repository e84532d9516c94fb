#include "render/trend_table.h"

#include <algorithm>
#include <optional>

#include "formats/json_writer.h"
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
constexpr std::size_t bar_columns = 21;   // odd, so that zero has a column of its own
constexpr std::size_t bars_from = 98;     // terminals narrower than this get figures only
constexpr std::size_t seen_columns = 12;  // of what says how many days were seen, with its gap
constexpr std::size_t most_sparks = 60;   // the latest buckets, on one line of a terminal

Style style_of(const Point& point) {
  if (point.small || !point.net) return Style::dim;
  if (point.net->interval.low > 0.0) return Style::good;
  return point.net->interval.high < 0.0 ? Style::bad : Style::plain;
}

// What a table of points shows beside the figures that it always has.
struct Layout {
  bool bar = false;
  bool seen = false;  // how many days of each bucket
  bool adjusted = false;
  std::span<const insight::Note> notes;
};

std::string label_of(const Point& point, const Layout& layout) {
  return point.label + (notes_of(point, layout.notes).empty() ? "" : " *");
}

bool is_seen_in_part(const Point& point) {
  return !point.gap && point.covered_days < insight::days_in(point.days);
}

// Only where some of a bucket was not seen: else the days are those of the bucket.
std::string seen_text(const Point& point) {
  if (!is_seen_in_part(point)) return {};
  return std::to_string(point.covered_days) + " of " + std::to_string(insight::days_in(point.days));
}

std::vector<Column> columns_of(const Layout& layout) {
  std::vector<Column> columns = {{"when", Align::left, false}, {"mentions  ", Align::right, false}};
  if (layout.seen) columns.push_back({"days seen", Align::right, false});
  if (layout.adjusted) columns.push_back({"adjusted", Align::right, false});
  columns.insert(columns.end(), {{"advocacy", Align::right, false},
                                 {"complaint", Align::right, false},
                                 {"net", Align::right, false},
                                 {"95% interval", Align::left, false}});
  if (layout.bar) columns.push_back({"-1         0        +1", Align::left, true});
  return columns;
}

std::vector<Cell> cells_of(const Point& point, const Layout& layout) {
  if (point.gap) {
    std::vector<Cell> cells = {{label_of(point, layout), Style::dim}, {"not seen", Style::dim}};
    cells.resize(columns_of(layout).size());
    return cells;
  }
  const Style plain = point.small ? Style::dim : Style::plain;
  const auto& net = point.net;
  std::vector<Cell> cells = {
      {label_of(point, layout), plain},
      {grouped(point.mentions) + (point.small && point.mentions > 0 ? " ~" : "  "), plain}};
  if (layout.seen) cells.push_back({seen_text(point), Style::dim});
  if (layout.adjusted)
    cells.push_back({point.adjusted_mentions ? fixed(*point.adjusted_mentions, 1) : "", plain});
  cells.insert(cells.end(), {{share_and_interval(point.advocacy), plain},
                             {share_and_interval(point.complaint), plain},
                             {net_figure(net), style_of(point)},
                             {net_interval(net), plain}});
  if (!layout.bar) return cells;
  std::string bar;
  if (net)
    bar = interval_bar(net->value, net->interval.low, net->interval.high, net_scale, bar_columns);
  cells.push_back({bar, style_of(point)});
  return cells;
}

Table table_of(const Series& series, const Layout& layout) {
  Table table;
  table.columns = columns_of(layout);
  for (const Point& point : series.points) table.rows.push_back(cells_of(point, layout));
  if (series.points.size() < 2) return table;
  table.rows.push_back(cells_of(series.total, {layout.bar, layout.seen, layout.adjusted, {}}));
  table.rows.back().front().text = "all";
  return table;
}

std::string note_line(const insight::Note& note) {
  return to_string(note.day) + "  " + neutralise(note.text) +
         (note.brand ? " (" + neutralise(note.brand->value) + ")" : "");
}

std::string notes_json(const std::vector<insight::Note>& notes) {
  formats::JsonWriter json;
  json.begin_array();
  for (const insight::Note& note : notes) {
    json.begin_object().field("day", to_string(note.day)).field("text", note.text);
    json.end_object();
  }
  return json.end_array().take();
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

std::vector<Value> row_of(const Series& series, const Point& point,
                          std::span<const insight::Note> notes, bool star_shares) {
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
  values.push_back(point.rating ? Value(point.rating->value) : Value());
  values.push_back(count(point.rated));
  values.push_back(point.small);
  values.push_back(point.rating ? Value(point.rating->interval.low) : Value());
  values.push_back(point.rating ? Value(point.rating->interval.high) : Value());
  for (const std::int64_t star : point.stars) values.push_back(count(star));
  values.push_back(value_of(point.adjusted_mentions));
  values.push_back(RawJson{notes_json(notes_of(point, notes))});
  if (star_shares)
    for (const std::int64_t star : point.stars)
      append_estimate(values, point.gap ? std::nullopt : insight::share(star, point.rated));
  return values;
}

}  // namespace

std::vector<insight::Note> notes_of(const Point& point, std::span<const insight::Note> notes) {
  std::vector<insight::Note> found;
  for (const insight::Note& note : notes)
    if (point.days.first <= note.day && note.day <= point.days.last) found.push_back(note);
  return found;
}

std::string render_trend(std::span<const Series> series, const Terminal& terminal,
                         std::span<const insight::Note> notes) {
  Layout layout;
  layout.seen = std::any_of(series.begin(), series.end(), [](const Series& one) {
    return std::any_of(one.points.begin(), one.points.end(), is_seen_in_part);
  });
  layout.bar =
      std::max(terminal.width, least_width) >= bars_from + (layout.seen ? seen_columns : 0);
  layout.notes = notes;
  std::string out;
  for (const Series& one : series) {
    if (!out.empty()) out += "\n";
    if (!one.name.empty()) out += paint(neutralise(one.name), Style::bold, terminal) + "\n";
    if (one.points.size() > 1) out += sparks(one) + "\n";
    layout.adjusted = std::any_of(one.points.begin(), one.points.end(),
                                  [](const Point& point) { return point.adjusted_mentions; });
    out += render_table(table_of(one, layout), terminal);
  }
  const std::vector<Series> all(series.begin(), series.end());
  if (has(all, &Point::small))
    out += paint("~ fewer than " + std::to_string(insight::small_sample) +
                     " classified: read with care",
                 Style::dim, terminal) +
           "\n";
  if (has(all, &Point::gap))
    out += paint("not seen: no crawl looked there, which is not zero", Style::dim, terminal) + "\n";
  if (layout.seen)
    out += paint("days seen: the rest of the bucket nobody looked at, so its counts are too low",
                 Style::dim, terminal) +
           "\n";
  for (const insight::Note& note : notes) out += "* " + note_line(note) + "\n";
  return out;
}

Rows trend_rows(std::span<const Series> series, std::span<const insight::Note> notes,
                bool star_shares) {
  Rows rows;
  rows.columns = {"series",         "bucket",
                  "begin",          "end",
                  "covered_days",   "gap",
                  "mentions",       "classified",
                  "advocacy",       "complaint",
                  "mixed",          "question",
                  "other",          "positive",
                  "negative",       "neutral",
                  "mixed_polarity", "net",
                  "net_low",        "net_high",
                  "advocacy_share", "advocacy_low",
                  "advocacy_high",  "complaint_share",
                  "complaint_low",  "complaint_high",
                  "mean_score",     "mean_rating",
                  "rated",          "small",
                  "rating_low",     "rating_high",
                  "star1",          "star2",
                  "star3",          "star4",
                  "star5",          "mentions_adjusted",
                  "notes"};
  for (const char* star : {"star1", "star2", "star3", "star4", "star5"})
    for (const char* part : {"_share", "_low", "_high"})
      if (star_shares) rows.columns.push_back(std::string(star) + part);
  for (const Series& one : series)
    for (const Point& point : one.points)
      rows.rows.push_back(row_of(one, point, notes, star_shares));
  return rows;
}

}  // namespace testigo::render
