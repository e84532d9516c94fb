#include "core/digest.h"
#include "store/check.h"
#include "store/connection.h"
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

TEST_CASE("of a text that is said again the first post is known without a look at all", "[store]") {
  Store store = open_memory();
  put(store, {on_page("3", "https://c.example/", 9)});
  CHECK(ask(store, "SELECT count(*) FROM near_text") == "0");
  put(store, {on_page("2", "https://b.example/", 3)});
  const std::string first = "SELECT printf('%016x', first) FROM near_cluster";
  CHECK(ask(store, first) == show_key(post_id(on_page("2", "", 0).post).value));
  put(store, {on_page("1", "https://c.example/", 0), on_page("4", "https://c.example/", 12)});
  CHECK(ask(store, first) == show_key(post_id(on_page("1", "", 0).post).value));
  CHECK(copies(store) == at + "2 of " + at + "1");
  REQUIRE(rebuild(store));
  CHECK(ask(store, "SELECT count(*) FROM near_text") == "1");
  CHECK(copies(store) == at + "2 of " + at + "1");
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

namespace {

const std::string strap =
    "The strap of my Acme bag tore on the very first day of school, and the shop where I bought it "
    "says that straps are not covered, so I sewed it on again myself with fishing line";
const std::string strap_quoted = "He wrote: " + strap + ". Mine did not last a week either";
const std::string strap_short = strap.substr(0, strap.find(", so I"));

}  // namespace

TEST_CASE("a text repeated with changes is a copy, and counts in no share", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0, strap)});
  Sighting other = on_page("2", "https://b.example/", 3, strap_quoted);
  other.post.source = SourceId("news");
  CHECK(put(store, {other}).copies == 1);
  CHECK(copies(store) == at + "2 of " + at + "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(faults(store).empty());
}

TEST_CASE("a mention tells what it repeats and by whom it was repeated", "[store]") {
  Store store = open_memory();
  const std::vector<Sighting> posts = {on_page("1", "https://a.example/", 0, strap),
                                       on_page("2", "https://b.example/", 3, strap_quoted),
                                       on_page("3", "https://c.example/", 5, strap_short)};
  put(store, posts);
  const auto original = value_of(find_mention(store, post_id(posts[0].post).value));
  CHECK_FALSE(original.original);
  REQUIRE(original.copies.size() == 2);
  CHECK(original.copy_count == 2);
  CHECK(original.copies[0].post == post_id(posts[1].post));
  CHECK(original.copies[0].url == at + "2");
  CHECK(original.copies[0].said_at == noon(3));
  const auto copy = value_of(find_mention(store, post_id(posts[2].post).value));
  REQUIRE(copy.original);
  CHECK(copy.original->post == post_id(posts[0].post));
  CHECK(copy.copies.empty());
}

TEST_CASE("near copies find their original when it comes last, even in one batch", "[store]") {
  const Sighting first = on_page("1", "https://a.example/", 0, strap);
  const Sighting second = on_page("2", "https://b.example/", 3, strap_short);
  const Sighting third = on_page("3", "https://c.example/", 9, strap_quoted);
  const std::string expected = at + "2 of " + at + "1\n" + at + "3 of " + at + "1";
  Store one_by_one = open_memory();
  for (const Sighting& s : {third, second, first}) put(one_by_one, {s});
  CHECK(copies(one_by_one) == expected);
  CHECK(faults(one_by_one).empty());
  Store at_once = open_memory();
  put(at_once, {third, second, first});
  CHECK(copies(at_once) == expected);
  CHECK(ask(at_once, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(faults(at_once).empty());
}

TEST_CASE("a near copy that is edited into words of its own leaves, and may come back", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0, strap)});
  put(store, {on_page("2", "https://b.example/", 3, strap_quoted)});
  put(store, {on_page("2", "https://b.example/", 3,
                      "Taken back: mine has been to the sea and up two mountains by now and every "
                      "seam of it, strap and all, looks the way it did in the shop")});
  CHECK(copies(store).empty());
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "2");
  CHECK(
      ask(store, "SELECT count(*) FROM near_text WHERE text NOT IN (SELECT copy_hash FROM post)") ==
      "0");
  CHECK(faults(store).empty());
  put(store, {on_page("2", "https://b.example/", 3, strap_quoted)});
  CHECK(copies(store) == at + "2 of " + at + "1");
  CHECK(faults(store).empty());
}

TEST_CASE("what repeated each other through a text that is erased stands alone again", "[store]") {
  // The beginning and the end, which share the middle, resemble the whole and not each other.
  const std::string begin = "The strap of my Acme bag tore on the very first day of school, ";
  const std::string middle =
      "and the shop where I bought it says that straps are not covered, so I sewed it on again ";
  const std::string end =
      "myself with fishing line, which has held for a whole winter of books, sports shoes and one "
      "forgotten sandwich";
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0, begin + middle)});
  put(store, {on_page("2", "https://b.example/", 1, middle + end)});
  CHECK(copies(store).empty());
  put(store, {on_page("3", "https://c.example/", 2, begin + middle + end)});
  CHECK(copies(store) == at + "2 of " + at + "1\n" + at + "3 of " + at + "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  Batch leaving = batch_of({});
  leaving.answers[0].departures.push_back({post_id(on_page("3", "", 0).post), noon(), true});
  REQUIRE(ingest(store, leaving));
  CHECK(copies(store).empty());
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "2");
  CHECK(faults(store).empty());
}

