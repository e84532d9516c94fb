#include "store/check_schema.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace testigo::store {

namespace {

// Without comments, blanks and quotation marks: these may be written otherwise, and are where a
// table was renamed or given a column; no store is the worse for it. No name or literal of ours
// holds "--".
std::string bare(std::string_view sql) {
  std::string words;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql.substr(i, 2) == "--") i = std::min(sql.find('\n', i), sql.size());
    if (i < sql.size() && sql[i] != ' ' && sql[i] != '\n' && sql[i] != '"') words += sql[i];
  }
  return words;
}

struct Part {
  std::string type;   // table, view, index or trigger
  std::string table;  // that an index or a trigger belongs to
  std::string sql;

  friend bool operator==(const Part& a, const Part& b) {
    return a.type == b.type && a.table == b.table && bare(a.sql) == bare(b.sql);
  }
};
using Schema = std::map<std::string, Part>;

// Tables whose rows `rebuild` makes from others.
constexpr std::array<std::string_view, 11> derived_tables = {
    "brand_day", "daily",         "day_docs",  "hourly",         "mention_doc", "mention_fts",
    "post_key",  "post_key_late", "post_text", "post_text_late", "split_day"};

// Indexes that SQLite makes by itself have no text.
Schema schema_of(Connection& c) {
  Schema schema;
  Rows rows = c.query(
      "SELECT name, type, tbl_name, sql FROM main.sqlite_schema "
      "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL");
  while (rows.step())
    schema[std::string(rows.text(0))] = {std::string(rows.text(1)), std::string(rows.text(2)),
                                         std::string(rows.text(3))};
  return schema;
}

bool is_derived(std::string_view name, const Part& part) {
  return part.type != "table" ||
         std::find(derived_tables.begin(), derived_tables.end(), name) != derived_tables.end();
}

// Tables of the index itself come and go with it.
bool is_part_of_full_text(std::string_view name) { return name.starts_with("mention_fts_"); }

// What a new database has, by name, where this one has it not or otherwise.
std::vector<std::pair<std::string, Part>> faults_of(Connection& c) {
  std::vector<std::pair<std::string, Part>> faults;
  Result<Store> made = Store::open(":memory:");
  if (!made) {
    c.set_error(made.error());
    return faults;
  }
  const Schema is = schema_of(c);
  for (const auto& [name, part] : schema_of(made->connection())) {
    const auto here = is.find(name);
    if (here == is.end() || here->second != part) faults.emplace_back(name, part);
  }
  return faults;
}

// An index or a trigger of a table that only a backup has.
bool is_homeless(Connection& c, const Part& part) {
  return (part.type == "index" || part.type == "trigger") &&
         !c.integer("SELECT 1 FROM main.sqlite_schema WHERE name = ?1", part.table);
}

// Names come from our own schema, and hold no quotation marks.
void drop(Connection& c, const std::string& name) {
  const auto type = [&]() -> std::optional<std::string> {
    Rows rows = c.query("SELECT type FROM main.sqlite_schema WHERE name = ?1", name);
    return rows.step() ? rows.maybe_text(0) : std::nullopt;
  }();
  if (type) c.script("DROP " + *type + " main.\"" + name + "\"");
}

}  // namespace

std::vector<CheckResult> check_schema(Connection& c) {
  std::vector<CheckResult> results;
  const auto faults = faults_of(c);
  if (!c.ok()) return {{"schema", false, "could not be compared: " + c.error().what}};
  for (const auto& [name, part] : faults) {
    results.push_back({"schema", false,
                       part.type + " " + name + " is missing or is not as testigo makes it; " +
                           (is_derived(name, part) || is_part_of_full_text(name)
                                ? "testigo doctor --rebuild makes it again"
                                : "its rows are gone: restore a backup")});
  }
  if (results.empty())
    results.push_back(
        {"schema", true, "tables, views, indexes and triggers are as they should be"});
  return results;
}

void mend_schema(Connection& c) {
  auto faults = faults_of(c);
  // An index whose inner tables are damaged is made anew as a whole.
  const bool full_text = std::any_of(faults.begin(), faults.end(), [](const auto& fault) {
    return is_part_of_full_text(fault.first);
  });
  if (full_text) {
    drop(c, "mention_fts");
    faults = faults_of(c);
  }
  // Tables first: indexes and triggers stand on them.
  std::stable_sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) {
    return (a.second.type == "table") > (b.second.type == "table");
  });
  for (const auto& [name, part] : faults) {
    if (!is_derived(name, part) || is_part_of_full_text(name) || is_homeless(c, part)) continue;
    drop(c, name);
    c.script(part.sql);
  }
}

}  // namespace testigo::store
