#include "render/look_alikes_table.h"

#include <algorithm>

#include "core/digest.h"
#include "formats/json_writer.h"
#include "render/estimates.h"
#include "render/figures.h"
#include "render/quote_json.h"
#include "render/quote_lines.h"

namespace testigo::render {
namespace {

using insight::Burst;
using insight::LookAlikes;
using insight::Syndicated;

constexpr std::size_t most_quotes = 3;

const insight::Quote& quote_at(const LookAlikes& found, std::size_t post) {
  return found.posts[post].quote;
}

std::string day_of(UtcTime time) { return to_iso8601(time).substr(0, 10); }

std::string span_of(const std::string& first, const std::string& last) {
  return first == last ? first : first + ".." + last;
}

std::string burst_text(const LookAlikes& found, const Burst& burst, const Terminal& terminal) {
  std::string out =
      paint(span_of(to_string(quote_at(found, burst.posts.front()).day),
                    to_string(quote_at(found, burst.posts.back()).day)) +
                ": " + counted(static_cast<std::int64_t>(burst.posts.size()), "post") +
                " of praise alike by new authors in " + counted(burst.sources, "source"),
            Style::bold, terminal) +
      "\n" + fixed(burst.expected, 2) + " expected in a week, p " +
      (burst.p < 0.001 ? "< 0.001" : "= " + fixed(burst.p, 3)) + "; " + grouped(burst.counted) +
      " counted in shares\n";
  for (std::size_t i = 0; i < std::min(burst.posts.size(), most_quotes); ++i)
    out += quote_lines(quote_at(found, burst.posts[i]), terminal);
  return out + "\n";
}

std::string syndicated_text(const Syndicated& one, const Terminal& terminal) {
  return paint(counted(one.copies, "copy", "copies") + " in " + counted(one.sources, "source") +
                   ", " + span_of(day_of(one.first), day_of(one.last)) + ", of",
               Style::bold, terminal) +
         "\n" + quote_lines(one.original, terminal) + "\n";
}

std::string quotes_json(const LookAlikes& found, const std::vector<std::size_t>& posts) {
  formats::JsonWriter json;
  json.begin_array();
  for (const std::size_t post : posts) append_quote(json, quote_at(found, post));
  return json.end_array().take();
}

std::vector<Value> row_of(const LookAlikes& found, const Burst& burst) {
  const auto posts = static_cast<std::int64_t>(burst.posts.size());
  const double weight = burst.counted > 0 ? 1.0 / static_cast<double>(burst.counted) : 0.0;
  return {std::string("burst"),
          to_string(quote_at(found, burst.posts.front()).day),
          to_string(quote_at(found, burst.posts.back()).day),
          posts,
          burst.authors,
          burst.sources,
          burst.counted,
          weight,
          burst.expected,
          burst.p,
          RawJson{quotes_json(found, burst.posts)}};
}

std::vector<Value> row_of(const Syndicated& one) {
  formats::JsonWriter json;
  json.begin_array();
  append_quote(json, one.original);
  // The original counts, its copies do not: together they are one voice.
  return {std::string("syndicated"),
          day_of(one.first),
          day_of(one.last),
          one.copies,
          Value(),
          one.sources,
          std::int64_t{0},
          0.0,
          Value(),
          Value(),
          RawJson{json.end_array().take()}};
}

}  // namespace

std::string render_look_alikes(const LookAlikes& found, const Terminal& terminal) {
  std::string out;
  for (const Burst& burst : found.bursts) out += burst_text(found, burst, terminal);
  if (found.bursts.empty()) out += "no burst of praise alike beyond the brand's own baseline\n\n";
  for (const Syndicated& one : found.syndicated) out += syndicated_text(one, terminal);
  out += "advocacy " + share_figure(found.advocacy) + " " + share_interval(found.advocacy) +
         ", net sentiment " + net_figure(found.net) + " " + net_interval(found.net) + "\n";
  if (found.bursts.empty()) return out;
  return out + "with each burst as one voice: advocacy " + share_figure(found.advocacy_weighted) +
         " " + share_interval(found.advocacy_weighted) + ", net sentiment " +
         net_figure(found.net_weighted) + " " + net_interval(found.net_weighted) + "\n";
}

Rows look_alike_rows(const LookAlikes& found) {
  Rows rows;
  rows.columns = {"kind",    "first",  "last",     "posts", "authors", "sources",
                  "counted", "weight", "expected", "p",     "quotes"};
  for (const Burst& burst : found.bursts) rows.rows.push_back(row_of(found, burst));
  for (const Syndicated& one : found.syndicated) rows.rows.push_back(row_of(one));
  return rows;
}

}  // namespace testigo::render
