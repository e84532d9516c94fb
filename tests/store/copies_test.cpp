#include "core/digest.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

const std::string long_text = "The strap of my Acme bag tore on the very first day of school";

Sighting on_page(std::string_view id, std::string_view page, int hours,
                 const std::string& text = long_text) {
  Sighting s = sighting(id, text);
  s.post.page_url = page;
  s.post.posted_at = noon(hours);
  s.day = day_at(noon(hours));
  return s;
}

std::string copies(Store& store) {
  return ask(store,
             "SELECT c.url || ' of ' || o.url FROM v_mentions c JOIN v_mentions o "
             "ON o.post = c.copy_of ORDER BY 1");
}
const std::string at = "https://forum.example/post/";

}  // namespace

TEST_CASE("a text repeated on another page is a copy and counts in no share", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0)});
  Sighting copy = on_page("2", "https://b.example/", 3,
                          "THE STRAP of my acme bag: tore, on the "
                          "very first day of school!");
  copy.post.title = "Seen elsewhere";
  CHECK(put(store, {copy}).copies == 1);
  CHECK(copies(store) == at + "2 of " + at + "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(ask(store, "SELECT count(*) FROM v_mentions") == "2");
  CHECK(faults(store).empty());
}

TEST_CASE("the earliest is the original, in whatever order they arrive", "[store]") {
  Store store = open_memory();
  put(store, {on_page("3", "https://c.example/", 9)});
  put(store, {on_page("2", "https://b.example/", 3)});
  put(store, {on_page("1", "https://a.example/", 0)});
  CHECK(copies(store) == at + "2 of " + at + "1\n" + at + "3 of " + at + "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(faults(store).empty());
}

TEST_CASE("a copy that is edited into words of its own counts again", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0), on_page("2", "https://b.example/", 3)});
  put(store, {on_page("2", "https://b.example/", 3, "Mine was fine, I have to say, all of it")});
  CHECK(copies(store).empty());
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "2");
  CHECK(faults(store).empty());
}

TEST_CASE("an original that is erased makes the next the original", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0)});
  put(store, {on_page("2", "https://b.example/", 3)});
  put(store, {on_page("3", "https://c.example/", 9)});
  Batch leaving = batch_of({});
  leaving.answers[0].departures.push_back({post_id(on_page("1", "", 0).post), noon(), true});
  REQUIRE(ingest(store, leaving));
  CHECK(copies(store) == at + "3 of " + at + "2");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(faults(store).empty());
}

TEST_CASE("short texts, and equal ones on one page, are no copies", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0, "Great bag")});
  put(store, {on_page("2", "https://b.example/", 1, "Great bag")});
  put(store, {on_page("3", "https://a.example/", 2), on_page("4", "https://a.example/", 3)});
  CHECK(copies(store).empty());
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "4");
}

TEST_CASE("the brand's posts, replies and promotions are stored but not counted", "[store]") {
  Store store = open_memory();
  Sighting own = sighting("1", "Thank you all");
  own.post.by_brand = true;
  Sighting reply = sighting("2", "We are sorry to hear that", Tag::other);
  reply.verdict.act = Act::reply;
  Sighting promotion = sighting("3", "50% off this weekend", Tag::other);
  promotion.verdict.act = Act::promote;
  put(store, {own, reply, promotion, sighting("4", "The hinge broke")});
  CHECK(ask(store, "SELECT count(*) FROM v_mentions") == "4");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  MentionFilter filter;
  filter.shares_only = true;
  CHECK(value_of(mentions(store, filter)).size() == 1);
  CHECK(faults(store).empty());
}
