#include "store/mention_docs.h"

#include "store/check.h"
#include "store/connection.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

// What is found by the ids of posts 1 to 4.
std::string texts(Store& store) {
  std::string out;
  for (const char* external_id : {"1", "2", "3", "4"}) {
    const PostId post = post_id(sighting(external_id, "").post);
    const auto found = find_mention(store, mention_id(BrandId("acme"), post).value);
    out += found ? found->row.text : "-";
  }
  return out;
}

std::string unsorted(Store& store) {
  return ask(store,
             "SELECT count(*) FROM mention "
             "WHERE doc > (SELECT value FROM setting WHERE name = 'mentions_sorted_to')");
}

}  // namespace

TEST_CASE("a mention is found by its id before it is sorted in, and after", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "a"), sighting("2", "b"), sighting("3", "c")});
  CHECK(texts(store) == "abc-");
  sort_in_mentions(store.connection(), 4);
  CHECK(unsorted(store) == "3");
  sort_in_mentions(store.connection(), 3);
  CHECK(unsorted(store) == "0");
  CHECK(texts(store) == "abc-");
  put(store, {sighting("4", "d")});
  CHECK(texts(store) == "abcd");
  CHECK(faults(store) == "");
}

TEST_CASE("a mention that takes the row of one that went is found by its id", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "a"), sighting("2", "b"), sighting("3", "c")});
  sort_in_mentions(store.connection(), 1);
  erase_post(store, "2");
  erase_post(store, "3");
  CHECK(ask(store, "SELECT count(*) FROM mention_doc") == "1");
  put(store, {sighting("4", "d")});
  CHECK(ask(store, "SELECT max(doc) FROM mention") == "2");
  CHECK(texts(store) == "a--d");
  sort_in_mentions(store.connection(), 1);
  CHECK(texts(store) == "a--d");
  CHECK(faults(store) == "");
}

TEST_CASE("ids that lead nowhere or elsewhere are a fault that is mended", "[store]") {
  for (const auto* damage :
       {"DELETE FROM mention_doc WHERE doc = 2", "UPDATE mention_doc SET doc = 1 WHERE doc = 2",
        "INSERT INTO mention_doc VALUES(5, 9)", "DROP TABLE mention_doc"}) {
    CAPTURE(damage);
    Store store = open_memory();
    put(store, {sighting("1", "a"), sighting("2", "b")});
    sort_in_mentions(store.connection(), 1);
    store.connection().script(damage);
    CHECK(faults(store).find("mention ids") != std::string::npos);
    REQUIRE(rebuild(store));
    CHECK(faults(store) == "");
    CHECK(texts(store) == "ab--");
  }
}

TEST_CASE("two mentions with one id are a fault", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "a"), sighting("2", "b")});
  store.connection().script("UPDATE mention SET id = (SELECT max(id) FROM mention)");
  CHECK(faults(store).find("mention ids") != std::string::npos);
}

TEST_CASE("many mentions are looked up in the table, not one by one", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "a")});
  const std::string plan =
      ask(store,
          "EXPLAIN QUERY PLAN SELECT m.post FROM audit_item i JOIN mention m "
          "ON m.doc = " TESTIGO_DOC_WITH_ID("= i.mention") " WHERE i.audit = 1");
  for (const auto* step : {"SEARCH m USING INTEGER PRIMARY KEY (rowid=?)",
                           "SEARCH mention_doc USING INTEGER PRIMARY KEY (rowid=?)",
                           "SEARCH mention USING INTEGER PRIMARY KEY (rowid>?)"}) {
    CAPTURE(plan, step);
    CHECK(plan.find(step) != std::string::npos);
  }
  CHECK(plan.find("SCAN mention") == std::string::npos);
  CHECK(plan.find("SCAN m") == std::string::npos);
}
