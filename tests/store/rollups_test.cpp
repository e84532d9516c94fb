#include <algorithm>
#include <random>

#include "store/check.h"
#include "store/connection.h"
#include "store/support/store_fixture.h"
#include "store/support/world.h"

using namespace testigo;
using namespace testigo::store;

TEST_CASE("whatever comes in whatever order, rollups and index equal the rows", "[store]") {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    World world(seed);
    Store store = open_memory();
    for (int step = 0; step < 30; ++step) {
      value_of(ingest(store, world.next()));
      INFO("seed " << seed << " step " << step);
      REQUIRE(faults(store).empty());
    }
  }
}

TEST_CASE("the same posts in another order make the same counts", "[store]") {
  std::vector<Sighting> posts;
  for (int i = 0; i < 9; ++i) {
    Sighting s = sighting(std::to_string(i),
                          i % 2 == 0 ? "The very same words that were written by somebody else"
                                     : "Other words, long enough to be copied by some other one");
    s.post.page_url = "https://forum.example/" + std::to_string(i % 4);
    s.post.posted_at = noon(i % 3);
    posts.push_back(s);
  }
  std::string first;
  std::mt19937 random(7);
  for (int round = 0; round < 10; ++round) {
    Store store = open_memory();
    for (const Sighting& s : posts) put(store, {s});
    const std::string now = ask(store, "SELECT * FROM v_daily ORDER BY 1, 2, 3, 4, 5, 6, 7, 8") +
                            "\n" + ask(store, "SELECT id, copy_of FROM v_mentions ORDER BY id");
    if (round == 0) first = now;
    CHECK(now == first);
    std::shuffle(posts.begin(), posts.end(), random);
  }
}

TEST_CASE("a rollup or index that went astray is found and made again", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "The hinge broke");
  s.verdict.themes = {{"quality", Polarity::negative}};
  put(store, {s});
  Connection& c = store.connection();
  c.run("UPDATE daily SET mentions = 2");
  c.run("DELETE FROM split_day");
  c.run("UPDATE hourly SET score_sum = 0");
  c.run("INSERT INTO mention_fts(rowid, words) VALUES(99, 'ghost')");
  const std::string found = faults(store);
  for (const char* name : {"daily", "split_day", "hourly", "full text"}) {
    CHECK(found.find(name) != std::string::npos);
  }
  REQUIRE(rebuild(store));
  CHECK(faults(store).empty());
}

TEST_CASE("a row that refers to nothing is found", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke")});
  store.connection().run("DELETE FROM source");
  CHECK(faults(store).find("references") != std::string::npos);
}
