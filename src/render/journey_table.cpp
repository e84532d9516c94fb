#include "render/journey_table.h"

#include <algorithm>
#include <array>

#include "render/estimates.h"
#include "render/figures.h"
#include "render/spark.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using namespace std::string_view_literals;
using insight::Moment;

constexpr Scale net_scale{-1.0, 1.0};
constexpr std::size_t bar_columns = 21;  // odd, so that zero has a column of its own
constexpr std::size_t bars_from = 96;    // narrower terminals get figures only

constexpr std::array ui_names = {"en"sv, "es"sv, "ro"sv};

// Our words in one language.
struct Words {
  const char* moment;
  const char* mentions;
  const char* positive;
  const char* negative;
  const char* net;
  const char* interval;
  const char* weakest;  // followed by the moment's name
  const char* surely;
  const char* not_surely;
  const char* few;  // followed by the number
  const char* nothing;
};
constexpr std::array<Words, 3> all_words = {
    Words{"moment", "mentions", "positive", "negative", "net", "95% interval",
          "weakest link: ", "surely below the others", "not surely below the others",
          "~ classified are fewer than ", "nothing was said"},
    Words{"momento", "menciones", "positivas", "negativas", "neto", "intervalo 95 %",
          "eslabón más débil: ", "con certeza por debajo de los demás",
          "sin certeza de que esté por debajo de los demás", "~ clasificadas son menos de ",
          "no se ha dicho nada"},
    Words{"moment", "mențiuni", "pozitive", "negative", "net", "interval 95 %",
          "veriga cea mai slabă: ", "cu certitudine sub celelalte",
          "fără certitudinea că e sub celelalte", "~ clasificate sunt mai puține de ",
          "nu s-a spus nimic"}};

const Words& words_in(Ui ui) { return all_words[static_cast<std::size_t>(ui)]; }

Style style_of(const Moment& moment) {
  if (moment.small || !moment.net) return Style::dim;
  if (moment.net->interval.low > 0.0) return Style::good;
  return moment.net->interval.high < 0.0 ? Style::bad : Style::plain;
}

std::vector<Cell> cells_of(const NamedMoment& named, bool with_bar) {
  const Moment& moment = named.moment;
  const Style plain = moment.small ? Style::dim : Style::plain;
  std::vector<Cell> cells = {
      {(moment.weakest ? "▸ " : "  ") + named.name, moment.weakest ? Style::bold : plain},
      {grouped(moment.mentions) + (moment.small && moment.mentions > 0 ? " ~" : "  "), plain},
      {share_and_interval(moment.positive), plain},
      {share_and_interval(moment.negative), plain},
      {net_figure(moment.net), style_of(moment)}};
  if (!with_bar) return cells;
  const auto& net = moment.net;
  cells.push_back(
      {net ? interval_bar(net->value, net->interval.low, net->interval.high, net_scale, bar_columns)
           : std::string(),
       style_of(moment)});
  return cells;
}

}  // namespace

std::optional<Ui> parse_ui(std::string_view name) {
  const auto found = std::find(ui_names.begin(), ui_names.end(), name);
  if (found == ui_names.end()) return std::nullopt;
  return static_cast<Ui>(found - ui_names.begin());
}
std::string_view to_string(Ui ui) { return ui_names[static_cast<std::size_t>(ui)]; }

std::string render_journey(std::string_view title, std::span<const NamedMoment> moments, Ui ui,
                           const Terminal& terminal) {
  const Words& words = words_in(ui);
  const bool with_bar = std::max(terminal.width, least_width) >= bars_from;
  Table table;
  table.columns = {{"  " + std::string(words.moment), Align::left, true},
                   {std::string(words.mentions) + "  ", Align::right, false},
                   {words.positive, Align::right, false},
                   {words.negative, Align::right, false},
                   {words.net, Align::right, false}};
  if (with_bar) table.columns.push_back({"-1         0        +1", Align::left, false});
  std::string notes;
  bool any_small = false;
  bool any = false;
  for (const NamedMoment& named : moments) {
    any = any || named.moment.mentions > 0;
    any_small = any_small || (named.moment.small && named.moment.mentions > 0);
    table.rows.push_back(cells_of(named, with_bar));
    if (named.moment.weakest)
      notes += words.weakest + neutralise(named.name) + " " + net_figure(named.moment.net) + " " +
               net_interval(named.moment.net) + ", " +
               (named.moment.surely ? words.surely : words.not_surely) + "\n";
  }
  std::string out = paint(neutralise(title), Style::bold, terminal) + "\n";
  if (!any) return out + words.nothing + "\n";
  out += render_table(table, terminal) + notes;
  if (any_small)
    out += paint(words.few + std::to_string(insight::small_sample), Style::dim, terminal) + "\n";
  return out;
}

Rows journey_rows(std::string_view framework, std::span<const NamedMoment> moments) {
  Rows rows;
  rows.columns = {"framework",      "moment",         "name",          "mentions",
                  "classified",     "positive",       "negative",      "neutral",
                  "mixed",          "positive_share", "positive_low",  "positive_high",
                  "negative_share", "negative_low",   "negative_high", "net",
                  "net_low",        "net_high",       "small",         "weakest",
                  "surely"};
  for (const NamedMoment& named : moments) {
    const Moment& moment = named.moment;
    std::vector<Value> values = {std::string(framework), moment.id, named.name, moment.mentions,
                                 moment.classified};
    for (const Polarity polarity :
         {Polarity::positive, Polarity::negative, Polarity::neutral, Polarity::mixed})
      values.push_back(moment.count(polarity));
    append_estimate(values, moment.positive);
    append_estimate(values, moment.negative);
    append_estimate(values, moment.net);
    values.insert(values.end(), {moment.small, moment.weakest, moment.surely});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
