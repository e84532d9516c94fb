#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "formats/toml.h"

namespace testigo::sources {

using Names = std::vector<std::string_view>;

// "there is no field "autor"; did you mean "author"?"
[[nodiscard]] std::string unknown_name(std::string_view kind, std::string_view name,
                                       const Names& known);

// Typed look-ups in a TOML file that keep the first thing that is wrong and from then on answer
// with defaults, so that the code that reads a file is a plain list of what is in it.
class CheckedToml {
 public:
  explicit CheckedToml(const formats::TomlDocument& document) : document_(document) {}

  [[nodiscard]] const formats::TomlDocument& document() const { return document_; }
  // The first thing that was wrong, if anything.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  // Notes that what stands at `at` cannot be; only the first note counts.
  void wrong(const formats::TomlValue& at, std::string what);
  // Notes keys that are not known.
  void only(const formats::TomlValue& table, const Names& keys);
  // Whether a value is of that kind; notes it if not.
  bool is(const formats::TomlValue& value, formats::TomlValue::Kind kind, std::string_view key);

  std::string string(const formats::TomlValue& table, std::string_view key,
                     std::string otherwise = {});
  std::string required(const formats::TomlValue& table, std::string_view key);
  bool boolean(const formats::TomlValue& table, std::string_view key, bool otherwise);
  std::int64_t integer(const formats::TomlValue& table, std::string_view key,
                       std::int64_t otherwise, std::int64_t least, std::int64_t most);
  std::optional<double> real(const formats::TomlValue& table, std::string_view key);
  // An array of strings; a lone string is an array of one.
  std::vector<std::string> strings(const formats::TomlValue& table, std::string_view key);
  // A table of strings, in the file's order.
  std::vector<std::pair<std::string, std::string>> pairs(const formats::TomlValue& table,
                                                         std::string_view key);

  // The place in `names` of a required string.
  template <class Enum, std::size_t N>
  Enum one_of(const formats::TomlValue& table, std::string_view key,
              const std::array<std::string_view, N>& names) {
    return static_cast<Enum>(place_in(table, key, Names(names.begin(), names.end())));
  }

 private:
  template <class T>
  T value_or(Result<std::optional<T>> found, T otherwise);
  std::size_t place_in(const formats::TomlValue& table, std::string_view key, const Names& names);

  const formats::TomlDocument& document_;
  std::optional<Error> error_;
};

}  // namespace testigo::sources
