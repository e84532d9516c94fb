#include "render/share_table.h"

#include <algorithm>

#include "core/digest.h"
#include "render/estimates.h"
#include "render/figures.h"
#include "render/quote_json.h"
#include "render/quote_lines.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::SwitchCell;
using insight::Voice;

constexpr std::string_view nobody = "(not said)";

std::string marked(std::string figure, bool small) { return figure + (small ? " ~" : "  "); }

Style style_of(bool small) { return small ? Style::dim : Style::plain; }

Style net_style(const Voice& voice) {
  if (voice.small_net || !voice.net) return Style::dim;
  if (voice.net->interval.low > 0.0) return Style::good;
  return voice.net->interval.high < 0.0 ? Style::bad : Style::plain;
}

std::string small_note(const Terminal& terminal) {
  return paint("~ of fewer than " + std::to_string(insight::small_sample) + ": read with care",
               Style::dim, terminal) +
         "\n";
}

std::string name_of(const BrandId& brand) {
  return brand.empty() ? std::string(nobody) : brand.value;
}

Value value_of_name(const BrandId& brand) { return brand.empty() ? Value() : Value(brand.value); }

std::string causes_text(const SwitchCell& cell) {
  std::string text;
  for (const insight::Cause& cause : cell.causes)
    text += (text.empty() ? "" : ", ") + cause.theme + " " + grouped(cause.posts);
  return text;
}

std::string causes_json(const SwitchCell& cell) {
  formats::JsonWriter json;
  json.begin_object();
  for (const insight::Cause& cause : cell.causes) json.field(cause.theme, cause.posts);
  return json.end_object().take();
}

std::string quotes_json(const SwitchCell& cell) {
  formats::JsonWriter json;
  json.begin_array();
  for (const insight::Quote& quote : cell.quotes) append_quote(json, quote);
  return json.end_array().take();
}

}  // namespace

std::string render_voices(std::span<const Voice> voices, const Terminal& terminal) {
  Table table;
  table.columns = {{"brand", Align::left, true},        {"mentions", Align::right, false},
                   {"voice  ", Align::right, false},    {"95% interval", Align::left, false},
                   {"advocacy  ", Align::right, false}, {"95% interval", Align::left, false},
                   {"net  ", Align::right, false}};
  bool any_small = false;
  for (const Voice& voice : voices) {
    any_small = any_small || voice.small_voice || voice.small_advocates || voice.small_net;
    table.rows.push_back(
        {{voice.brand.value, Style::plain},
         {grouped(voice.mentions), Style::plain},
         {marked(share_figure(voice.voice), voice.small_voice), style_of(voice.small_voice)},
         {share_interval(voice.voice), style_of(voice.small_voice)},
         {marked(share_figure(voice.advocates), voice.small_advocates),
          style_of(voice.small_advocates)},
         {share_interval(voice.advocates), style_of(voice.small_advocates)},
         {marked(net_figure(voice.net), voice.small_net), net_style(voice)}});
  }
  return render_table(table, terminal) + (any_small ? small_note(terminal) : "");
}

Rows voice_rows(std::span<const Voice> voices) {
  Rows rows;
  rows.columns = {"brand",     "mentions",   "advocacy",       "complaint",    "share",
                  "share_low", "share_high", "advocacy_share", "advocacy_low", "advocacy_high",
                  "net",       "net_low",    "net_high",       "small",        "advocacy_small",
                  "net_small"};
  for (const Voice& voice : voices) {
    std::vector<Value> values = {voice.brand.value, voice.mentions, voice.advocacy,
                                 voice.complaints};
    append_estimate(values, voice.voice);
    append_estimate(values, voice.advocates);
    append_estimate(values, voice.net);
    values.insert(values.end(), {voice.small_voice, voice.small_advocates, voice.small_net});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

std::string render_switches(std::span<const SwitchCell> cells, const Terminal& terminal) {
  if (cells.empty()) return "nobody says so\n";
  Table table;
  table.columns = {{"from", Align::left, true},      {"to", Align::left, true},
                   {"go", Align::right, false},      {"prefer", Align::right, false},
                   {"share  ", Align::right, false}, {"95% interval", Align::left, false},
                   {"about", Align::left, true}};
  for (const SwitchCell& cell : cells) {
    const Style style = style_of(cell.small);
    table.rows.push_back({{name_of(cell.from), Style::plain},
                          {name_of(cell.to), Style::plain},
                          {grouped(cell.goes), Style::plain},
                          {grouped(cell.prefers), Style::plain},
                          {marked(share_figure(cell.share), cell.small), style},
                          {share_interval(cell.share), style},
                          {causes_text(cell), Style::plain}});
  }
  std::string out = render_table(table, terminal);
  if (cells.front().small) out += small_note(terminal);
  for (const SwitchCell& cell : cells) {
    out += "\n" +
           paint(neutralise(name_of(cell.from) + " → " + name_of(cell.to)), Style::bold, terminal) +
           "\n";
    for (const insight::Quote& quote : cell.quotes) out += quote_lines(quote, terminal);
  }
  return out;
}

Rows switch_rows(std::span<const SwitchCell> cells) {
  Rows rows;
  rows.columns = {"from",      "to",         "goes",    "prefers",     "share",
                  "share_low", "share_high", "balance", "balance_low", "balance_high",
                  "small",     "themes",     "quotes"};
  for (const SwitchCell& cell : cells) {
    std::vector<Value> values = {value_of_name(cell.from), value_of_name(cell.to), cell.goes,
                                 cell.prefers};
    append_estimate(values, cell.share);
    append_estimate(values, cell.balance);
    values.insert(values.end(), {Value(cell.small), Value(RawJson{causes_json(cell)}),
                                 Value(RawJson{quotes_json(cell)})});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
