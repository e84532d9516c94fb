#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace testigo::classify {

// One line of a table of rules, by its cells.
struct TableLine {
  std::string id;
  std::string language;  // the id's first part
  std::string line;      // as written
};

// The lines of a table that are rules, comments left out. Errc::malformed, with line and mend,
// where one has not seven columns or its id names no language.
[[nodiscard]] Result<std::vector<TableLine>> table_lines(std::string_view bytes,
                                                         std::string_view path);

// A table with lines taken into it.
struct MergedTable {
  std::string bytes;
  std::size_t added = 0;
  std::size_t replaced = 0;
  std::size_t known = 0;  // stood there already, word for word
};

// Takes lines into a table: sorted by id below the comments that it begins with. Errc::refused
// where an id stands there with other words and `replace` is false.
[[nodiscard]] Result<MergedTable> merge_table(std::string_view table, std::string_view path,
                                              const std::vector<TableLine>& lines, bool replace);

}  // namespace testigo::classify
