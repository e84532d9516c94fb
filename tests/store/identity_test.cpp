#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

// A post without an external id or a date.
Sighting nameless(std::string_view text, std::optional<std::string> author = std::nullopt) {
  Sighting s = sighting("", text);
  s.post.external_id.reset();
  s.post.url.reset();
  s.post.posted_at.reset();
  s.post.author = std::move(author);
  s.dated = false;
  return s;
}

std::string texts(Store& store) { return ask(store, "SELECT text FROM v_mentions ORDER BY text"); }

}  // namespace

TEST_CASE("two nameless posts of one page stay two, whatever their order", "[store]") {
  Store store = open_memory();
  CHECK(put(store, {nameless("The strap is soft"), nameless("The buckle rusts")}).new_posts == 2);
  CHECK(put(store, {nameless("The buckle rusts"), nameless("The strap is soft")}).unchanged == 2);
  CHECK(texts(store) == "The buckle rusts\nThe strap is soft");
}

TEST_CASE("of an author's undated posts the most similar is the one that was edited", "[store]") {
  Store store = open_memory();
  put(store, {nameless("The strap is soft and wide", "Ion"), nameless("The buckle rusts", "Ion")});
  const IngestCounts counts = put(store, {nameless("The buckle rusts badly now", "Ion"),
                                          nameless("The strap is soft and very wide", "Ion")});
  CHECK(counts.edited == 2);
  CHECK(texts(store) == "The buckle rusts badly now\nThe strap is soft and very wide");
}

TEST_CASE("an author's only undated post is the same one however much was edited", "[store]") {
  Store store = open_memory();
  put(store, {nameless("The strap is soft", "Ion")});
  CHECK(put(store, {nameless("Everything else than before", "Ion")}).edited == 1);
}

TEST_CASE("a nameless text unlike the known one is another's post", "[store]") {
  Store store = open_memory();
  put(store, {nameless("The strap is soft")});
  CHECK(put(store, {nameless("Delivery took two weeks")}).new_posts == 1);
  CHECK(put(store, {nameless("Delivery took nearly two weeks")}).edited == 1);
}

TEST_CASE("a post that a page shows twice is stored once", "[store]") {
  Store store = open_memory();
  const IngestCounts counts =
      put(store, {nameless("The strap is soft", "Ion"), nameless("The strap is soft", "Ion")});
  CHECK(counts.new_posts == 1);
  CHECK(counts.unchanged == 1);
}

TEST_CASE("a page of very many nameless posts is told apart in bounded time", "[store]") {
  Store store = open_memory();
  std::vector<Sighting> posts;
  for (int i = 0; i < 1000; ++i) posts.push_back(nameless("Text number " + std::to_string(i)));
  CHECK(put(store, posts).new_posts == 1000);
  CHECK(put(store, posts).unchanged == 1000);
}
