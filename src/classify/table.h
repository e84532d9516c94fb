#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace testigo::classify {

// One column of a row, and where it begins in its line (bytes, from 1).
struct Cell {
  std::string_view text;
  int column = 1;
};

// One line of a table that is no comment. A view into the file's bytes.
struct Row {
  // The places of so many cells are kept; what is beyond is counted, and the first of it placed.
  static constexpr std::size_t placed_cells = 7;

  int line = 0;
  int section = 0;  // sections are parted by blank or comment lines
  std::string_view raw;
  std::uint32_t cell_count = 0;
  std::array<std::uint32_t, placed_cells> ends{};  // by cell: bytes of raw

  // Past the last one: no text, at the line's end. `index` is placed_cells at most.
  [[nodiscard]] Cell cell(std::size_t index) const {
    const auto column = [](std::size_t at) { return static_cast<int>(at) + 1; };
    if (index >= cell_count) return {{}, column(raw.size())};
    const std::size_t begin = index == 0 ? 0 : ends[index - 1] + std::size_t{1};
    if (index == placed_cells) return {raw.substr(begin), column(begin)};
    return {raw.substr(begin, ends[index] - begin), column(begin)};
  }
};

// A line by itself.
[[nodiscard]] Row row_of(std::string_view raw);

// Cuts a file into rows at line breaks (a trailing CR is dropped) and rows into cells at tabs.
class TableReader {
 public:
  // A view of the bytes.
  explicit TableReader(std::string_view bytes);
  // False at the file's end.
  [[nodiscard]] bool next(Row& row);

 private:
  std::string_view rest_;
  int line_ = 0;
  int section_ = 0;
};

}  // namespace testigo::classify
