#include "classify/table.h"

namespace testigo::classify {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::vector<Cell> cells_of(std::string_view raw) {
  std::vector<Cell> cells;
  std::size_t begin = 0;
  while (true) {
    const std::size_t tab = raw.find('\t', begin);
    cells.push_back({raw.substr(begin, tab - begin), static_cast<int>(begin) + 1});
    if (tab == std::string_view::npos) return cells;
    begin = tab + 1;
  }
}

bool is_blank(std::string_view raw) {
  return raw.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

std::vector<Row> read_table(std::string_view bytes) {
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  std::vector<Row> rows;
  int line = 0;
  int section = 0;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    std::string_view raw = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    ++line;
    if (is_blank(raw) || raw.starts_with('#')) {
      ++section;
      continue;
    }
    rows.push_back({line, section, raw, cells_of(raw)});
  }
  return rows;
}

}  // namespace testigo::classify
