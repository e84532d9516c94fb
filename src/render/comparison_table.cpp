#include "render/comparison_table.h"

#include <algorithm>

#include "render/estimates.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::Change;
using insight::Point;
using insight::SeriesChange;

std::string signed_count(std::int64_t number) { return (number > 0 ? "+" : "") + grouped(number); }

bool is_seen_in_part(const Change& change) {
  return !change.seen_now.whole() || !change.seen_before.whole();
}

// Counts of periods that were not seen alike say nothing side by side; what a seen day had does.
std::string growth_text(const Change& change) {
  if (!change.growth) return {};
  if (!is_seen_in_part(change)) return signed_count(change.mentions);
  return growth_figure(change.growth) + " " + growth_interval(change.growth);
}

std::string exposure_text(const Change& change) {
  return exposure_words(change.seen_now, change.seen_before);
}

std::string marked(const Point& point) {
  if (point.gap) return "not seen";
  return net_figure(point.net) + (point.small && point.net ? " ~" : "  ");
}

Style style_of(const Change& change) {
  if (!change.notable) return Style::dim;
  return change.net->value > 0.0 ? Style::good : Style::bad;
}

const char* words_of(const Change& change) {
  if (!change.notable) return "";
  return change.net->value > 0.0 ? "notably better" : "notably worse";
}

std::vector<Value> row_of(const SeriesChange& one) {
  std::vector<Value> values = {one.name.empty() ? Value() : Value(one.name)};
  for (const Point* point : {&one.change.now, &one.change.before}) {
    values.push_back(to_string(point->days.first));
    values.push_back(to_string(point->days.last));
    values.push_back(point->gap);
    values.push_back(point->gap ? Value() : Value(point->mentions));
    append_estimate(values, point->net);
  }
  append_estimate(values, one.change.net);
  values.push_back(value_of(one.change.p));
  values.push_back(one.change.notable);
  append_estimate(values, one.change.growth);
  const insight::Exposure& now = one.change.seen_now;
  values.insert(values.end(),
                {now.in_hours ? "hour" : "day", now.of, now.seen, one.change.seen_before.seen});
  return values;
}

}  // namespace

std::string render_change(const Change& change, const Terminal& terminal) {
  std::string out = "mentions " + grouped(change.now.mentions);
  if (change.growth && is_seen_in_part(change))
    out += " (" + growth_text(change) + (change.seen_now.in_hours ? " an hour" : " a day") +
           " that was seen; " + exposure_text(change) + ")";
  else if (change.growth)
    out += " (" + growth_text(change) + ")";
  if (change.now.net)
    out += ", net sentiment " + net_figure(change.now.net) + " " + net_interval(change.now.net);
  if (change.before.gap) return out + "; the period before was not seen\n";
  if (!change.net) return out + "\n";
  out += ", before " + net_figure(change.before.net) + ": ";
  if (!change.notable) return out + "no notable change\n";
  return out + paint(words_of(change), style_of(change), terminal) + "\n";
}

std::string render_comparison(std::span<const SeriesChange> changes, const Terminal& terminal) {
  if (changes.size() == 1 && changes.front().name.empty())
    return render_change(changes.front().change, terminal);
  const bool in_part = !changes.empty() && is_seen_in_part(changes.front().change);
  const bool in_hours = in_part && changes.front().change.seen_now.in_hours;
  Table table;
  table.columns = {{"series", Align::left, true},
                   {"mentions", Align::right, false},
                   {!in_part   ? "by"
                    : in_hours ? "an hour seen"
                               : "a day seen",
                    Align::right, false},
                   {"net  ", Align::right, false},
                   {"before  ", Align::right, false},
                   {"change", Align::right, false},
                   {"95% interval", Align::left, false},
                   {"", Align::left, false}};
  for (const auto& [name, change] : changes) {
    const Style style = style_of(change);
    table.rows.push_back({{name, Style::plain},
                          {grouped(change.now.mentions), Style::plain},
                          {growth_text(change), Style::plain},
                          {marked(change.now), change.now.small ? Style::dim : Style::plain},
                          {marked(change.before), change.before.small ? Style::dim : Style::plain},
                          {change.net ? net_figure(change.net) : "–", style},
                          {net_interval(change.net), style},
                          {words_of(change), style}});
  }
  return "beside the period before" +
         (in_part ? ": " + exposure_text(changes.front().change) : std::string()) + "\n" +
         render_table(table, terminal);
}

Rows comparison_rows(std::span<const SeriesChange> changes) {
  Rows rows;
  rows.columns = {"series",     "begin",          "end",
                  "gap",        "mentions",       "net",
                  "net_low",    "net_high",       "before_begin",
                  "before_end", "before_gap",     "before_mentions",
                  "before_net", "before_net_low", "before_net_high",
                  "change",     "change_low",     "change_high",
                  "p",          "notable",        "growth",
                  "growth_low", "growth_high",    "seen_by",
                  "window",     "window_seen",    "before_seen"};
  for (const SeriesChange& one : changes) rows.rows.push_back(row_of(one));
  return rows;
}

}  // namespace testigo::render
