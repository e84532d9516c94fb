#include "render/table.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "text/utf8.h"

namespace testigo::render {
namespace {

constexpr std::size_t gap = 2;            // blanks between columns
constexpr std::size_t least_elastic = 8;  // an elastic column stays readable
constexpr std::size_t most_bytes = 4096;  // of a cell: a terminal line shows far less

using Widths = std::vector<std::size_t>;

std::string_view head(std::string_view text) {
  return text.substr(0, text::char_border(text, most_bytes));
}

// What stands in each column, a terminal's width at most.
Widths natural_widths(const Table& table, std::size_t target) {
  Widths widths;
  for (const auto& column : table.columns) widths.push_back(display_width(column.title));
  for (const auto& row : table.rows) {
    assert(row.size() == widths.size() && "a row has a cell for each column");
    for (std::size_t i = 0; i < widths.size(); ++i)
      widths[i] = std::max(widths[i], display_width(head(row[i].text)));
  }
  for (auto& width : widths) width = std::min(width, target);
  return widths;
}

std::size_t line_width(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
}

// Takes columns from the widest of those that may give way, one by one, down to least_elastic.
void narrow(Widths& widths, std::size_t target, const std::vector<bool>& may_give) {
  while (line_width(widths) > target) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (may_give[i] && widths[i] > least_elastic &&
          (widest == widths.size() || widths[i] > widths[widest]))
        widest = i;
    if (widest == widths.size()) return;
    --widths[widest];
  }
}

Widths fitted_widths(const Table& table, std::size_t target) {
  Widths widths = natural_widths(table, target);
  std::vector<bool> elastic;
  for (const auto& column : table.columns) elastic.push_back(column.elastic);
  narrow(widths, target, elastic);
  return widths;
}

void append_cell(std::string& line, std::string_view text, Style style, Align align,
                 std::size_t width, const Terminal& terminal) {
  const std::string fitted = fit(head(text), width);
  const std::string padding(width - display_width(fitted), ' ');
  if (align == Align::right) line += padding;
  line += paint(fitted, style, terminal);
  if (align == Align::left) line += padding;
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string render_table(const Table& table, const Terminal& terminal) {
  if (table.columns.empty()) return {};
  const Widths widths = fitted_widths(table, std::max(terminal.width, least_width));
  const auto render_line = [&](const auto& cell_at) {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) line.append(gap, ' ');
      const Cell& cell = cell_at(i);
      append_cell(line, cell.text, cell.style, table.columns[i].align, widths[i], terminal);
    }
    return without_trailing_blanks(std::move(line)) + "\n";
  };
  std::vector<Cell> titles;
  for (const auto& column : table.columns) titles.push_back({column.title, Style::bold});
  std::string out = render_line([&](std::size_t i) -> const Cell& { return titles[i]; });
  for (const auto& row : table.rows)
    out += render_line([&](std::size_t i) -> const Cell& { return row[i]; });
  return out;
}

}  // namespace testigo::render
