#include <catch2/catch.hpp>

#include "formats/csv.h"
#include "formats/tsv.h"

using namespace testigo;
using namespace testigo::formats;
using Fields = std::vector<std::string>;

namespace {

std::vector<CsvRow> rows_of(ByteSource source, CsvOptions options = {}) {
  CsvReader reader(std::move(source), std::move(options));
  std::vector<CsvRow> rows;
  while (true) {
    auto row = reader.next();
    INFO((row ? "" : describe(row.error())));
    REQUIRE(row);
    if (!*row) return rows;
    rows.push_back(std::move(**row));
  }
}

// Hands out a few bytes at a time, as a pipe may.
ByteSource dribble(std::string_view bytes, std::size_t step) {
  return [bytes, step](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t size = std::min({step, bytes.size(), buffer.size()});
    std::copy_n(bytes.data(), size, buffer.data());
    bytes.remove_prefix(size);
    return size;
  };
}

// Why the first broken row is, with its line.
std::string failure_of(std::string_view bytes, CsvOptions options = {}) {
  for (const CsvRow& row : rows_of(bytes_source(bytes), std::move(options)))
    if (row.broken) return std::to_string(row.line) + ": " + *row.broken;
  return {};
}

}  // namespace

TEST_CASE("CSV rows are read as RFC 4180 writes them, however the bytes come", "[formats]") {
  constexpr std::string_view csv =
      "\xEF\xBB\xBFid,text\r\n1,\"said \"\"no\"\", twice\"\r\n\r\n2,\"two\nlines\"\n3,\n";
  for (const std::size_t step : {1u, 2u, 7u, 1000u}) {
    // The first chunk must hold the byte order mark and a line for it to be sniffed.
    const auto rows =
        rows_of(step < 7 ? dribble(csv.substr(3), step) : dribble(csv, step), {.delimiter = ','});
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].fields == Fields{"id", "text"});
    CHECK(rows[1].fields == Fields{"1", "said \"no\", twice"});
    CHECK(rows[2].fields == Fields{"2", "two\nlines"});
    CHECK(rows[2].line == 4);
    CHECK(rows[3].fields == Fields{"3", ""});
    CHECK(rows[3].line == 6);
  }
}

TEST_CASE("the CSV delimiter is sniffed from the first line", "[formats]") {
  CHECK(rows_of(bytes_source("a;b;c,d\n1;2;3\n"))[1].fields == Fields{"1", "2", "3"});
  CHECK(rows_of(bytes_source("a\tb\n1\t2"))[1].fields == Fields{"1", "2"});
  CHECK(rows_of(bytes_source("\"a,b,c\";d\n1;2"))[1].fields == Fields{"1", "2"});
  CHECK(rows_of(bytes_source("alone\nx\n")).size() == 2);
  CHECK(rows_of(bytes_source("")).empty());
  CHECK(rows_of(bytes_source("a,b\r1,2\r"))[1].fields == Fields{"1", "2"});
}

TEST_CASE("hostile CSV rows are broken, and the rows around them are read", "[formats]") {
  CHECK(failure_of("a,b\n1,\"open\n").starts_with("2: a quoted field that begins"));
  CHECK(failure_of(std::string_view("a,b\0c\n", 6)).find("NUL") != std::string::npos);
  CHECK(failure_of("abcdef,b\n", {.max_field_bytes = 5}).find("5 bytes") != std::string::npos);
  CHECK(failure_of("a,b,c\n", {.max_fields = 2}).find("2 fields") != std::string::npos);
  const auto rows = rows_of(bytes_source("a,b\n1,\"open\n2,y\n\n3,z\n"));
  REQUIRE(rows.size() == 4);
  CHECK(rows[1].broken.has_value());
  CHECK(rows[2].fields == Fields{"2", "y"});
  CHECK(rows[3].line == 5);
  const std::string one_long = "a\n" + std::string(300'000, 'x') + "\nb";
  const auto long_line = rows_of(bytes_source(one_long), {.max_field_bytes = 1000});
  REQUIRE(long_line.size() == 3);
  CHECK(long_line[1].broken.has_value());
  CHECK(long_line[2].fields == Fields{"b"});
  CHECK_FALSE(long_line[2].ended);
  CsvReader broken([](std::span<char>) -> Result<std::size_t> { return fail(Errc::io, "gone"); });
  CHECK(broken.next().error().what == "gone");
}

TEST_CASE("a quote that is open when another begins ends with its line", "[formats]") {
  const std::string_view bytes =
      "id,text,rating\n1,\"broken quote,2\n2,\"ok, fine\",5\n3,\"two\nlines, \"\"all\"\" "
      "well\",4\n";
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
    const auto rows = rows_of(dribble(bytes, step));
    REQUIRE(rows.size() == 4);
    CHECK(rows[1].broken.value().find("not closed before another begins") != std::string::npos);
    CHECK(rows[1].line == 2);
    CHECK(rows[2].fields == Fields{"2", "ok, fine", "5"});
    CHECK(rows[3].fields == Fields{"3", "two\nlines, \"all\" well", "4"});
  }
}

