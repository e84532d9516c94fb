#include "render/phrases_table.h"

#include <algorithm>

#include "core/digest.h"
#include "formats/json_writer.h"
#include "render/estimates.h"
#include "render/figures.h"
#include "render/quote_json.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::QuotedPhrase;

std::string quote_json(const insight::Quote& quote) {
  formats::JsonWriter json;
  append_quote(json, quote);
  return json.take();
}

std::vector<Cell> cells_of(const QuotedPhrase& one) {
  const Style style = one.phrase.sure ? Style::plain : Style::dim;
  return {{one.written, style},
          {grouped(one.phrase.now), style},
          {share_and_interval(one.phrase.share_now) + (one.phrase.sure ? "  " : " ~"), style},
          {grouped(one.phrase.before), style},
          {share_and_interval(one.phrase.share_before), style},
          {"“" + one.quote.text + "”", Style::plain},
          {show_key(one.quote.mention.value), Style::dim}};
}

}  // namespace

std::string render_phrases(std::span<const QuotedPhrase> phrases, const Terminal& terminal) {
  if (phrases.empty()) return "nothing that more people say than in the period before\n";
  Table table;
  table.columns = {{"phrase", Align::left, false},   {"now", Align::right, false},
                   {"share  ", Align::right, false}, {"before", Align::right, false},
                   {"share", Align::right, false},   {"said so", Align::left, true},
                   {"id", Align::left, false}};
  for (const QuotedPhrase& one : phrases) table.rows.push_back(cells_of(one));
  std::string out = render_table(table, terminal);
  if (std::any_of(phrases.begin(), phrases.end(),
                  [](const QuotedPhrase& one) { return !one.phrase.sure; }))
    out += paint("~ may be chance among so many phrases", Style::dim, terminal) + "\n";
  return out;
}

Rows phrase_rows(std::span<const QuotedPhrase> phrases) {
  Rows rows;
  rows.columns = {"phrase",
                  "now",
                  "before",
                  "share",
                  "share_low",
                  "share_high",
                  "share_before",
                  "share_before_low",
                  "share_before_high",
                  "g2",
                  "sure",
                  "quote"};
  for (const QuotedPhrase& one : phrases) {
    std::vector<Value> values = {one.written, one.phrase.now, one.phrase.before};
    append_estimate(values, one.phrase.share_now);
    append_estimate(values, one.phrase.share_before);
    values.insert(values.end(), {Value(one.phrase.g2), Value(one.phrase.sure),
                                 Value(RawJson{quote_json(one.quote)})});
    rows.rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace testigo::render
