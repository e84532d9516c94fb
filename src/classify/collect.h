#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classify/lint.h"
#include "classify/rules.h"
#include "classify/table.h"

// Reading rules files into rows, before anything is compiled.
namespace testigo::classify {

enum class TableKind : std::uint8_t { rules, pictures, links, classes, examples, none };

// What a file is, by the last two parts of its path; kind none for what is no rules table.
struct TableName {
  TableKind kind = TableKind::none;
  std::string_view language;  // "shared" for all
};
[[nodiscard]] TableName table_name(std::string_view path);

// A row with the place it stands at.
struct PlacedRow {
  const RulesFile* file = nullptr;
  std::string_view language;
  TableKind kind = TableKind::none;
  Row row;

  [[nodiscard]] Finding finding(int column, std::string what) const {
    return {std::string(file->path), row.line, column, std::move(what),
            std::string(row.raw),    false};
  }
};

// The rows of all files but examples, overlays applied: a later row of the same id is in place of
// the earlier one, and rows with weight `off` are gone. Views into the files.
struct Collected {
  std::vector<PlacedRow> rules;  // kinds rules and pictures, by id
  std::vector<PlacedRow> links;
  std::vector<PlacedRow> classes;
  std::vector<Finding> findings;
};
[[nodiscard]] Collected collect(std::span<const RulesFile> files);

// The rows of the examples' files.
[[nodiscard]] std::vector<PlacedRow> collect_examples(std::span<const RulesFile> files);

// Columns of a rule's row.
enum RuleColumn : std::size_t {
  id_column,
  axis_column,
  value_column,
  weight_column,
  pattern_column,
  support_column,
  provenance_column,
  rule_columns
};

}  // namespace testigo::classify
