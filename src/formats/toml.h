#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace testigo::formats {

struct TomlMember;

// One value of a TOML document with the place where it stands. Owns all it holds.
struct TomlValue {
  enum class Kind : std::uint8_t { string, integer, real, boolean, time, array, table };

  Kind kind = Kind::table;
  int line = 1;      // 1-based, of the value (of a table: of its header)
  int column = 1;    // 1-based, in bytes
  std::string text;  // of a string; of a date or time its ISO 8601 form
  std::int64_t integer = 0;
  double real = 0.0;  // of an integer too
  bool boolean = false;
  std::vector<TomlValue> items;     // of an array, "[[array of tables]]" too
  std::vector<TomlMember> members;  // of a table, in the order of the file

  // A member by key; null pointer where there is none or this is no table.
  [[nodiscard]] const TomlValue* find(std::string_view key) const;
};

// "string", "integer", "real", "boolean", "time", "array", "table".
[[nodiscard]] std::string_view to_string(TomlValue::Kind kind);

struct TomlMember {
  std::string key;
  int line = 1;  // of the key
  int column = 1;
  TomlValue value;
};

// A parsed file: a table that knows its name, and typed look-ups whose errors say where and what to
// do: `testigo.toml:12:5: "every" must be a string, such as "24h"; here it is an integer.`
class TomlDocument {
 public:
  TomlDocument(std::string file, TomlValue root) : file_(std::move(file)), root_(std::move(root)) {}

  [[nodiscard]] const TomlValue& root() const { return root_; }
  [[nodiscard]] const std::string& file() const { return file_; }

  // "testigo.toml:12:5".
  [[nodiscard]] std::string where(const TomlValue& value) const;
  [[nodiscard]] std::string where(const TomlMember& member) const;

  // The member `key` of `table`, if present and of that kind. Absent: nothing for `optional_…`,
  // Errc::malformed for `required_…`; another kind: malformed.
  [[nodiscard]] Result<std::optional<std::string>> optional_string(const TomlValue& table,
                                                                   std::string_view key) const;
  [[nodiscard]] Result<std::optional<std::int64_t>> optional_integer(const TomlValue& table,
                                                                     std::string_view key) const;
  [[nodiscard]] Result<std::optional<double>> optional_real(const TomlValue& table,
                                                            std::string_view key) const;
  [[nodiscard]] Result<std::optional<bool>> optional_boolean(const TomlValue& table,
                                                             std::string_view key) const;
  // An array of strings; a lone string counts as an array of one; absent is empty.
  [[nodiscard]] Result<std::vector<std::string>> strings(const TomlValue& table,
                                                         std::string_view key) const;
  [[nodiscard]] Result<std::string> required_string(const TomlValue& table,
                                                    std::string_view key) const;

  // Errc::malformed at the first member of `table` whose key is not among `known`, with the nearest
  // known key as a suggestion.
  [[nodiscard]] Result<void> only_keys(const TomlValue& table,
                                       std::span<const std::string_view> known) const;

 private:
  std::string file_;
  TomlValue root_;
};

// `file` only names the text in errors. Errc::malformed, "file:line:col"; limit_exceeded beyond
// max_toml_bytes, or with a key of more levels than any of ours.
[[nodiscard]] Result<TomlDocument> parse_toml(std::string_view file, std::string_view bytes);

inline constexpr std::size_t max_toml_bytes = 4u << 20;  // configurations and sources are small

}  // namespace testigo::formats