TEST_CASE("a quote that would swallow whole rows of a TSV file is one of the text", "[formats]") {
  const std::string_view bytes =
      "id\tdate\ttext\n1\t2026\t\"Unbalanced start\n2\t2026\tsecond\n3\t2026\tthird \"\n"
      "4\t\"2\"\"6\"\t\"open\n5\t2026\t\"closed\"\n6\t2026\t\"two\nlines\"\n7\t2026\t\"at the "
      "end\n";
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
    const auto rows = rows_of(dribble(bytes, step));
    REQUIRE(rows.size() == 8);
    CHECK(rows[1].fields == Fields{"1", "2026", "\"Unbalanced start"});
    CHECK(rows[2].fields == Fields{"2", "2026", "second"});
    CHECK(rows[3].fields == Fields{"3", "2026", "third \""});
    CHECK(rows[4].fields == Fields{"4", "2\"6", "\"open"});
    CHECK(rows[5].fields == Fields{"5", "2026", "closed"});
    CHECK(rows[6].fields == Fields{"6", "2026", "two\nlines"});
    CHECK(rows[7].fields == Fields{"7", "2026", "\"at the end"});
    CHECK(rows[7].line == 9);
    CHECK(rows[7].ended);
  }
}

TEST_CASE("quotes left open on every line cost time in proportion to the file", "[formats]") {
  std::string hostile = "a,b\n";
  for (int i = 0; i < 3'000; ++i) hostile += "\"\"\"x\n";
  hostile += std::string(200'000, 'y');
  const auto rows = rows_of(bytes_source(hostile), {.max_field_bytes = 100'000});
  CHECK(rows.size() < 3'100);
}

TEST_CASE("dialects that databases and spreadsheets write are seen", "[formats]") {
  CHECK(sniff_csv("id,text\n1,\"said \\\"no\\\" twice\"\n").backslash_escapes);
  CHECK_FALSE(sniff_csv("id,path\n1,\"C:\\\"\n2,\"a \"\"b\"\" c\"\n").backslash_escapes);
  const auto escaped = rows_of(bytes_source("id,text\n1,\"said \\\"no, never\\\" twice\\n\"\n"));
  CHECK(escaped[1].fields == Fields{"1", "said \"no, never\" twice\\n"});
  CHECK(sniff_csv("a;b;c, with, many, commas\n1;2;3\n4;5;6\n").delimiter == ';');
  const auto hinted = rows_of(bytes_source("sep=|\r\na|b\r\n1,5|2\r\n"));
  REQUIRE(hinted.size() == 2);
  CHECK(hinted[1].fields == Fields{"1,5", "2"});
  CHECK(hinted[1].line == 3);
}

TEST_CASE("a backslash that escapes nothing hides neither NULs nor line breaks", "[formats]") {
  const std::string escaping = "id,text\n1,\"said \\\"no\\\" twice\"\n";
  const std::string nul = escaping + "2,\"a\\" + std::string(1, '\0') + "b\"\n";
  CHECK(failure_of(nul).find("NUL") != std::string::npos);
  const std::string broken_line = escaping + "2,\"a\\\nb\"\n3,c\n";
  const auto rows = rows_of(bytes_source(broken_line));
  REQUIRE(rows.size() == 4);
  CHECK(rows[2].fields == Fields{"2", "a\\\nb"});
  CHECK(rows[3].line == 5);
}

TEST_CASE("CSV is written with quotes where needed and no formulas", "[formats]") {
  CHECK(csv_row(Fields{"a", "b c", "x,y", "q\"q", "l\nl", ""}) ==
        "a,b c,\"x,y\",\"q\"\"q\",\"l\nl\",\r\n");
  CHECK(csv_row(Fields{"=1+1", "-0.5", "+34", "-x", "@ana", "\t1"}) ==
        "'=1+1,-0.5,+34,'-x,'@ana,'\t1\r\n");
  CHECK(csv_row(Fields{"=HYPERLINK(\"x\",1)"}) == "\"'=HYPERLINK(\"\"x\"\",1)\"\r\n");
}

TEST_CASE("TSV rows keep their line numbers and columns", "[formats]") {
  const auto rows = parse_tsv("r.tsv", "# id\tvalue\n\na\tb c \t\r\n  \nș\tx\n").value();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].line == 3);
  CHECK(rows[0].fields == std::vector<std::string_view>{"a", "b c", ""});
  CHECK(rows[1].line == 5);
  CHECK(rows[1].column_of(1) == 4);
  CHECK(parse_tsv("r.tsv", "a\tb\nc\n", {.min_fields = 2}).error().where == "r.tsv:2:1");
  CHECK(parse_tsv("r.tsv", "a\nb\xff\n").error().where == "r.tsv:2:2");
  CHECK(parse_tsv("r.tsv", "")->empty());
}
