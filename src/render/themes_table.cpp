#include "render/themes_table.h"

#include "render/estimates.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::Estimate;
using insight::ThemeRank;

// Grey where it may as well be chance.
Style growth_style(const std::optional<Estimate>& growth) {
  if (!growth) return Style::dim;
  const bool sure = growth->interval.low > 1.0 || growth->interval.high < 1.0;
  return sure ? Style::plain : Style::dim;
}

}  // namespace

std::string render_themes(const RankedThemes& ranked, const Terminal& terminal) {
  const auto& [themes, now, before] = ranked;
  if (themes.empty()) return "nothing was said\n";
  Table table;
  table.columns = {{"theme", Align::left, true},    {"mentions", Align::right, false},
                   {"pain  ", Align::right, false}, {"95% interval", Align::left, false},
                   {"growth", Align::right, false}, {"95% interval", Align::left, false},
                   {"rank", Align::right, false}};
  bool any_small = false;
  bool any_unseen = false;
  for (const ThemeRank& one : themes) {
    const Style style = one.small ? Style::dim : Style::plain;
    any_small = any_small || one.small;
    any_unseen = any_unseen || !one.growth;
    table.rows.push_back({{one.theme, Style::plain},
                          {grouped(one.mentions), Style::plain},
                          {share_figure(one.pain) + (one.small ? " ~" : "  "), style},
                          {share_interval(one.pain), style},
                          {growth_figure(one.growth), growth_style(one.growth)},
                          {growth_interval(one.growth), growth_style(one.growth)},
                          {fixed(one.rank, 1), Style::plain}});
  }
  std::string out = render_table(table, terminal);
  if (any_small)
    out += paint("~ of fewer than " + std::to_string(insight::small_sample) + ": read with care",
                 Style::dim, terminal) +
           "\n";
  if (any_unseen)
    out += paint(before.seen == 0 ? "no growth: the period before was not seen"
                                  : "no growth: the period was not seen",
                 Style::dim, terminal) +
           "\n";
  if (!now.whole() || !before.whole())
    out += paint(exposure_words(now, before) + "; growth is of mentions on a day that was seen",
                 Style::dim, terminal) +
           "\n";
  return out;
}

Rows theme_rows(const RankedThemes& ranked) {
  Rows rows;
  rows.columns = {"theme",    "mentions",  "before", "classified",  "pain",
                  "pain_low", "pain_high", "growth", "growth_low",  "growth_high",
                  "rank",     "small",     "window", "window_seen", "before_seen"};
  for (const ThemeRank& one : ranked.themes) {
    std::vector<Value> values = {one.theme, one.mentions, one.before, one.classified};
    append_estimate(values, one.pain);
    append_estimate(values, one.growth);
    values.insert(values.end(), {one.rank, one.small, ranked.seen_now.of, ranked.seen_now.seen,
                                 ranked.seen_before.seen});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
