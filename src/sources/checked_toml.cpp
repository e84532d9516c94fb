#include "sources/checked_toml.h"

#include <algorithm>

#include "text/suggest.h"

namespace testigo::sources {
namespace {

using formats::TomlMember;
using formats::TomlValue;

std::string with_article(TomlValue::Kind kind) {
  const bool vowel = kind == TomlValue::Kind::integer || kind == TomlValue::Kind::array;
  return (vowel ? "an " : "a ") + std::string(to_string(kind));
}

}  // namespace

std::string unknown_name(std::string_view kind, std::string_view name, const Names& known) {
  std::string what = "there is no " + std::string(kind) + " \"" + std::string(name) + "\"";
  const auto meant = text::did_you_mean(name, known);
  if (meant) return what + "; did you mean \"" + std::string(*meant) + "\"?";
  what += "; known are";
  for (const std::string_view one : known) what += " " + std::string(one);
  return what + ".";
}

void CheckedToml::wrong(const TomlValue& at, std::string what) {
  if (!error_) error_ = Error{Errc::malformed, std::move(what), document_.where(at)};
}

void CheckedToml::only(const TomlValue& table, const Names& keys) {
  if (error_) return;
  if (Result<void> known = document_.only_keys(table, keys); !known) {
    error_ = std::move(known).error();
  }
}

bool CheckedToml::is(const TomlValue& value, TomlValue::Kind kind, std::string_view key) {
  if (value.kind == kind) return true;
  wrong(value, "\"" + std::string(key) + "\" must be " + with_article(kind) + "; here it is " +
                   with_article(value.kind) + ".");
  return false;
}

template <class T>
T CheckedToml::value_or(Result<std::optional<T>> found, T otherwise) {
  if (error_) return otherwise;
  if (!found) {
    error_ = std::move(found).error();
    return otherwise;
  }
  return *found ? **std::move(found) : otherwise;
}

std::string CheckedToml::string(const TomlValue& table, std::string_view key,
                                std::string otherwise) {
  return value_or(document_.optional_string(table, key), std::move(otherwise));
}

std::string CheckedToml::required(const TomlValue& table, std::string_view key) {
  Result<std::string> found = document_.required_string(table, key);
  if (found) return *std::move(found);
  if (!error_) error_ = std::move(found).error();
  return {};
}

bool CheckedToml::boolean(const TomlValue& table, std::string_view key, bool otherwise) {
  return value_or(document_.optional_boolean(table, key), otherwise);
}

std::int64_t CheckedToml::integer(const TomlValue& table, std::string_view key,
                                  std::int64_t otherwise, std::int64_t least, std::int64_t most) {
  const std::int64_t value = value_or(document_.optional_integer(table, key), otherwise);
  const TomlValue* written = table.find(key);
  if (written == nullptr || (value >= least && value <= most)) return value;
  wrong(*written, "\"" + std::string(key) + "\" must be between " + std::to_string(least) +
                      " and " + std::to_string(most) + ".");
  return otherwise;
}

std::optional<double> CheckedToml::real(const TomlValue& table, std::string_view key) {
  Result<std::optional<double>> found = document_.optional_real(table, key);
  if (found) return *found;
  if (!error_) error_ = std::move(found).error();
  return std::nullopt;
}

std::vector<std::string> CheckedToml::strings(const TomlValue& table, std::string_view key) {
  Result<std::vector<std::string>> found = document_.strings(table, key);
  if (found) return *std::move(found);
  if (!error_) error_ = std::move(found).error();
  return {};
}

std::vector<std::pair<std::string, std::string>> CheckedToml::pairs(const TomlValue& table,
                                                                    std::string_view key) {
  std::vector<std::pair<std::string, std::string>> found;
  const TomlValue* inner = table.find(key);
  if (inner == nullptr || !is(*inner, TomlValue::Kind::table, key)) return found;
  for (const TomlMember& member : inner->members) {
    found.emplace_back(member.key, string(*inner, member.key));
  }
  return found;
}

std::size_t CheckedToml::place_in(const TomlValue& table, std::string_view key,
                                  const Names& names) {
  const std::string name = required(table, key);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (!error_) wrong(*table.find(key), unknown_name(key, name, names));
  return 0;
}

}  // namespace testigo::sources
