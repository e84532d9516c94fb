#include "render/table.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace testigo::render;

namespace {

Table sample() {
  Table table;
  table.columns = {
      {"source", Align::left, false}, {"text", Align::left, true}, {"n", Align::right, false}};
  table.rows = {{{"forum", Style::plain},
                 {"Nu recomand nimănui, țeapă totală", Style::plain},
                 {"7", Style::plain}},
                {{"日本", Style::plain}, {"ok", Style::plain}, {"1,234", Style::plain}}};
  return table;
}

}  // namespace

TEST_CASE("columns line up whatever their characters' width", "[render]") {
  CHECK("\n" + render_table(sample(), {80, false}) == R"(
source  text                                   n
forum   Nu recomand nimănui, țeapă totală      7
日本    ok                                 1,234
)");
}

TEST_CASE("elastic columns give way in a narrow terminal", "[render]") {
  CHECK("\n" + render_table(sample(), {32, false}) == R"(
source  text                   n
forum   Nu recomand nimă…      7
日本    ok                 1,234
)");
}

TEST_CASE("no line is wider than the terminal where what must stand is not", "[render]") {
  for (std::size_t width = 23; width < 60; ++width) {
    std::istringstream lines(render_table(sample(), {width, false}));
    for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= width);
  }
}

TEST_CASE("figures are whole in a terminal of any width", "[render]") {
  Table table;
  table.columns = {{"mean", Align::right, false}, {"95% interval", Align::left, false}};
  table.rows = {{{"3.46", Style::plain}, {"[2.58, 4.34]", Style::plain}}};
  CHECK(render_table(table, {12, false}) == "mean  95% interval\n3.46  [2.58, 4.34]\n");
  for (std::size_t width = 1; width < 30; ++width)
    CHECK(render_table(sample(), {width, false}).find("1,234") != std::string::npos);
}

TEST_CASE("a cell cannot break out of its line or colour the next", "[render]") {
  Table table;
  table.columns = {{"text", Align::left, false}};
  table.rows = {{{"a\x1b[2Jb\nc\u202E", Style::plain}}};
  CHECK(render_table(table, {80, true}) == "\x1b[1mtext\x1b[0m\na\uFFFD[2Jb c\uFFFD\n");
}

TEST_CASE("empty tables are titles, or nothing", "[render]") {
  CHECK(render_table({}, {}).empty());
  Table table;
  table.columns = {{"a", Align::left, false}, {"b", Align::right, false}};
  CHECK(render_table(table, {}) == "a  b\n");
}

TEST_CASE("a megabyte in a cell is one line", "[render]") {
  Table table;
  table.columns = {{"text", Align::left, false}};
  table.rows = {{{std::string(1 << 20, 'x'), Style::plain}}};
  CHECK(render_table(table, {40, false}) == "text\n" + std::string(39, 'x') + "…\n");
}
