#include "store/schema.h"

#include <algorithm>

#include "core/digest.h"
#include "store/check_schema.h"
#include "store/connection.h"
#include "store/frontier.h"
#include "store/migrations.h"
#include "store/renamed_requests.h"
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

TEST_CASE("pages found by links and by a sitemap become one request", "[store]") {
  Store store = open_memory();
  Connection& c = store.connection();
  PageRequest request;
  request.watch = "w";
  request.source = SourceId("pages");
  request.step = "page";
  request.method = "GET";
  request.archive_url = "https://a.example/p?page=2";
  const std::string key = std::to_string(request_key(request).value);
  const std::string list_was =
      std::to_string(testigo::key_of({"w page?url=https%3A%2F%2Fa.example%2F https://a.example/p"}));
  const std::string list_is = std::to_string(testigo::key_of({"w page https://a.example/p"}));
  c.script("INSERT INTO watch(id, name, pass, open, started) VALUES(1, 'w', 1, 0, 0);"
           "INSERT INTO profile VALUES(1, 1, 'pages', 'page', 'GET', '');"
           "INSERT INTO standing VALUES(1, 11, 1, 1, 1, 'https://a.example/p?page=2', "
           "'url=https%3A%2F%2Fa.example%2F', NULL, 0), (1, " + key +
           ", 1, 1, 1, 'https://a.example/p?page=2', NULL, NULL, 0), (1, 12, 1, 1, 1, "
           "'https://a.example/api', 'product=7', NULL, 0);"
           "INSERT INTO page(request, payload_digest, status, seen_at) VALUES(11, 'd', 200, 5);"
           "INSERT INTO listing VALUES(1, 11, " + list_was + "), (2, " + key + ", 9), (3, 13, " +
           list_was + ");"
           "INSERT INTO post(id, key, source, page, url, collected_at, said_at, day, dated, "
           "by_brand, revision, seen_in) VALUES(1, 70, 1, 1, '', 5, 5, 5, 1, 0, 1, 1)");
  REQUIRE(c.ok());
  rename_requests(c);
  REQUIRE(c.ok());
  CHECK(ask(store, "SELECT count(*) FROM standing WHERE key = " + key) == "1");
  CHECK(ask(store, "SELECT count(*) FROM standing WHERE key IN (11, 12)") == "1");
  CHECK(ask(store, "SELECT status FROM page WHERE request = " + key) == "200");
  CHECK(ask(store, "SELECT seen_in FROM post") == "2");
  CHECK(ask(store, "SELECT count(*) FROM listing WHERE id = 1") == "0");
  CHECK(ask(store, "SELECT list FROM listing WHERE id = 3") == list_is);
}

}  // namespace testigo::store
