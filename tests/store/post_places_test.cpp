#include "store/post_places.h"

#include "store/check.h"
#include "store/connection.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

constexpr auto long_text = "the kettle boils in two minutes and the lid shuts with a click";

PostId post(std::string_view external_id) { return post_id(sighting(external_id, "").post); }

// Which of the posts 1 to 4 are found.
std::string found(Store& store) {
  std::string out;
  for (const char* external_id : {"1", "2", "3", "4"})
    out += row_of(store.connection(), post(external_id)) ? external_id : "-";
  return out;
}

// How many posts have the long text.
std::string said(Store& store) {
  return ask(store, "SELECT count(*) FROM post WHERE id IN " TESTIGO_POSTS_WITH_TEXT(
                        "= (SELECT copy_hash FROM post WHERE copy_hash IS NOT NULL)"));
}

std::string late(Store& store) {
  return ask(store,
             "SELECT (SELECT count(*) FROM post_key_late) || ' ' || count(*) "
             "FROM post_text_late");
}

}  // namespace

TEST_CASE("a post is found by key and text before it is sorted in, and after", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", long_text), sighting("2", "short"), sighting("3", long_text)});
  CHECK(late(store) == "3 2");
  CHECK(found(store) == "123-");
  CHECK(said(store) == "2");
  sort_in_posts(store.connection(), 4);
  CHECK(late(store) == "3 2");
  sort_in_posts(store.connection(), 3);
  CHECK(late(store) == "0 0");
  CHECK(found(store) == "123-");
  CHECK(said(store) == "2");
  put(store, {sighting("4", long_text)});
  CHECK(late(store) == "1 1");
  CHECK(found(store) == "1234");
  CHECK(said(store) == "3");
  CHECK(faults(store) == "");
}

TEST_CASE("a post that says something else is found by that, sorted in or not", "[store]") {
  for (const bool sorted : {false, true}) {
    CAPTURE(sorted);
    Store store = open_memory();
    put(store, {sighting("1", long_text), sighting("2", long_text), sighting("3", "short")});
    if (sorted) sort_in_posts(store.connection(), 1);
    put(store, {sighting("2", "sent back")});
    CHECK(said(store) == "1");
    CHECK(faults(store) == "");
    put(store, {sighting("3", long_text)});
    CHECK(said(store) == "2");
    CHECK(faults(store) == "");
  }
}

TEST_CASE("a post that takes the row of one that went is found by its own key", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", long_text), sighting("2", long_text), sighting("3", long_text)});
  sort_in_posts(store.connection(), 1);
  erase_post(store, "2");
  erase_post(store, "3");
  CHECK(found(store) == "1---");
  CHECK(said(store) == "1");
  put(store, {sighting("4", long_text)});
  CHECK(ask(store, "SELECT max(id) FROM post") == "2");
  CHECK(found(store) == "1--4");
  sort_in_posts(store.connection(), 1);
  CHECK(late(store) == "0 0");
  CHECK(found(store) == "1--4");
  CHECK(said(store) == "2");
  CHECK(faults(store) == "");
}

TEST_CASE("keys and texts that lead nowhere or elsewhere are a fault that is mended", "[store]") {
  for (const auto* damage :
       {"DELETE FROM post_key WHERE post = 2", "UPDATE post_key SET post = 1 WHERE post = 2",
        "INSERT INTO post_key VALUES(5, 9)", "INSERT INTO post_key_late SELECT * FROM post_key",
        "DROP TABLE post_key", "DROP TABLE post_key_late", "DELETE FROM post_text WHERE post = 2",
        "INSERT INTO post_text VALUES(5, 1)", "INSERT INTO post_text_late VALUES(5, 9)",
        "DROP TABLE post_text", "DROP TABLE post_text_late", "DROP TRIGGER post_place_gone"}) {
    CAPTURE(damage);
    Store store = open_memory();
    put(store, {sighting("1", long_text), sighting("2", long_text), sighting("3", "short")});
    sort_in_posts(store.connection(), 1);
    store.connection().script(damage);
    CHECK(faults(store) != "");
    REQUIRE(rebuild(store));
    CHECK(faults(store) == "");
    CHECK(found(store) == "123-");
    CHECK(said(store) == "2");
  }
}

TEST_CASE("two posts with one key are a fault", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "a"), sighting("2", "b")});
  store.connection().script("UPDATE post SET key = (SELECT max(key) FROM post)");
  CHECK(faults(store).find("post ids") != std::string::npos);
}

TEST_CASE("posts are looked up in their tables, not one by one", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", long_text)});
  const std::string plan =
      ask(store,
          "EXPLAIN QUERY PLAN SELECT p.url FROM near_cluster n "
          "JOIN post p ON p.id = " TESTIGO_POST_WITH_KEY("n.first") " WHERE n.id = 1");
  const std::string texts = ask(store,
                                "EXPLAIN QUERY PLAN SELECT url FROM post "
                                "WHERE id IN " TESTIGO_POSTS_WITH_TEXT("BETWEEN 1 AND 2"));
  CAPTURE(plan, texts);
  for (const auto* step : {"SEARCH p USING INTEGER PRIMARY KEY (rowid=?)",
                           "SEARCH post_key_late USING INTEGER PRIMARY KEY (rowid=?)",
                           "SEARCH post_key USING INTEGER PRIMARY KEY (rowid=?)"})
    CHECK(plan.find(step) != std::string::npos);
  for (const auto* step : {"SEARCH post USING INTEGER PRIMARY KEY (rowid=?)",
                           "SEARCH post_text_late USING PRIMARY KEY (text>? AND text<?)",
                           "SEARCH post_text USING PRIMARY KEY (text>? AND text<?)"})
    CHECK(texts.find(step) != std::string::npos);
  CHECK((plan + texts).find("SCAN") == std::string::npos);
}
