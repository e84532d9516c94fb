#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "render/terminal.h"

namespace testigo::render {

enum class Align : std::uint8_t { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  bool elastic = false;  // gives way when the table is wider than the terminal
};

struct Cell {
  std::string text;  // from anywhere: it is neutralised here
  Style style = Style::plain;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // a cell for each column
};

// Columns two blanks apart under a line of titles. Where they are wider than the terminal, elastic
// columns are cut with "…", the widest first, as far as they can be read; figures never are, and
// break over the line's end where they must. No blanks at line ends. Ends with a line break; empty
// without columns.
[[nodiscard]] std::string render_table(const Table& table, const Terminal& terminal);

}  // namespace testigo::render
