#include "render/consistency_table.h"

#include "render/estimates.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::Consistency;
using insight::Group;

std::string group_text(const std::optional<Group>& group) {
  return group ? group->name + " " + signed_fixed(group->net.value, 2) : "";
}

std::vector<Cell> cells_of(const Consistency& one) {
  const Style style = one.small ? Style::dim : Style::plain;
  return {{one.brand.value, Style::plain},
          {std::string(to_string(one.across)), Style::plain},
          {grouped(one.groups), style},
          {net_figure(one.net) + (one.small && one.net ? " ~" : "  "), style},
          {one.spread ? fixed(*one.spread, 2) : "–", style},
          {one.beyond_chance ? percent(*one.beyond_chance) : "–", style},
          {group_text(one.lowest), style},
          {group_text(one.highest), style}};
}

}  // namespace

std::string render_consistency(std::span<const Consistency> found, const Terminal& terminal) {
  Table table;
  table.columns = {{"brand", Align::left, true},    {"across", Align::left, false},
                   {"groups", Align::right, false}, {"net  ", Align::right, false},
                   {"spread", Align::right, false}, {"beyond chance", Align::right, false},
                   {"lowest", Align::left, true},   {"highest", Align::left, true}};
  bool any_small = false;
  for (const Consistency& one : found) {
    any_small = any_small || one.small;
    table.rows.push_back(cells_of(one));
  }
  std::string out = render_table(table, terminal);
  if (any_small)
    out += paint("~ of fewer than " + std::to_string(insight::small_sample) + ": read with care",
                 Style::dim, terminal) +
           "\n";
  return out;
}

Rows consistency_rows(std::span<const Consistency> found) {
  Rows rows;
  rows.columns = {"brand",      "across",   "groups",      "classified",    "net",
                  "net_low",    "net_high", "spread",      "beyond_chance", "lowest",
                  "lowest_net", "highest",  "highest_net", "small"};
  for (const Consistency& one : found) {
    std::vector<Value> values = {one.brand.value, std::string(to_string(one.across)), one.groups,
                                 one.classified};
    append_estimate(values, one.net);
    values.push_back(value_of(one.spread));
    values.push_back(value_of(one.beyond_chance));
    for (const auto& group : {one.lowest, one.highest}) {
      values.push_back(group ? Value(group->name) : Value());
      values.push_back(group ? Value(group->net.value) : Value());
    }
    values.push_back(one.small);
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
