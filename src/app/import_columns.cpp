#include "app/import_columns.h"

#include <algorithm>

#include "app/column_head.h"
#include "app/import_preset.h"

namespace testigo::app {
namespace {

std::optional<std::size_t> place_of(const std::string& key, const std::vector<std::string>& keys) {
  const auto found = std::find(keys.begin(), keys.end(), key);
  if (found == keys.end()) return std::nullopt;
  return static_cast<std::size_t>(found - keys.begin());
}

// Of several that begin so the shortest: the others tell more about it ("How likely … us? -
// Group").
std::optional<std::size_t> place_of_beginning(const std::string& key,
                                              const std::vector<std::string>& keys) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (keys[i].starts_with(key) && (!best || keys[i].size() < keys[*best].size())) best = i;
  return best;
}

}  // namespace

ImportColumns::ImportColumns(std::span<const std::string> columns) : columns_(columns) {
  for (const std::string& column : columns) {
    keys_.push_back(column_key(column));
    bare_keys_.push_back(column_key(read_column_head(column).name));
  }
}

std::optional<std::string> ImportColumns::find(const std::string& name) const {
  if (name.starts_with('=')) return filled_in(name);
  if (name.starts_with('/')) return find_pointer(name);
  const bool prefix = name.ends_with('*');
  const std::string key = column_key(prefix ? name.substr(0, name.size() - 1) : name);
  for (const std::vector<std::string>* keys : {&keys_, &bare_keys_})
    if (const auto at = prefix ? place_of_beginning(key, *keys) : place_of(key, *keys))
      return columns_[*at];
  return std::nullopt;
}

std::optional<std::string> ImportColumns::find_one_of(std::string_view names) const {
  while (true) {
    const std::size_t end = names.find('|');
    if (auto column = find(std::string(names.substr(0, end)))) return column;
    if (end == std::string_view::npos) return std::nullopt;
    names.remove_prefix(end + 1);
  }
}

bool ImportColumns::is_object(const std::string& column) const {
  const std::string within = (column.starts_with('/') ? "" : "/") + column + "/";
  return std::any_of(columns_.begin(), columns_.end(),
                     [&](const std::string& other) { return other.starts_with(within); });
}

std::string ImportColumns::unknown_in(const std::string& name) const {
  if (!name.starts_with('=')) return name;
  for (std::size_t at = name.find('{'); at != std::string::npos; at = name.find('{', at + 1)) {
    std::string inner = name.substr(at + 1, name.find('}', at) - at - 1);
    if (!find_one_of(inner)) return inner;
  }
  return name;
}

// "/a" is the key a of a JSON row, and "/a/b" is within it.
std::optional<std::string> ImportColumns::find_pointer(const std::string& pointer) const {
  const std::string key = pointer.substr(1, pointer.find('/', 1) - 1);
  const auto found = std::find(columns_.begin(), columns_.end(), key);
  if (found == columns_.end()) return std::nullopt;
  return pointer;
}

// Nothing where one of the names is no column's.
std::optional<std::string> ImportColumns::filled_in(std::string_view pattern) const {
  std::string out;
  for (std::size_t at = 0; (at = pattern.find('{')) != std::string_view::npos;) {
    const std::size_t end = pattern.find('}', at);
    if (end == std::string_view::npos) return std::nullopt;
    const auto column = find_one_of(pattern.substr(at + 1, end - at - 1));
    if (!column) return std::nullopt;
    out.append(pattern.substr(0, at + 1)).append(*column).append(1, '}');
    pattern.remove_prefix(end + 1);
  }
  return out.append(pattern);
}

}  // namespace testigo::app