TEST_CASE("forms filled in by two people are no copies", "[store]") {
  Store store = open_memory();
  put(store,
      {on_page("1", "https://a.example/", 0,
               "I bought the Acme tent from Quarry Goods in Bristol two weeks ago and love it, "
               "my sister would recommend it to anyone with a small garden")});
  put(store,
      {on_page("2", "https://b.example/", 1,
               "I bought the Acme stove from House Nine in Leeds last summer and love it, my "
               "neighbour would recommend it to anyone with cold hands")});
  CHECK(copies(store).empty());
}

TEST_CASE("a phrase that many begin with makes none of them a copy", "[store]") {
  Store store = open_memory();
  const std::string phrase =
      "I received this product free of charge in exchange for my honest and unbiased review. ";
  std::vector<Sighting> posts;
  for (int i = 0; i < 40; ++i) {
    std::string text = phrase;
    for (int j = 0; j < 12; ++j) text += " word" + std::to_string(100 * i + j);
    posts.push_back(on_page(std::to_string(i), "https://a.example/" + std::to_string(i), i, text));
  }
  put(store, posts);
  CHECK(copies(store).empty());
  CHECK(faults(store).empty());
}

TEST_CASE("a store from before near copies finds them when it is next written to", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0, strap)});
  put(store, {on_page("2", "https://b.example/", 1, strap_short)});
  Connection& c = store.connection();
  c.run("UPDATE post SET copy_of = NULL");
  for (const char* former :
       {"DELETE FROM near_text", "DELETE FROM near_cluster", "DELETE FROM known_lately",
        "DELETE FROM setting WHERE name = 'copies_joined'", "UPDATE frontier SET version = -1"})
    c.script(former);
  c.forget();
  REQUIRE(rebuild(store));
  put(store, {on_page("3", "https://c.example/", 2, strap_quoted)});
  CHECK(copies(store) == at + "2 of " + at + "1\n" + at + "3 of " + at + "1");
  CHECK(faults(store).empty());
}

TEST_CASE("copies that went astray are found and made again", "[store]") {
  Store store = open_memory();
  put(store, {on_page("1", "https://a.example/", 0, strap),
              on_page("2", "https://b.example/", 1, strap_short)});
  store.connection().run("UPDATE post SET copy_of = NULL");
  CHECK(faults(store).find("copies") != std::string::npos);
  REQUIRE(rebuild(store));
  CHECK(copies(store) == at + "2 of " + at + "1");
  CHECK(faults(store).empty());
}

TEST_CASE("what repeats what stays as it came about when all is made again", "[store]") {
  // Forms of the same few sentences, some of which resemble each other, in several batches; later
  // ones bring edits of earlier ones.
  const std::vector<std::string> sentences = {"I bought the Acme kettle for my mother last month. ",
                                              "Delivery took three days and the box was dented. ",
                                              "The lid closes well and the handle stays cool. ",
                                              "After a week the switch stopped working at all. ",
                                              "Support answered quickly and sent another one. ",
                                              "It is louder than the one that I had before. ",
                                              "For this price I would not buy it again. ",
                                              "My sister has the same and is happy with it. "};
  std::uint32_t drawn = 1;
  const auto draw = [&](std::size_t below) {
    drawn = drawn * 1664525U + 1013904223U;
    return (drawn >> 16U) % below;
  };
  const auto form = [&] {
    std::string text;
    for (int i = 0; i < 6; ++i) text += sentences[draw(sentences.size())];
    return text;
  };
  Store store = open_memory();
  for (int batch = 0; batch < 6; ++batch) {
    std::vector<Sighting> posts;
    for (int i = 0; i < 60; ++i) {
      const std::string id = std::to_string(draw(8) == 0 ? i : 100 * batch + i);
      posts.push_back(on_page(id, "https://a.example/" + id, static_cast<int>(draw(500)), form()));
    }
    put(store, posts);
  }
  REQUIRE(faults(store).empty());
  const std::string clusters =
      "SELECT t.text || ' ' || c.first FROM near_text t JOIN near_cluster c ON c.id = t.cluster "
      "ORDER BY 1";
  const std::string days = "SELECT day, tag, mentions FROM v_daily ORDER BY 1, 2";
  const std::vector<std::string> before = {copies(store), ask(store, clusters), ask(store, days)};
  REQUIRE(rebuild(store));
  CHECK(std::vector{copies(store), ask(store, clusters), ask(store, days)} == before);
  CHECK(faults(store).empty());
  // What the clusters lost is told from the texts again.
  store.connection().run("DELETE FROM near_text WHERE text % 3 = 0");
  CHECK(!faults(store).empty());
  REQUIRE(rebuild(store));
  CHECK(faults(store).empty());
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
