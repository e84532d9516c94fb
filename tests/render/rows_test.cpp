#include "render/rows.h"

#include <catch2/catch.hpp>

using namespace testigo::render;

namespace {

Rows sample() {
  return {
      {"id", "text", "score", "themes", "seen"},
      {{std::int64_t{7}, std::string("a, \"b\"\n|c|"), -0.5, RawJson{R"([{"name":"x"}])"}, true},
       {std::int64_t{8}, std::string("=1+2"), std::monostate{}, RawJson{"[]"}, false}}};
}

}  // namespace

TEST_CASE("rows as JSON have null for what is absent", "[render]") {
  CHECK("\n" + render_rows(sample(), Format::json) == R"(
[
{"id":7,"text":"a, \"b\"\n|c|","score":-0.5,"themes":[{"name":"x"}],"seen":true},
{"id":8,"text":"=1+2","score":null,"themes":[],"seen":false}
]
)");
  CHECK(render_rows({{"a"}, {}}, Format::json) == "[]\n");
}

TEST_CASE("rows as JSON lines are an object a line", "[render]") {
  CHECK("\n" + render_rows(sample(), Format::jsonl) == R"(
{"id":7,"text":"a, \"b\"\n|c|","score":-0.5,"themes":[{"name":"x"}],"seen":true}
{"id":8,"text":"=1+2","score":null,"themes":[],"seen":false}
)");
  CHECK(render_rows({{"a"}, {}}, Format::jsonl).empty());
}

TEST_CASE("rows as CSV are quoted and hold no formula", "[render]") {
  CHECK(render_rows(sample(), Format::csv) ==
        "id,text,score,themes,seen\r\n"
        "7,\"a, \"\"b\"\"\n|c|\",-0.5,\"[{\"\"name\"\":\"\"x\"\"}]\",true\r\n"
        "8,'=1+2,,[],false\r\n");
}

TEST_CASE("rows as TSV keep to one line each", "[render]") {
  CHECK(render_rows({{"a", "b"}, {{std::string("x\ty\\"), std::string("1\r\n2")}}}, Format::tsv) ==
        "a\tb\nx\\ty\\\\\t1\\r\\n2\n");
}

TEST_CASE("rows as Markdown escape what would be markup", "[render]") {
  CHECK("\n" + render_rows(
                   {{"text", "n"}, {{std::string("a|b *c* <d> [e](f)\n& `g`"), std::int64_t{-3}}}},
                   Format::md) ==
        R"(
| text | n |
| --- | --- |
| a\|b \*c\* \<d\> \[e\](f) &amp; \`g\` | -3 |
)");
}

TEST_CASE("rows for people are a table with figures to the right", "[render]") {
  CHECK("\n" + render_rows({{"name", "n"},
                            {{std::string("acme"), std::int64_t{12}},
                             {std::string("globex"), std::monostate{}}}},
                           Format::table) ==
        R"(
name     n
acme    12
globex
)");
}

TEST_CASE("rows of more columns than fit are stood up", "[render]") {
  Rows rows;
  for (const auto* name : {"id", "one", "two", "three", "four", "five"})
    rows.columns.emplace_back(name);
  rows.rows = {{std::int64_t{1}, std::string("a"), std::monostate{}, std::string("b\x1b[2J"),
                std::string("c"), std::string("d")}};
  CHECK("\n" + render_rows(rows, Format::table, {40, false}) ==
        "\nid     1\none    a\n"
        "three  b\uFFFD[2J\nfour   c\nfive   d\n");
}

TEST_CASE("escape sequences survive in no format", "[render]") {
  for (const auto name : format_names()) {
    const auto out =
        render_rows({{"a"}, {{std::string("x\x1b[2Jy\0z\x07", 9)}}}, *parse_format(name));
    INFO(name << ": " << out);
    CHECK(out.find('\x1b') == std::string::npos);
    CHECK(out.find('\x07') == std::string::npos);
    CHECK(out.find('\0') == std::string::npos);
  }
  CHECK_FALSE(parse_format("xml").has_value());
}

TEST_CASE("rows can be written as they come", "[render]") {
  RowWriter writer({"n"}, Format::json);
  std::string out = writer.begin();
  out += writer.row({std::int64_t{1}});
  out += writer.row({std::int64_t{2}});
  CHECK(out + writer.end() == "[\n{\"n\":1},\n{\"n\":2}\n]\n");
}

TEST_CASE("of a long table no more is kept than a piece", "[render]") {
  RowWriter writer({"n"}, Format::table);
  std::string out = writer.begin();
  for (std::size_t i = 0; i + 1 < RowWriter::longest_table; ++i)
    out += writer.row({static_cast<std::int64_t>(i)});
  CHECK(out.empty());
  out += writer.row({std::string("a wide one")});
  CHECK(out.starts_with("n\n0\n1\n"));
  CHECK(out.ends_with("9998\na wide one\n"));
  CHECK(writer.row({std::int64_t{7}}).empty());
  CHECK(writer.end() == "\nn\n7\n");

  RowWriter large({"text"}, Format::table);
  std::size_t rows = 1;
  while (large.row({std::string(1 << 20, 'x')}).empty()) ++rows;
  CHECK(rows == RowWriter::largest_table >> 20);
  CHECK(large.end().empty());
}

TEST_CASE("optionals become values", "[render]") {
  CHECK(value_of(std::optional<double>(0.5)) == Value(0.5));
  CHECK(value_of(std::optional<int>()) == Value());
  CHECK(value_of(std::optional<bool>(true)) == Value(true));
  CHECK(value_of(std::optional<std::string>("x")) == Value(std::string("x")));
}
