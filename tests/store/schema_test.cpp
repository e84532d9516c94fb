#include "store/schema.h"

#include <algorithm>

#include "store/check_schema.h"
#include "store/connection.h"
#include "store/migrations.h"
#include "store/support/store_fixture.h"

namespace testigo::store {
namespace {

void drop_all(Connection& c) {
  c.script("PRAGMA foreign_keys = OFF");
  c.script(
      *c.text("SELECT group_concat('DROP ' || type || ' ' || name, ';') FROM (SELECT * FROM "
              "sqlite_schema WHERE type IN ('view', 'table') AND name NOT LIKE "
              "'mention_fts_%' AND name NOT LIKE 'sqlite_%' ORDER BY type DESC)"));
}

std::string rows_of_a_new_store(Connection& c) {
  return *c.text(
      "SELECT (SELECT group_concat(name || '=' || iif(name = 'author_key', '', value)) FROM "
      "setting) || (SELECT group_concat(k || '=' || v) FROM mention_fts_config) || (SELECT "
      "version || ',' || next_host || ',' || next_request || ',' || last_host FROM frontier)");
}

}  // namespace

TEST_CASE("a new store is what the steps from the first version come to", "[store]") {
  const TempFolder folder;
  Store made = value_of(Store::open(folder.file("made.db")));
  Store brought_up = value_of(Store::open(folder.file("brought_up.db")));
  Connection& c = brought_up.connection();
  drop_all(c);
  REQUIRE(c.integer("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'") == 0);
  for (const Migration& step : migrations()) c.script(std::string(step.sql));
  c.run("INSERT INTO setting VALUES('author_key', '')");
  REQUIRE(c.ok());
  for (const CheckResult& result : check_schema(c)) {
    INFO(result.what);
    CHECK(result.good);
  }
  CHECK(c.integer("SELECT count(*) FROM sqlite_schema") ==
        made.connection().integer("SELECT count(*) FROM sqlite_schema"));
  CHECK(rows_of_a_new_store(c) == rows_of_a_new_store(made.connection()));
}

}  // namespace testigo::store
