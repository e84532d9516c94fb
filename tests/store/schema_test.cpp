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

// Brings an emptied store up to before a step, and then over it.
void bring_up_over(Connection& c, std::string_view what, std::string_view rows_before) {
  drop_all(c);
  for (const Migration& step : migrations()) {
    if (step.what == what) c.script(std::string(rows_before));
    c.script(std::string(step.sql));
    if (step.what == what) return;
  }
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

TEST_CASE("posts of an older store are found by their keys and texts", "[store]") {
  Store store = open_memory();
  Connection& c = store.connection();
  bring_up_over(
      c, "put the latest posts together",
      "INSERT INTO post(id, key, source, page, url, collected_at, said_at, day, dated, "
      "by_brand, copy_hash, revision) VALUES"
      "(1, 70, 1, 1, 'https://a.example/', 5, 5, 5, 1, 0, 800, 1),"
      "(2, -60, 1, 1, '', 5, 5, 5, 1, 0, NULL, 2), (4, 50, 1, 1, '', 5, 5, 5, 1, 0, 800, 3)");
  REQUIRE(c.ok());
  CHECK(ask(store, "SELECT group_concat(key || ' ' || post) FROM post_key") == "-60 2,50 4,70 1");
  CHECK(ask(store, "SELECT group_concat(text || ' ' || post) FROM post_text") == "800 1,800 4");
  CHECK(ask(store, "SELECT value FROM setting WHERE name = 'posts_sorted_to'") == "4");
  CHECK(ask(store, "SELECT url || key FROM post WHERE id = 1") == "https://a.example/70");
}

}  // namespace testigo::store
