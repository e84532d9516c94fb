#include "formats/csv_lines.h"

#include <algorithm>

namespace testigo::formats {
namespace {

std::string unquoted(std::string_view field) {
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return std::string(field);
  field = field.substr(1, field.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    out += field[i];
    if (field[i] == '"' && i + 1 < field.size() && field[i + 1] == '"') ++i;
  }
  return out;
}

}  // namespace

bool is_rows(std::string_view lines, char delimiter, std::size_t fields) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find_first_of("\r\n"), lines.size());
    const auto borders =
        std::count(lines.begin(), lines.begin() + static_cast<long>(end), delimiter);
    if (end > 0 && static_cast<std::size_t>(borders) + 1 != fields) return false;
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return true;
}

std::vector<std::string> split_line(std::string_view line, char delimiter) {
  std::vector<std::string> fields;
  while (true) {
    const std::size_t end = line.find(delimiter);
    fields.push_back(unquoted(line.substr(0, end)));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

}  // namespace testigo::formats
