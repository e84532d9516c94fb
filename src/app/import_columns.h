#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::app {

// The columns of a file, found by the names that presets and people have for them
// (rules/import/README.md, [fields]): case, accents, spaces and punctuation do not count, nor what
// a head says of scale or zone. "Review text" is the key of {"review":{"text":…}} too.
class ImportColumns {
 public:
  // `columns` must outlive it: names, or for JSON names and pointers ("/a/b").
  explicit ImportColumns(std::span<const std::string> columns);

  // The column that a name means, "how likely*" the shortest that begins so; a pointer itself where
  // its first key is a column; a template "={pros|ventajas} {cons}" with columns for its names.
  [[nodiscard]] std::optional<std::string> find(const std::string& name) const;
  // Of the first of the names that "|" parts.
  [[nodiscard]] std::optional<std::string> find_one_of(std::string_view names) const;
  // Whether a column is an object of JSON, which has its values within.
  [[nodiscard]] bool is_object(const std::string& column) const;
  // What of a name that means no column is none: of a template the first name that is not there.
  [[nodiscard]] std::string unknown_in(const std::string& name) const;

 private:
  [[nodiscard]] std::optional<std::string> find_pointer(const std::string& pointer) const;
  [[nodiscard]] std::optional<std::string> filled_in(std::string_view pattern) const;

  std::span<const std::string> columns_;
  std::vector<std::string> keys_;
  std::vector<std::string> bare_keys_;  // without what a head says of scale or zone
};

}  // namespace testigo::app
