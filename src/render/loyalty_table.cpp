#include "render/loyalty_table.h"

#include "formats/json_writer.h"
#include "render/estimates.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::Loyalty;

constexpr std::array intents = {Intent::buy, Intent::repurchase, Intent::churn, Intent::switch_to};

std::vector<Cell> cells_of(const Loyalty& one) {
  const Style style = one.small ? Style::dim : Style::plain;
  return {{one.brand.value, Style::plain},
          {grouped(one.authors), style},
          {grouped(one.fans), style},
          {grouped(one.detractors), style},
          {net_figure(one.net_advocacy) + (one.small && one.net_advocacy ? " ~" : "  "), style},
          {net_interval(one.net_advocacy), style}};
}

// Who means to do what next.
std::string intents_text(std::span<const Loyalty> found, const Terminal& terminal) {
  Table table;
  table.columns = {{"say that they will", Align::left, true}};
  for (const Intent intent : intents) {
    table.columns.push_back({std::string(to_string(intent)), Align::right, false});
    table.columns.push_back({"share of all", Align::right, false});
  }
  table.columns.push_back({"come here", Align::right, false});
  for (const Loyalty& one : found) {
    std::vector<Cell> cells = {{one.brand.value, Style::plain}};
    for (const Intent intent : intents) {
      const auto i = static_cast<std::size_t>(intent);
      cells.push_back({grouped(one.intents[i]), Style::plain});
      cells.push_back({share_and_interval(one.intent_shares[i]), Style::dim});
    }
    cells.push_back({grouped(one.arrivals), Style::plain});
    table.rows.push_back(std::move(cells));
  }
  return "\n" + render_table(table, terminal);
}

std::string named(std::string_view title, const std::vector<AuthorStanding>& authors,
                  const Terminal& terminal) {
  if (authors.empty()) return {};
  Table table;
  table.columns = {{std::string(title), Align::left, false}, {"source", Align::left, true},
                   {"mentions", Align::right, false},        {"advocacy", Align::right, false},
                   {"complaints", Align::right, false},      {"latest", Align::left, false}};
  for (const AuthorStanding& one : authors)
    table.rows.push_back({{one.author, Style::plain},
                          {one.source.value, Style::plain},
                          {grouped(one.mentions), Style::plain},
                          {grouped(one.advocacy), Style::plain},
                          {grouped(one.complaints), Style::plain},
                          {to_string(one.last), Style::plain}});
  return "\n" + render_table(table, terminal);
}

std::string authors_json(const std::vector<AuthorStanding>& authors) {
  formats::JsonWriter json;
  json.begin_array();
  for (const AuthorStanding& one : authors) {
    json.begin_object().field("author", one.author).field("source", one.source.value);
    json.field("mentions", one.mentions).field("advocacy", one.advocacy);
    json.field("complaints", one.complaints).field("reach", one.reach);
    json.field("last", to_string(one.last)).end_object();
  }
  return json.end_array().take();
}

}  // namespace

std::string render_loyalty(std::span<const Loyalty> found, const Terminal& terminal) {
  Table table;
  table.columns = {{"brand", Align::left, true},
                   {"authors", Align::right, false},
                   {"fans", Align::right, false},
                   {"detractors", Align::right, false},
                   {"net advocacy  ", Align::right, false},
                   {"95% interval", Align::left, false}};
  bool any_small = false;
  for (const Loyalty& one : found) {
    any_small = any_small || (one.small && one.net_advocacy);
    table.rows.push_back(cells_of(one));
  }
  std::string out = render_table(table, terminal);
  if (any_small)
    out += paint("~ of fewer than " + std::to_string(insight::small_sample) +
                     " authors: read with care",
                 Style::dim, terminal) +
           "\n";
  if (found.empty()) return out;
  return out + intents_text(found, terminal) + named("fans", found.front().top_fans, terminal) +
         named("detractors", found.front().top_detractors, terminal);
}

Rows loyalty_rows(std::span<const Loyalty> found) {
  Rows rows;
  rows.columns = {"brand",
                  "authors",
                  "fans",
                  "detractors",
                  "silent",
                  "net_advocacy",
                  "net_advocacy_low",
                  "net_advocacy_high",
                  "small",
                  "classified"};
  for (const Intent intent : intents) {
    const std::string name(to_string(intent));
    for (const char* part : {"", "_share", "_low", "_high"}) rows.columns.push_back(name + part);
  }
  rows.columns.insert(rows.columns.end(), {"arrivals", "top_fans", "top_detractors"});
  for (const Loyalty& one : found) {
    std::vector<Value> values = {one.brand.value, one.authors, one.fans, one.detractors,
                                 one.silent};
    append_estimate(values, one.net_advocacy);
    values.push_back(one.small);
    values.push_back(one.classified);
    for (std::size_t i = 0; i < intents.size(); ++i) {
      values.push_back(one.intents[i]);
      append_estimate(values, one.intent_shares[i]);
    }
    values.push_back(one.arrivals);
    values.push_back(RawJson{authors_json(one.top_fans)});
    values.push_back(RawJson{authors_json(one.top_detractors)});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
