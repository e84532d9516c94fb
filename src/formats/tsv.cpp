#include "formats/tsv.h"

#include <algorithm>

#include "text/utf8.h"

namespace testigo::formats {
namespace {

std::string place(std::string_view file, int line, std::size_t column) {
  return std::string(file) + ":" + std::to_string(line) + ":" + std::to_string(column);
}

std::string_view trim_spaces(std::string_view field) {
  while (!field.empty() && field.front() == ' ') field.remove_prefix(1);
  while (!field.empty() && field.back() == ' ') field.remove_suffix(1);
  return field;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    fields.push_back(trim_spaces(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return fields;
}

std::size_t first_bad_byte(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const text::CodePoint point = text::decode(line, at);
    if (!point.valid || point.value == 0) return at;
    at += point.size;
  }
  return line.size();
}

Result<TsvRow> read_row(std::string_view file, std::string_view line, int number,
                        const TsvShape& shape) {
  if (!text::is_valid_utf8(line) || line.find('\0') != std::string_view::npos) {
    return fail(Errc::malformed, "This line has a byte that is not UTF-8 text; save it as UTF-8.",
                place(file, number, first_bad_byte(line) + 1));
  }
  TsvRow row{number, line, split(line)};
  const std::size_t count = row.fields.size();
  if (count >= shape.min_fields && count <= shape.max_fields) return row;
  const std::size_t bound = count < shape.min_fields ? shape.min_fields : shape.max_fields;
  return fail(Errc::malformed,
              "This row has " + std::to_string(count) + " fields where " +
                  (count < shape.min_fields ? "at least " : "at most ") + std::to_string(bound) +
                  " are expected; fields are separated by one tab.",
              place(file, number, 1));
}

}  // namespace

int TsvRow::column_of(std::size_t field) const {
  if (field >= fields.size()) return static_cast<int>(text.size()) + 1;
  return static_cast<int>(fields[field].data() - text.data()) + 1;
}

Result<std::vector<TsvRow>> parse_tsv(std::string_view file, std::string_view bytes,
                                      const TsvShape& shape) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  std::vector<TsvRow> rows;
  int number = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    std::string_view line = bytes.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos || line[0] == '#') continue;
    Result<TsvRow> row = read_row(file, line, number, shape);
    if (!row) return fail(std::move(row).error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace testigo::formats
