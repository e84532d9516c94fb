#include "store/import_mark.h"

#include "store/connection.h"

namespace testigo::store {
namespace {

// Among the settings, under a name of its own.
std::string setting_of(std::string_view key) { return "import " + std::string(key); }

}  // namespace

Result<std::int64_t> imported_rows(Store& store, std::string_view key) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const auto rows = c.integer("SELECT value FROM setting WHERE name = ?1", setting_of(key));
  return snapshot.result(rows.value_or(0));
}

Result<void> forget_import(Store& store, std::string_view key) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run("DELETE FROM setting WHERE name = ?1", setting_of(key));
  return transaction.commit();
}

void mark_within(Connection& c, const ImportMark& mark) {
  c.run("INSERT OR REPLACE INTO setting VALUES(?1, ?2)", setting_of(mark.key), mark.rows);
}

}  // namespace testigo::store
