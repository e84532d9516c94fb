#include "classify/table.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace testigo::classify;

namespace {

std::vector<Row> rows_of(std::string_view bytes) {
  std::vector<Row> rows;
  TableReader table(bytes);
  for (Row row; table.next(row);) rows.push_back(row);
  return rows;
}

}  // namespace

TEST_CASE("a table is cut into rows and cells", "[classify]") {
  const auto rows = rows_of("\xEF\xBB\xBF# a comment\none\ttwo\r\n\n \t\nthree\t\t\nfour");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].line == 2);
  CHECK(rows[0].section == 1);
  CHECK(rows[0].raw == "one\ttwo");
  CHECK(rows[0].cell_count == 2);
  CHECK(rows[0].cell(1).text == "two");
  CHECK(rows[0].cell(1).column == 5);
  CHECK(rows[0].cell(2).text.empty());
  CHECK(rows[0].cell(2).column == 8);
  CHECK(rows[1].line == 5);
  CHECK(rows[1].section == 3);
  CHECK(rows[1].cell_count == 3);
  CHECK(rows[1].cell(2).text.empty());
  CHECK(rows[1].cell(2).column == 8);
  CHECK(rows[2].section == 3);
  CHECK(rows[2].cell_count == 1);
  CHECK(rows[2].cell(0).text == "four");
  CHECK(rows_of("").empty());
}

TEST_CASE("cells beyond those that are placed are counted", "[classify]") {
  const Row row = row_of("a\tb\tc\td\te\tf\tg\th\ti");
  CHECK(row.cell_count == 9);
  CHECK(row.cell(6).text == "g");
  CHECK(row.cell(Row::placed_cells).column == 15);
  CHECK(row_of("a\tb\tc\td\te\tf\tg").cell(Row::placed_cells).column == 14);
}
