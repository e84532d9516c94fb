#include "render/recoveries_table.h"

#include <algorithm>
#include <array>

#include "core/digest.h"
#include "render/estimates.h"
#include "render/figures.h"
#include "render/quote_json.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::Estimate;
using insight::Recoveries;
using insight::SurvivalPoint;

constexpr std::array<double, 5> shown_days = {1, 7, 14, 30, 90};

std::string days_text(double days) {
  return fixed(days, days < 10.0 ? 1 : 0) + (days == 1.0 ? " day" : " days");
}

// What had ended after so many days; before the curve's first step none had.
std::optional<Estimate> ended_after(const Recoveries& made, double days) {
  const SurvivalPoint point = insight::at_days(made.curve, days);
  if (point.at_risk == 0) return insight::share(0, made.watched);
  return Estimate{1.0 - point.open, {1.0 - point.interval.high, 1.0 - point.interval.low}};
}

std::string curve_table(const Recoveries& made, const Terminal& terminal) {
  Table table;
  table.columns = {{"after", Align::left, false},
                   {"recovered", Align::right, false},
                   {"95% interval", Align::left, false}};
  const Style style = made.watched < insight::small_sample ? Style::dim : Style::plain;
  for (const double days : shown_days) {
    const auto share = ended_after(made, days);
    table.rows.push_back(
        {{days_text(days), style}, {share_figure(share), style}, {share_interval(share), style}});
  }
  return render_table(table, terminal);
}

std::string replies_text(const Recoveries& made) {
  std::string text = "replied to " + std::to_string(made.replied) + " of " +
                     counted(made.complaints, "complaint") + ": " + share_figure(made.reply_rate) +
                     " " + share_interval(made.reply_rate) + (made.small_complaints ? " ~" : "");
  if (made.reply_days)
    text += ", half of them within " + days_text(*made.reply_days) + " (quartiles " +
            fixed(*made.reply_days_low, 1) + " and " + fixed(*made.reply_days_high, 1) + ")";
  return text + "\n";
}

std::string quoted(const insight::Quote& quote, const Terminal& terminal) {
  const std::size_t room = std::max(terminal.width, least_width) - 4;
  return "  " + fit("“" + neutralise(quote.text) + "”", room) + "\n";
}

std::string recovered_text(const insight::Recovered& one, const Terminal& terminal) {
  std::string out = "\n" + quoted(one.before, terminal);
  if (one.way != insight::RecoveryWay::inside) out += quoted(one.after, terminal);
  std::string note = std::string(to_string(one.way));
  if (one.days) note += " after " + days_text(*one.days);
  note += ", " + one.after.source.value + ", " + to_string(one.after.day) + ", id " +
          show_key(one.after.mention.value);
  return out + "  " + paint(neutralise(note), Style::dim, terminal) + "\n";
}

void append_interval(formats::JsonWriter& json, const std::string& name,
                     const std::optional<Estimate>& estimate) {
  const auto part = [&](auto value_of) {
    return estimate ? std::optional(value_of(*estimate)) : std::nullopt;
  };
  json.field(name, part([](const Estimate& e) { return e.value; }))
      .field(name + "_low", part([](const Estimate& e) { return e.interval.low; }))
      .field(name + "_high", part([](const Estimate& e) { return e.interval.high; }));
}

void append_point(formats::JsonWriter& json, const SurvivalPoint& point) {
  json.begin_object()
      .field("days", point.days)
      .field("at_risk", point.at_risk)
      .field("ended", point.ended)
      .field("open", point.open)
      .field("open_low", point.interval.low)
      .field("open_high", point.interval.high)
      .end_object();
}

}  // namespace

std::string render_recoveries(const Recoveries& made, const Terminal& terminal) {
  std::string out = counted(made.inside + made.edited + made.later, "pain") + " of " +
                    std::to_string(made.pains) + " ended: " + share_figure(made.share) + " " +
                    share_interval(made.share) + (made.small ? " ~" : "") + "; " +
                    std::to_string(made.inside) + " inside the text, " +
                    std::to_string(made.edited) + " by edit, " + std::to_string(made.later) +
                    " in a later post\n";
  out += replies_text(made);
  if (made.small || made.small_complaints)
    out += paint("~ of fewer than " + std::to_string(insight::small_sample) + ": read with care",
                 Style::dim, terminal) +
           "\n";
  if (made.watched > 0) {
    out += "\nHow long it takes, of " + std::to_string(made.watched) +
           " whose authors can be followed\n" + curve_table(made, terminal);
    out += made.median_days ? "half have recovered after " + days_text(*made.median_days) + "\n"
                            : "half have not recovered in this time\n";
  }
  for (const auto& one : made.recovered) out += recovered_text(one, terminal);
  return out;
}

std::string recoveries_json(const Recoveries& made) {
  formats::JsonWriter json;
  json.begin_object()
      .field("pains", made.pains)
      .field("inside", made.inside)
      .field("edited", made.edited)
      .field("later", made.later);
  append_interval(json, "share", made.share);
  json.field("small", made.small)
      .field("watched", made.watched)
      .field("median_days", made.median_days)
      .key("curve")
      .begin_array();
  for (const SurvivalPoint& point : made.curve) append_point(json, point);
  json.end_array().field("complaints", made.complaints).field("replied", made.replied);
  append_interval(json, "reply_rate", made.reply_rate);
  json.field("small_complaints", made.small_complaints)
      .field("reply_days", made.reply_days)
      .field("reply_days_low", made.reply_days_low)
      .field("reply_days_high", made.reply_days_high)
      .key("recovered")
      .begin_array();
  for (const auto& one : made.recovered) {
    json.begin_object()
        .field("way", std::string(to_string(one.way)))
        .field("days", one.days)
        .key("before");
    append_quote(json, one.before);
    json.key("after");
    append_quote(json, one.after);
    json.end_object();
  }
  return json.end_array().end_object().take() + "\n";
}

Rows survival_rows(const Recoveries& made) {
  Rows rows;
  rows.columns = {"days", "at_risk", "ended", "open", "open_low", "open_high"};
  for (const SurvivalPoint& point : made.curve)
    rows.rows.push_back({point.days, point.at_risk, point.ended, point.open, point.interval.low,
                         point.interval.high});
  return rows;
}

}  // namespace testigo::render
