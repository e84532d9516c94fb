#include "render/changes_table.h"

#include <algorithm>

#include "core/digest.h"
#include "formats/json_writer.h"
#include "render/estimates.h"
#include "render/figures.h"
#include "render/quote_json.h"
#include "render/quote_lines.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::BeforeAfter;
using insight::Effect;
using insight::ExplainedChange;
using insight::Note;
using insight::Shift;

constexpr std::chrono::days note_reach{7};  // a note so near a change may be its cause

std::string p_figure(double p) { return p < 0.001 ? "p < 0.001" : "p = " + fixed(p, 3); }

Style style_of(const insight::Estimate& change) {
  return change.value > 0.0 ? Style::good : Style::bad;
}

std::vector<Note> notes_near(Day day, std::span<const Note> notes) {
  std::vector<Note> near;
  for (const Note& note : notes)
    if (note.day.days >= day.days - note_reach && note.day.days <= day.days + note_reach)
      near.push_back(note);
  return near;
}

std::string driver_line(const ExplainedChange& change) {
  std::string line;
  for (const insight::Driver& driver : change.drivers)
    line += (line.empty() ? "" : ", ") + neutralise(driver.theme) + " " +
            signed_fixed(driver.before, 2) + " → " + signed_fixed(driver.after, 2);
  return line;
}

std::string drivers_json(const ExplainedChange& change) {
  formats::JsonWriter json;
  json.begin_array();
  for (const insight::Driver& driver : change.drivers) {
    json.begin_object().field("name", driver.theme);
    json.field("before", driver.before).field("after", driver.after).end_object();
  }
  return json.end_array().take();
}

std::string notes_json(const std::vector<Note>& notes) {
  formats::JsonWriter json;
  json.begin_array();
  for (const Note& note : notes)
    json.begin_object().field("day", to_string(note.day)).field("text", note.text).end_object();
  return json.end_array().take();
}

std::string quotes_json(const ExplainedChange& change) {
  formats::JsonWriter json;
  json.begin_array();
  for (const insight::Quote& quote : change.quotes) append_quote(json, quote);
  return json.end_array().take();
}

constexpr const char* effect_name(Effect effect) {
  switch (effect) {
    case Effect::none:
      return "none";
    case Effect::changed:
      return "changed";
    case Effect::changed_earlier:
      return "changed_earlier";
  }
  return "";
}

std::string effect_words(const BeforeAfter& one) {
  if (one.effect == Effect::changed_earlier) return "was moving already";
  if (one.effect == Effect::none) return "";
  return one.shift.change->value > 0.0 ? "better" : "worse";
}

std::string change_figure(const Shift& shift) {
  return net_figure(shift.change) + (shift.small && shift.change ? " ~" : "  ");
}

std::vector<Cell> cells_of(const BeforeAfter& one) {
  const Style style = one.effect == Effect::changed ? style_of(*one.shift.change) : Style::dim;
  const Style plain = one.shift.small ? Style::dim : Style::plain;
  return {{one.theme ? *one.theme : "all mentions", plain},
          {grouped(one.shift.mentions_before), plain},
          {grouped(one.shift.mentions_after), plain},
          {net_figure(one.shift.net_before), plain},
          {net_figure(one.shift.net_after), plain},
          {change_figure(one.shift), style},
          {net_interval(one.shift.change), plain},
          {one.adjusted_p ? fixed(*one.adjusted_p, 3) : "–", plain},
          {change_figure(one.placebo), Style::dim},
          {effect_words(one), style}};
}

}  // namespace

std::string render_changes(std::span<const ExplainedChange> changes, std::span<const Note> notes,
                           const Terminal& terminal) {
  if (changes.empty()) return "no day from which on net sentiment is surely another\n";
  std::string out;
  for (const ExplainedChange& one : changes) {
    const insight::ChangePoint& point = one.point;
    if (!out.empty()) out += "\n";
    out += paint("from " + to_string(point.after.first) + " on net sentiment is " +
                     net_figure(point.net_after) + ", before " + net_figure(point.net_before),
                 style_of(point.change), terminal) +
           "\n";
    out += "change " + net_figure(point.change) + " " + net_interval(point.change) + ", " +
           p_figure(point.p) + "\n" + to_string(point.before.first) + ".." +
           to_string(point.before.last) + " beside " + to_string(point.after.first) + ".." +
           to_string(point.after.last) + "\n";
    for (const Note& note : notes_near(point.after.first, notes))
      out += "* " + to_string(note.day) + "  " + neutralise(note.text) + "\n";
    if (!one.drivers.empty()) out += "moved by " + driver_line(one) + "\n";
    for (const insight::Quote& quote : one.quotes) out += quote_lines(quote, terminal);
  }
  return out;
}

