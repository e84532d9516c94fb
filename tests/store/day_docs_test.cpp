#include "store/day_docs.h"

#include "store/connection.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

// Posts a to l of twelve days, the first the oldest.
Store twelve_days() {
  Store store = open_memory();
  std::vector<Sighting> posts;
  for (int day = 0; day < 12; ++day) {
    Sighting s =
        sighting(std::to_string(day + 1), std::string("battery ") + static_cast<char>('a' + day));
    s.post.posted_at = noon(24 * day);
    s.day = day_at(noon(24 * day));
    posts.push_back(std::move(s));
  }
  put(store, std::move(posts));
  return store;
}

// A store in which each day has so many rows between its bounds as in a store of millions.
void spread(Store& store, std::int64_t docs_a_day) {
  store.connection().run("UPDATE day_docs SET first = (first - 1) * ?1, last = last * ?1",
                         docs_a_day);
}

std::size_t windows_of(Store& store) {
  return newest_windows(store.connection(), std::nullopt, std::nullopt).size();
}

std::string found(Store& store, std::size_t limit, std::size_t offset) {
  MentionFilter filter;
  filter.query = "battery";
  filter.limit = limit;
  filter.offset = offset;
  std::string out;
  for (const MentionRow& row : value_of(mentions(store, filter))) out += row.text.back();
  return out;
}

}  // namespace

TEST_CASE("days know between which rows their mentions lie", "[store]") {
  Store store = twelve_days();
  CHECK(ask(store, "SELECT count(*), sum(first), sum(last) FROM day_docs") == "12|78|78");
  Sighting older = sighting("13", "battery of the first day, found late");
  older.post.posted_at = noon();
  older.day = day_at(noon());
  put(store, {older});
  CHECK(ask(store, "SELECT first, last FROM day_docs ORDER BY day LIMIT 1") == "1|13");
  CHECK(faults(store).empty());
  store.connection().run("UPDATE day_docs SET last = first");
  CHECK(faults(store).find("days") != std::string::npos);
}

TEST_CASE("a post that gets its date later moves to its day's rows", "[store]") {
  Store store = twelve_days();
  Sighting undated = sighting("13", "battery without a date");
  undated.post.posted_at.reset();
  undated.dated = false;
  undated.day = day_at(noon(24 * 20));
  put(store, {undated});
  Sighting dated = undated;
  dated.post.posted_at = noon(24);
  dated.dated = true;
  dated.day = day_at(noon(24));
  put(store, {dated});
  CHECK(ask(store, "SELECT last FROM day_docs ORDER BY day LIMIT 1 OFFSET 1") == "13");
  CHECK(faults(store).empty());
}

TEST_CASE("the newest days come first, and always more of them", "[store]") {
  Store store = twelve_days();
  CHECK(windows_of(store) == 1);
  spread(store, first_window_docs);
  const auto windows = newest_windows(store.connection(), std::nullopt, std::nullopt);
  REQUIRE(windows.size() == 3);
  CHECK(windows[0].first_day == windows[0].last_day);
  CHECK(windows[1].last_day == windows[0].first_day - 1);
  CHECK(windows[1].last_day - windows[1].first_day == 3);
  CHECK(windows[2].first_doc == 0);
}

TEST_CASE("where days lie scattered over the rows, all is searched at once", "[store]") {
  Store store = twelve_days();
  spread(store, first_window_docs);
  store.connection().run("UPDATE day_docs SET first = 0");
  CHECK(windows_of(store) == 1);
}

TEST_CASE("days larger than a window are windows of their own", "[store]") {
  Store store = twelve_days();
  spread(store, 10 * first_window_docs);
  const auto windows = newest_windows(store.connection(), std::nullopt, std::nullopt);
  REQUIRE(windows.size() == 3);
  CHECK(windows[0].first_day == windows[0].last_day);
}

TEST_CASE("pages go on from one window into the next", "[store]") {
  Store store = twelve_days();
  // Bounds may be too wide: the last day and the one before are windows of their own.
  Connection& c = store.connection();
  c.run("UPDATE day_docs SET last = last + 40 * ?1", first_window_docs);
  c.run("UPDATE day_docs SET last = first + 6 * ?1 WHERE first = 11", first_window_docs);
  c.run("UPDATE day_docs SET last = first + ?1 WHERE first = 12", first_window_docs);
  REQUIRE(faults(store).empty());
  REQUIRE(windows_of(store) == 3);
  CHECK(found(store, 0, 0) == "lkjihgfedcba");
  CHECK(found(store, 2, 0) == "lk");
  CHECK(found(store, 2, 1) == "kj");
  CHECK(found(store, 3, 4) == "hgf");
  CHECK(found(store, 3, 10) == "ba");
  CHECK(found(store, 3, 12).empty());
}
