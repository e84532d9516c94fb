#include "render/coverage_table.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "formats/json_writer.h"
#include "insight/coverage.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::CoverageSummary;

struct Counted {
  const char* title;
  std::int64_t CoverageCounts::*count;
  bool is_trouble;  // stands out where it is not zero
};
constexpr std::array<Counted, 8> counted_columns = {
    {{"asked", &CoverageCounts::asked, false},
     {"allowed", &CoverageCounts::allowed, false},
     {"blocked", &CoverageCounts::blocked, false},
     {"refused_by_page", &CoverageCounts::refused_by_page, false},
     {"capped", &CoverageCounts::capped, true},
     {"failed", &CoverageCounts::failed, true},
     {"empty", &CoverageCounts::empty, false},
     {"unchanged", &CoverageCounts::unchanged, false}}};
constexpr std::size_t refused_column = 3;

std::vector<Cell> cells_of(const CoverageSummary& summary, const std::string& brand,
                           const std::string& source) {
  std::vector<Cell> cells = {{brand, Style::plain}, {source, Style::plain}};
  for (const auto& column : counted_columns) {
    const std::int64_t count = summary.counts.*column.count;
    const Style style = count == 0 ? Style::dim : column.is_trouble ? Style::bad : Style::plain;
    cells.push_back({grouped(count), style});
  }
  cells.push_back(
      {summary.seen ? percent(*summary.seen) : "–", summary.partial ? Style::bad : Style::plain});
  return cells;
}

constexpr std::array<Counted, 3> troubles_counted = {{{"blocked", &CoverageCounts::blocked, false},
                                                      {"capped", &CoverageCounts::capped, true},
                                                      {"failed", &CoverageCounts::failed, true}}};

constexpr std::size_t most_reasons = 8;  // in a line; a program gets them all

// "acme forum: blocked 3, failed 1, left out 2 of 20 items: robots 2, http 403 1, timeout 1", the
// most frequent first; nothing where no reason is known.
std::string reasons_line(const CoverageCounts& counts) {
  if (counts.reasons.empty()) return {};
  std::vector<std::pair<std::string, std::int64_t>> reasons(counts.reasons.begin(),
                                                            counts.reasons.end());
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string line = counts.brand.value + " " + counts.source.value + ":";
  const char* before = " ";
  for (const auto& trouble : troubles_counted) {
    if (counts.*trouble.count == 0) continue;
    line += before + std::string(trouble.title) + " " + grouped(counts.*trouble.count);
    before = ", ";
  }
  if (counts.left_out > 0)
    line +=
        before + ("left out " + grouped(counts.left_out)) + " of " + counted(counts.items, "item");
  before = line.back() == ':' ? " " : ": ";
  const std::size_t shown = std::min(reasons.size(), most_reasons);
  for (const auto& [reason, requests] : std::span(reasons).first(shown)) {
    line += before + reason + " " + grouped(requests);
    before = ", ";
  }
  if (reasons.size() > shown)
    line +=
        ", and " + counted(static_cast<std::int64_t>(reasons.size() - shown), "reason") + " more";
  return line;
}

std::string reasons_json(const CoverageCounts& counts) {
  formats::JsonWriter json;
  json.begin_object();
  for (const auto& [reason, requests] : counts.reasons) json.field(reason, requests);
  return json.end_object().take();
}

// What becomes of what a run left out.
std::string what_of_the_rest(std::span<const CoverageCounts> coverage) {
  const CoverageCounts all = insight::summarize(coverage).counts;
  const std::int64_t for_good = insight::left_out_by_source(all);
  std::string words;
  if (all.failed > 0 || all.left_out > 0 || all.capped > for_good)
    words =
        "see what was capped, failed or left out above; what waits the next crawl asks, the rest "
        "is asked again when its watch is due, or with: testigo crawl --all";
  if (for_good == 0) return words;
  if (!words.empty()) words += "\n";
  return words +
         "a limit \"of the source\" holds for each crawl: where the service gives more, "
         "raise max_pages or max_requests in a copy of rules/sources/NAME.toml.";
}

std::string run_line(const CrawlSummary& summary) {
  return "Run " + std::to_string(summary.run) + ": " + counted(summary.pages, "page") + " (" +
         byte_size(summary.bytes) + ") in " + duration(summary.took) + "\n";
}

std::string found_line(const CrawlSummary& summary) {
  std::string line = counted(summary.posts, "post") + " seen: " + grouped(summary.new_posts) +
                     " new, " + grouped(summary.revisions) + " edited, " +
                     counted(summary.copies, "copy", "copies") + "; " +
                     counted(summary.new_mentions, "new mention");
  if (summary.unclassified > 0) line += ", " + grouped(summary.unclassified) + " unclassified";
  return line + "\n";
}

}  // namespace

std::string render_coverage(std::span<const CoverageCounts> rows, const Terminal& terminal) {
  Table table;
  table.columns = {{"brand", Align::left, true}, {"source", Align::left, true}};
  for (const auto& column : counted_columns) table.columns.push_back({column.title, Align::right});
  table.columns[2 + refused_column].title = "refused";
  table.columns.push_back({"seen", Align::right});
  const auto sources = insight::by_source(rows);
  for (const auto& one : sources)
    table.rows.push_back(cells_of(one, one.counts.brand.value, one.counts.source.value));
  if (sources.size() > 1) table.rows.push_back(cells_of(insight::summarize(rows), "all", ""));
  std::string out = render_table(table, terminal);
  for (const auto& one : sources) {
    const std::string line = reasons_line(one.counts);
    if (!line.empty()) out += neutralise(line) + "\n";
  }
  return out;
}

std::string render_crawl_summary(const CrawlSummary& summary, const Terminal& terminal) {
  std::string out = run_line(summary) + found_line(summary);
  if (!summary.coverage.empty()) out += "\n" + render_coverage(summary.coverage, terminal);
  if (!summary.troubles.empty()) out += "\n";
  for (const auto& trouble : summary.troubles)
    out += paint("! ", Style::bad, terminal) + neutralise(trouble) + "\n";
  const bool partial = summary.interrupted || insight::summarize(summary.coverage).partial;
  if (summary.interrupted) {
    out += paint("Interrupted; what was done is stored, and the next crawl goes on from here.",
                 Style::mixed, terminal) +
           "\n";
  } else if (partial) {
    out +=
        paint("Done in part: " + what_of_the_rest(summary.coverage), Style::mixed, terminal) + "\n";
  }
  return out;
}

Rows coverage_rows(std::span<const CoverageCounts> rows) {
  Rows out;
  out.columns = {"run", "brand", "source"};
  for (const auto& column : counted_columns) out.columns.emplace_back(column.title);
  for (const char* of_items : {"items", "left_out", "reasons"}) out.columns.emplace_back(of_items);
  for (const auto& row : rows) {
    std::vector<Value> values = {row.run == 0 ? Value() : Value(row.run), row.brand.value,
                                 row.source.value};
    for (const auto& column : counted_columns) values.emplace_back(row.*column.count);
    values.emplace_back(row.items);
    values.emplace_back(row.left_out);
    values.emplace_back(RawJson{reasons_json(row)});
    out.rows.push_back(std::move(values));
  }
  return out;
}

}  // namespace testigo::render
