#include "classify/learnt_table.h"

#include <map>

#include "classify/collect.h"
#include "classify/learnt_row.h"
#include "classify/table.h"

namespace testigo::classify {
namespace {

constexpr std::string_view default_heading =
    "# Weights that were learnt from labelled texts and accepted by a person who read each line.\n";

// The comment lines at a table's beginning, or those that a new one gets.
std::string heading_of(std::string_view table) {
  std::string out;
  while (table.starts_with('#')) {
    const std::size_t end = std::min(table.find('\n'), table.size() - 1);
    out += table.substr(0, end + 1);
    table.remove_prefix(end + 1);
  }
  return out.empty() ? std::string(default_heading) + std::string(table_header) : out;
}

}  // namespace

Result<std::vector<TableLine>> table_lines(std::string_view bytes, std::string_view path) {
  std::vector<TableLine> out;
  TableReader table(bytes);
  for (Row row; table.next(row);) {
    const std::string id(row.cell(id_column).text);
    const std::size_t dot = id.find('.');
    if (row.cell_count != rule_columns || dot == std::string::npos || dot < 2 || dot > 3)
      return fail(Errc::malformed,
                  "a rule has 7 columns parted by tabs, and its id begins with its language: "
                  "en.learnt.flimsy",
                  std::string(path) + ":" + std::to_string(row.line));
    out.push_back({id, id.substr(0, dot), std::string(row.raw)});
  }
  return out;
}

Result<MergedTable> merge_table(std::string_view table, std::string_view path,
                                const std::vector<TableLine>& lines, bool replace) {
  auto before = table_lines(table, path);
  if (!before) return fail(std::move(before.error()));
  std::map<std::string, std::string> by_id;
  for (TableLine& line : *before) by_id[line.id] = std::move(line.line);
  MergedTable merged;
  for (const TableLine& line : lines) {
    const auto [at, is_new] = by_id.emplace(line.id, line.line);
    if (is_new) {
      ++merged.added;
    } else if (at->second == line.line) {
      ++merged.known;
    } else if (replace) {
      at->second = line.line;
      ++merged.replaced;
    } else {
      return fail(Errc::refused,
                  "the id '" + line.id +
                      "' stands there with other words; give --replace, or "
                      "take the line out of the candidates",
                  std::string(path));
    }
  }
  merged.bytes = heading_of(table);
  for (const auto& [id, line] : by_id) merged.bytes += line + "\n";
  return merged;
}

}  // namespace testigo::classify
