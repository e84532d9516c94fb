// Small numbers for names, kept in memory beside their tables.
#include <optional>
#include <string>
#include <string_view>

#include "store/connection.h"
#include "store/kept_reasons.h"

namespace testigo::store {

namespace {
constexpr std::size_t max_remembered = 20'000;
// Distinct firings, and lists of those without words, come with each text a little: 3 MB of each.
constexpr std::size_t max_reasons_remembered = 65'536;
}  // namespace

std::int64_t Connection::name_id(Names& names, std::string_view name, Sql find, Sql add) {
  if (const auto known = names.find(name); known != names.end()) return known->second;
  const std::int64_t id = row_id(name, find, add);
  if (!ok()) return 0;
  if (names.size() >= max_remembered) names.clear();
  names.emplace(name, id);
  return id;
}

// The number of the row with this name, made where it is missing: what is not remembered is mostly
// new, so it is not looked for first.
std::int64_t Connection::row_id(std::string_view name, Sql find, Sql add) {
  run(add, name);
  if (changes() > 0) return last_insert_id();
  return integer(find, name).value_or(0);
}

std::int64_t Connection::source_id(const SourceId& source) {
  return name_id(sources_, source.value, "SELECT id FROM source WHERE name = ?1",
                 "INSERT OR IGNORE INTO source(name) VALUES(?1)");
}

std::int64_t Connection::brand_id(const BrandId& brand) {
  return name_id(brands_, brand.value, "SELECT id FROM brand WHERE name = ?1",
                 "INSERT OR IGNORE INTO brand(name) VALUES(?1)");
}

std::int64_t Connection::rules_id(std::string_view hash) {
  return name_id(rules_, hash, "SELECT id FROM rules WHERE hash = ?1",
                 "INSERT OR IGNORE INTO rules(hash) VALUES(?1)");
}

std::int64_t Connection::add_shared_reasons(const NumberKey& key, std::string_view rows) {
  const std::int64_t id = row_id(rows, "SELECT id FROM shared_reasons WHERE rows = ?1",
                                 "INSERT OR IGNORE INTO shared_reasons(rows) VALUES(?1)");
  if (!ok()) return 0;
  if (shared_reasons_.size() >= max_reasons_remembered) shared_reasons_.clear();
  shared_reasons_.put(key, id);
  return id;
}

std::int64_t Connection::add_firing(const NumberKey& key, std::string_view rows) {
  const std::int64_t hash = firing_hash(rows);
  std::optional<std::int64_t> known =
      integer("SELECT id FROM firing WHERE hash = ?1 AND rows = ?2", hash, rows);
  if (!known) {
    run("INSERT INTO firing(hash, rows) VALUES(?1, ?2)", hash, rows);
    known = last_insert_id();
  }
  if (!ok()) return 0;
  const std::int64_t id = *known;
  if (firings_.size() >= max_reasons_remembered) firings_.clear();
  firings_.put(key, id);
  return id;
}

std::int64_t Connection::add_label(const NumberKey& key, int axis, std::string_view value,
                                   std::string_view rule, int field) {
  std::optional<std::int64_t> id =
      integer("SELECT id FROM label WHERE rule = ?1 AND value = ?2 AND axis = ?3 AND field = ?4",
              rule, value, axis, field);
  if (!id) {
    run("INSERT INTO label(rule, value, axis, field) VALUES(?1, ?2, ?3, ?4)", rule, value, axis,
        field);
    id = last_insert_id();
  }
  if (!ok()) return 0;
  if (labels_.size() >= max_reasons_remembered) labels_.clear();
  labels_.put(key, *id);
  return *id;
}

void Connection::forget_names() {
  for (Names* names : {&sources_, &brands_, &rules_}) names->clear();
  forget_reasons();
}

void Connection::forget_reasons() {
  for (KeyedNumbers* numbers : {&labels_, &shared_reasons_, &firings_}) numbers->clear();
}

}  // namespace testigo::store
