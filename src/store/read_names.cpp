#include "store/read_names.h"

#include "core/verdict.h"
#include "store/connection.h"

namespace testigo::store {

namespace {

std::vector<std::string> texts(Rows rows) {
  std::vector<std::string> found;
  while (rows.step()) found.emplace_back(rows.text(0));
  return found;
}

}  // namespace

Result<StoredNames> stored_names(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  StoredNames names;
  names.brands = texts(c.query("SELECT name FROM brand ORDER BY name"));
  names.sources = texts(c.query("SELECT name FROM source ORDER BY name"));
  names.themes =
      texts(c.query("SELECT DISTINCT name FROM facet WHERE axis = ?1 ORDER BY name", Axis::theme));
  return snapshot.result(std::move(names));
}

Result<std::optional<StoredDays>> stored_days(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const auto first = c.integer("SELECT min(day) FROM brand_day");
  const auto last = c.integer("SELECT max(day) FROM brand_day");
  std::optional<StoredDays> days;
  if (first && last)
    days = StoredDays{Day{std::chrono::sys_days(std::chrono::days(*first))},
                      Day{std::chrono::sys_days(std::chrono::days(*last))}};
  return snapshot.result(days);
}

Result<bool> has_language(Store& store, std::string_view language) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const bool found = c.integer("SELECT 1 FROM daily WHERE language = ?1 LIMIT 1", language) == 1;
  return snapshot.result(found);
}

}  // namespace testigo::store
