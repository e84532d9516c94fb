#include "classify/table.h"

#include <algorithm>

namespace testigo::classify {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

void cut(Row& row) {
  row.cell_count = 0;
  std::size_t end = 0;
  do {
    end = std::min(row.raw.find('\t', end), row.raw.size());
    if (row.cell_count < Row::placed_cells)
      row.ends[row.cell_count] = static_cast<std::uint32_t>(end);
    ++row.cell_count;
  } while (end++ < row.raw.size());
}

bool is_blank(std::string_view raw) {
  return raw.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

Row row_of(std::string_view raw) {
  Row row;
  row.raw = raw;
  cut(row);
  return row;
}

TableReader::TableReader(std::string_view bytes) : rest_(bytes) {
  if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
}

bool TableReader::next(Row& row) {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('\n');
    row.raw = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (row.raw.ends_with('\r')) row.raw.remove_suffix(1);
    row.line = ++line_;
    if (is_blank(row.raw) || row.raw.starts_with('#')) {
      ++section_;
      continue;
    }
    row.section = section_;
    cut(row);
    return true;
  }
  return false;
}

}  // namespace testigo::classify
