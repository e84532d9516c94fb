#include "app/json_rows.h"

#include "app/files.h"

namespace testigo::app {

Result<void> for_each_json_row(const std::string& path, const UseJsonRow& use) {
  auto in = open_file(path);
  if (!in) return fail(std::move(in.error()));
  std::string line;
  for (std::size_t number = 1; std::getline(*in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string where = path + ":" + std::to_string(number);
    const auto row = formats::parse_json(line);
    if (!row) return fail(row.error().code, row.error().what, where);
    if (auto used = use(*row, where); !used) return used;
  }
  if (in->bad()) return fail(unread_rest(path));
  return {};
}

}  // namespace testigo::app
