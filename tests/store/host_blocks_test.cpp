#include "store/host_blocks.h"

#include "store/frontier.h"
#include "store/migrations.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

using Hosts = std::vector<std::int64_t>;

TEST_CASE("ready hosts of a range come in order, the last of a row of them too", "[store]") {
  Store store = open_memory();
  Connection& c = store.connection();
  ReadyHosts ready;
  for (const std::int64_t host : {5'000'000, 64, 63, 1, 127, 62}) ready.insert(c, host);
  ready.erase(c, 62);
  ready.erase(c, 900);  // was not there
  ready.save(c);
  CHECK(ready.between(c, 0, INT64_MAX, 9) == Hosts{1, 63, 64, 127, 5'000'000});
  CHECK(ready.between(c, 1, 127, 9) == Hosts{63, 64, 127});
  CHECK(ready.between(c, 63, 126, 9) == Hosts{64});
  CHECK(ready.between(c, 0, INT64_MAX, 2) == Hosts{1, 63});
  CHECK(ready.between(c, 127, 127, 9).empty());
  CHECK(ready.contains(c, 63));
  CHECK_FALSE(ready.contains(c, 62));
}

TEST_CASE("a row of hosts of which none is ready takes no room", "[store]") {
  Store store = open_memory();
  Connection& c = store.connection();
  ReadyHosts ready;
  ready.insert(c, 63);
  ready.save(c);
  ready.erase(c, 63);
  ready.save(c);
  CHECK(ask(store, "SELECT count(*) FROM ready_hosts") == "0");
}

TEST_CASE("answers count for their host on their day", "[store]") {
  Store store = open_memory();
  Connection& c = store.connection();
  HostAnswers answers;
  answers.add(63, 20'000);
  answers.add(64, 20'000, 70'000);
  answers.save(c);
  answers.add(63, 20'000);
  answers.add(63, 19'999);  // late
  answers.save(c);
  CHECK(answers.on(c, 63, 20'000) == 2);
  CHECK(answers.on(c, 64, 20'000) == 70'000);
  CHECK(answers.on(c, 62, 20'000) == 0);
  CHECK(answers.on(c, 63, 20'001) == 0);
  answers.add(62, 20'001);
  answers.save(c);
  CHECK(answers.on(c, 62, 20'001) == 1);
  CHECK(answers.on(c, 63, 20'001) == 0);  // of the same row, on another day
}

TEST_CASE("hosts of a store before they lay in rows are carried over", "[store]") {
  constexpr std::size_t before = 7;  // migrations
  const TempFolder folder;
  {
    Store store = value_of(Store::open(folder.file("t.db")));
    Connection& c = store.connection();
    const std::string drop =
        ask(store,
            "SELECT group_concat('DROP ' || type || ' ' || name, ';') FROM (SELECT * FROM "
            "sqlite_schema WHERE type IN ('view', 'table') AND name NOT LIKE 'mention_fts_%' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY type DESC)");
    c.script("PRAGMA foreign_keys = OFF; " + drop);
    for (const Migration& step : migrations().first(before)) c.script(std::string(step.sql));
    // Both hosts answered once at noon; the second has been asked enough.
    c.script(
        "INSERT INTO watch VALUES(1, 'acme/forum', 1, 1, 1773144000000, NULL, 2, 0, 0, 0, 0);"
        "INSERT INTO profile VALUES(1, 1, 'forum', '', 'GET', '');"
        "INSERT INTO queued VALUES((63 << 35) | 1, 11, 1, 0, 0, 0, 0, 'https://a.example/', NULL, "
        "NULL),"
        " ((64 << 35) | 2, 12, 1, 0, 0, 0, 0, 'https://b.example/', NULL, NULL);"
        "INSERT INTO ready_host VALUES(63), (64);"
        "INSERT INTO host_state(id, day, answered) VALUES(63, 20522, 1), (64, 20522, 2);");
    c.script("PRAGMA user_version = " + std::to_string(before));
    REQUIRE(c.ok());
  }
  Store store = value_of(Store::open(folder.file("t.db")));
  LeaseLimits limits;
  limits.per_host_daily = 2;
  const auto leases = value_of(lease(store, RunId(1), noon(), limits));
  REQUIRE(leases.size() == 1);
  CHECK(leases[0].host == "a.example");
  CHECK(value_of(over_budget(store, noon())) == 1);
}
