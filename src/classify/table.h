#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testigo::classify {

// One column of a row, and where it begins in its line (bytes, from 1).
struct Cell {
  std::string_view text;
  int column = 1;
};

// One line of a table that is no comment. Views into the file's bytes.
struct Row {
  int line = 0;
  int section = 0;  // sections are parted by blank or comment lines
  std::string_view raw;
  std::vector<Cell> cells;

  [[nodiscard]] Cell cell(std::size_t index) const {
    return index < cells.size() ? cells[index] : Cell{{}, static_cast<int>(raw.size()) + 1};
  }
};

// Cuts a file into rows at line breaks (a trailing CR is dropped) and rows into cells at tabs.
[[nodiscard]] std::vector<Row> read_table(std::string_view bytes);

}  // namespace testigo::classify
