#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "render/terminal.h"

namespace testigo::render {

// A value that is JSON already: a list of themes, a nested object. Other formats show its text.
struct RawJson {
  std::string text;

  friend bool operator==(const RawJson&, const RawJson&) = default;
};

// One value of a row. std::monostate is absent: null in JSON, nothing in the other formats.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, RawJson>;

// An optional as a value.
[[nodiscard]] inline Value value_of(std::optional<std::string> text) {
  return text ? Value(*std::move(text)) : Value();
}
template <class Number>
[[nodiscard]] Value value_of(const std::optional<Number>& number) {
  if (!number) return {};
  if constexpr (std::is_floating_point_v<Number>)
    return static_cast<double>(*number);
  else if constexpr (std::is_same_v<Number, bool>)
    return *number;
  else
    return static_cast<std::int64_t>(*number);
}

enum class Format : std::uint8_t { table, json, jsonl, csv, tsv, md };
[[nodiscard]] std::optional<Format> parse_format(std::string_view name);
[[nodiscard]] std::span<const std::string_view> format_names();

// Writes rows in one format as they come, so that an export of any size needs no memory. Append the
// three pieces in order: begin(), row() for each, end(). A row has a value for each column.
//   json   an array of objects, one a line      jsonl  an object a line
//   csv    RFC 4180 with a header line and the guard against formula injection (formats/csv.h)
//   tsv    a header line; tabs, line breaks and backslashes in values as \t \n \r \\ (IANA's form)
//   md     a GitHub table; pipes, markup characters and line breaks in values are escaped
//   table  for people: columns are as wide as what stands in them, so that rows are kept until
//          end(), or until there are longest_table of them: what follows is a table of its own
class RowWriter {
 public:
  RowWriter(std::vector<std::string> columns, Format format, Terminal terminal = {});

  [[nodiscard]] std::string begin() const;
  [[nodiscard]] std::string row(std::vector<Value> values);
  [[nodiscard]] std::string end();

  static constexpr std::size_t longest_table = 10'000;                // rows …
  static constexpr std::size_t largest_table = std::size_t{8} << 20;  // … or bytes of their texts

 private:
  [[nodiscard]] std::string kept_table();

  std::vector<std::string> columns_;
  Format format_;
  Terminal terminal_;
  std::vector<std::vector<Value>> kept_;
  std::size_t kept_bytes_ = 0;
  bool follows_ = false;  // on a table
  bool first_ = true;
};

// All at once.
struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
};
[[nodiscard]] std::string render_rows(Rows rows, Format format, const Terminal& terminal = {});

}  // namespace testigo::render
