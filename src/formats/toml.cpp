#include "formats/toml.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <toml++/toml.h>

#include "text/suggest.h"

namespace testigo::formats {
namespace {

using Kind = TomlValue::Kind;

// Of dates and times, which toml++ prints in ISO 8601.
template <class T>
std::string show(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

void place(const toml::source_region& region, int& line, int& column) {
  line = std::max(1, static_cast<int>(region.begin.line));
  column = std::max(1, static_cast<int>(region.begin.column));
}

TomlValue convert(const toml::node& node);

TomlMember convert(const toml::key& key, const toml::node& node) {
  TomlMember member;
  member.key = std::string(key.str());
  place(key.source(), member.line, member.column);
  member.value = convert(node);
  return member;
}

// toml++ sorts keys by name; a reader expects the order of the file.
void convert_table(const toml::table& table, TomlValue& out) {
  for (const auto& [key, node] : table) out.members.push_back(convert(key, node));
  std::stable_sort(out.members.begin(), out.members.end(), [](const auto& a, const auto& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
}

TomlValue convert(const toml::node& node) {
  TomlValue out;
  place(node.source(), out.line, out.column);
  if (const auto* table = node.as_table()) {
    convert_table(*table, out);
  } else if (const auto* array = node.as_array()) {
    out.kind = Kind::array;
    for (const toml::node& item : *array) out.items.push_back(convert(item));
  } else if (const auto* text = node.as_string()) {
    out.kind = Kind::string;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = Kind::integer;
    out.integer = integer->get();
    out.real = static_cast<double>(out.integer);
  } else if (const auto* real = node.as_floating_point()) {
    out.kind = Kind::real;
    out.real = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = Kind::boolean;
    out.boolean = boolean->get();
  } else {
    out.kind = Kind::time;
    if (const auto* date = node.as_date()) out.text = show(date->get());
    if (const auto* time = node.as_time()) out.text = show(time->get());
    if (const auto* both = node.as_date_time()) out.text = show(both->get());
  }
  return out;
}

std::string join_place(std::string_view file, int line, int column) {
  return std::string(file) + ":" + std::to_string(line) + ":" + std::to_string(column);
}

// Where the string ends that begins at `at`: behind its closing quotes, else at its line's end.
std::size_t end_of_string(std::string_view toml, std::size_t at) {
  const std::string_view thrice = toml.substr(at, 3);
  if (thrice == "\"\"\"" || thrice == "'''") {
    const std::size_t end = toml.find(thrice, at + 3);
    return end == std::string_view::npos ? toml.size() : end + 3;
  }
  const char quote = toml[at];
  for (++at; at < toml.size() && toml[at] != '\n'; ++at) {
    if (toml[at] == quote) return at + 1;
    if (toml[at] == '\\' && quote == '"') ++at;
  }
  return std::min(at, toml.size());
}

// toml++ bounds brackets within brackets, not the levels of "a.b.c", and goes down into them by
// recursion.
constexpr std::size_t max_key_dots = 16;

std::optional<int> line_of_deep_key(std::string_view toml) {
  int line = 1;
  std::size_t dots = 0;
  for (std::size_t at = 0; at < toml.size();) {
    const char c = toml[at];
    if (c == '"' || c == '\'') {
      const std::size_t end = end_of_string(toml, at);
      const std::string_view string = toml.substr(at, end - at);
      line += static_cast<int>(std::count(string.begin(), string.end(), '\n'));
      at = end;
      continue;
    }
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
      continue;
    }
    const bool of_a_key = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                          std::string_view("_- \t.").find(c) != std::string_view::npos;
    if (!of_a_key) dots = 0;
    if (c == '.' && ++dots > max_key_dots) return line;
    if (c == '\n') ++line;
    ++at;
  }
  return std::nullopt;
}

// toml++'s message as a sentence of ours.
std::string sentence(std::string_view description) {
  std::string out(description);
  if (out.empty()) return "This is not TOML.";
  out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return out.back() == '.' ? out : out + ".";
}

std::string_view example(Kind kind) {
  switch (kind) {
    case Kind::string:
      return "a string in quotes";
    case Kind::integer:
      return "a whole number";
    case Kind::real:
      return "a number";
    case Kind::boolean:
      return "true or false";
    case Kind::time:
      return "a date or time";
    case Kind::array:
      return "an array in [ ]";
    case Kind::table:
      return "a table";
  }
  return "";
}

std::string_view described(Kind kind) {
  switch (kind) {
    case Kind::string:
      return "a string";
    case Kind::integer:
      return "an integer";
    case Kind::real:
      return "a real number";
    case Kind::boolean:
      return "a boolean";
    case Kind::time:
      return "a date or time";
    case Kind::array:
      return "an array";
    case Kind::table:
      return "a table";
  }
  return "";
}

Error wrong_kind(const TomlDocument& document, std::string_view key, const TomlValue& value,
                 Kind wanted) {
  return {Errc::malformed,
          "\"" + std::string(key) + "\" must be " + std::string(example(wanted)) + "; here it is " +
              std::string(described(value.kind)) + ".",
          document.where(value)};
}

// The member if it is there and of that kind (an integer passes for a real).
Result<const TomlValue*> typed(const TomlDocument& document, const TomlValue& table,
                               std::string_view key, Kind kind) {
  const TomlValue* value = table.find(key);
  const bool fits =
      !value || value->kind == kind || (kind == Kind::real && value->kind == Kind::integer);
  if (!fits) return fail(wrong_kind(document, key, *value, kind));
  return value;
}

}  // namespace

std::string_view to_string(TomlValue::Kind kind) {
  switch (kind) {
    case Kind::string:
      return "string";
    case Kind::integer:
      return "integer";
    case Kind::real:
      return "real";
    case Kind::boolean:
      return "boolean";
    case Kind::time:
      return "time";
    case Kind::array:
      return "array";
    case Kind::table:
      return "table";
  }
  return "";
}

const TomlValue* TomlValue::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [key](const auto& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

std::string TomlDocument::where(const TomlValue& value) const {
  return join_place(file_, value.line, value.column);
}

std::string TomlDocument::where(const TomlMember& member) const {
  return join_place(file_, member.line, member.column);
}

Result<std::optional<std::string>> TomlDocument::optional_string(const TomlValue& table,
                                                                 std::string_view key) const {
  const Result<const TomlValue*> value = typed(*this, table, key, Kind::string);
  if (!value) return fail(value.error());
  return *value ? std::optional((*value)->text) : std::nullopt;
}

Result<std::optional<std::int64_t>> TomlDocument::optional_integer(const TomlValue& table,
                                                                   std::string_view key) const {
  const Result<const TomlValue*> value = typed(*this, table, key, Kind::integer);
  if (!value) return fail(value.error());
  return *value ? std::optional((*value)->integer) : std::nullopt;
}

Result<std::optional<double>> TomlDocument::optional_real(const TomlValue& table,
                                                          std::string_view key) const {
  const Result<const TomlValue*> value = typed(*this, table, key, Kind::real);
  if (!value) return fail(value.error());
  return *value ? std::optional((*value)->real) : std::nullopt;
}

Result<std::optional<bool>> TomlDocument::optional_boolean(const TomlValue& table,
                                                           std::string_view key) const {
  const Result<const TomlValue*> value = typed(*this, table, key, Kind::boolean);
  if (!value) return fail(value.error());
  return *value ? std::optional((*value)->boolean) : std::nullopt;
}

Result<std::vector<std::string>> TomlDocument::strings(const TomlValue& table,
                                                       std::string_view key) const {
  const TomlValue* value = table.find(key);
  if (!value) return std::vector<std::string>();
  if (value->kind == Kind::string) return std::vector<std::string>{value->text};
  if (value->kind != Kind::array) {
    Error error = wrong_kind(*this, key, *value, Kind::string);
    error.what.insert(error.what.find("; here"), " or an array of such");
    return fail(std::move(error));
  }
  std::vector<std::string> out;
  for (const TomlValue& item : value->items) {
    if (item.kind != Kind::string) return fail(wrong_kind(*this, key, item, Kind::string));
    out.push_back(item.text);
  }
  return out;
}

Result<std::string> TomlDocument::required_string(const TomlValue& table,
                                                  std::string_view key) const {
  Result<std::optional<std::string>> value = optional_string(table, key);
  if (!value) return fail(std::move(value).error());
  if (*value) return std::move(**value);
  return fail(Errc::malformed,
              "\"" + std::string(key) + "\" is missing; add " + std::string(key) + " = \"…\" here.",
              where(table));
}

Result<void> TomlDocument::only_keys(const TomlValue& table,
                                     std::span<const std::string_view> known) const {
  const std::string rest = &table == &root()
                               ? "; remove it."
                               : "; remove it, or move it up if it belongs above this [table].";
  for (const TomlMember& member : table.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    const auto near = text::did_you_mean(member.key, known);
    return fail(Errc::malformed,
                "\"" + member.key + "\" is no key of this table" +
                    (near ? "; did you mean \"" + std::string(*near) + "\"?" : rest),
                where(member));
  }
  return {};
}

Result<TomlDocument> parse_toml(std::string_view file, std::string_view bytes) {
  if (bytes.size() > max_toml_bytes) {
    return fail(Errc::limit_exceeded,
                "This file has " + std::to_string(bytes.size()) + " bytes; at most " +
                    std::to_string(max_toml_bytes) + " are read.",
                std::string(file));
  }
  if (const auto line = line_of_deep_key(bytes)) {
    return fail(Errc::limit_exceeded,
                "A key here has more than " + std::to_string(max_key_dots) +
                    " dots; tables as deep as that are not read.",
                join_place(file, *line, 1));
  }
  try {
    return TomlDocument(std::string(file), convert(toml::parse(bytes)));
  } catch (const toml::parse_error& error) {
    int line = 1;
    int column = 1;
    place(error.source(), line, column);
    return fail(Errc::malformed, sentence(error.description()), join_place(file, line, column));
  }
}

}  // namespace testigo::formats