Rows change_rows(std::span<const ExplainedChange> changes, std::span<const Note> notes) {
  Rows rows;
  rows.columns = {"day",        "before_begin", "before_end", "after_begin", "after_end",
                  "net_before", "net_after",    "change",     "change_low",  "change_high",
                  "p",          "themes",       "notes",      "quotes"};
  for (const ExplainedChange& one : changes) {
    const insight::ChangePoint& point = one.point;
    std::vector<Value> values = {to_string(point.after.first), to_string(point.before.first),
                                 to_string(point.before.last), to_string(point.after.first),
                                 to_string(point.after.last),  point.net_before.value,
                                 point.net_after.value};
    append_estimate(values, point.change);
    values.insert(values.end(), {Value(point.p), Value(RawJson{drivers_json(one)}),
                                 Value(RawJson{notes_json(notes_near(point.after.first, notes))}),
                                 Value(RawJson{quotes_json(one)})});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

std::string render_before_after(std::span<const BeforeAfter> found, const Terminal& terminal) {
  if (found.empty()) return {};
  const Shift& shift = found.front().shift;
  std::string out = to_string(shift.before.first) + ".." + to_string(shift.before.last) +
                    " beside " + to_string(shift.after.first) + ".." + to_string(shift.after.last) +
                    "; placebo date " + to_string(found.front().placebo.after.first) + "\n\n";
  Table table;
  table.columns = {{"theme", Align::left, true},         {"before", Align::right, false},
                   {"after", Align::right, false},       {"net from", Align::right, false},
                   {"to", Align::right, false},          {"change  ", Align::right, false},
                   {"95% interval", Align::left, false}, {"p", Align::right, false},
                   {"placebo  ", Align::right, false},   {"", Align::left, false}};
  for (const BeforeAfter& one : found) table.rows.push_back(cells_of(one));
  out += render_table(table, terminal);
  const bool any_small = std::any_of(found.begin(), found.end(), [](const BeforeAfter& one) {
    return one.shift.small || one.placebo.small;
  });
  if (any_small)
    out += paint("~ a side has fewer than " + std::to_string(insight::small_sample) +
                     " classified; tested from " + std::to_string(insight::least_tested) +
                     " on both on",
                 Style::dim, terminal) +
           "\n";
  return out;
}

Rows before_after_rows(std::span<const BeforeAfter> found) {
  Rows rows;
  rows.columns = {"theme",
                  "date",
                  "days",
                  "before",
                  "after",
                  "net_before",
                  "net_after",
                  "change",
                  "change_low",
                  "change_high",
                  "p",
                  "adjusted_p",
                  "placebo_date",
                  "placebo_before",
                  "placebo_after",
                  "placebo_change",
                  "placebo_low",
                  "placebo_high",
                  "placebo_p",
                  "small",
                  "effect"};
  const auto value = [](const std::optional<insight::Estimate>& estimate) {
    return estimate ? Value(estimate->value) : Value();
  };
  for (const BeforeAfter& one : found) {
    std::vector<Value> values = {value_of(one.theme),
                                 to_string(one.shift.after.first),
                                 insight::days_in(one.shift.after),
                                 one.shift.mentions_before,
                                 one.shift.mentions_after,
                                 value(one.shift.net_before),
                                 value(one.shift.net_after)};
    append_estimate(values, one.shift.change);
    values.push_back(value_of(one.shift.p));
    values.push_back(value_of(one.adjusted_p));
    values.push_back(to_string(one.placebo.after.first));
    values.push_back(one.placebo.mentions_before);
    values.push_back(one.placebo.mentions_after);
    append_estimate(values, one.placebo.change);
    values.push_back(value_of(one.placebo.p));
    values.push_back(one.shift.small);
    values.push_back(std::string(effect_name(one.effect)));
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
