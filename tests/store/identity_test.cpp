#include "core/digest.h"
#include "store/connection.h"
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

// As a store that held posts before ids became what they are.
Store open_with_former_ids() {
  Store store = open_memory();
  store.connection().run("INSERT INTO setting VALUES('has_former_ids', 1)");
  return store;
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

namespace {

const RequestKey first_page{1}, second_page{2};

Answer shown_on(RequestKey request, const std::string& page_url, std::vector<Sighting> posts) {
  Answer answer;
  answer.request = request;
  answer.fetched_at = noon();
  for (Sighting& s : posts) s.post.page_url = page_url;
  answer.posts = std::move(posts);
  return answer;
}

IngestCounts take(Store& store, std::vector<Answer> answers) {
  Batch batch = batch_of({});
  batch.answers = std::move(answers);
  return value_of(ingest(store, std::move(batch)));
}

const std::string page_1 = "https://forum.example/reviews";
const std::string page_2 = "https://forum.example/reviews?page=2";

}  // namespace

TEST_CASE("a nameless post that moves to the next page of its list stays one", "[store]") {
  Store store = open_memory();
  take(store, {shown_on(first_page, page_1, {nameless("The buckle rusts", "Ion")}),
               shown_on(second_page, page_2, {nameless("The strap is soft", "Ana")})});
  const IngestCounts counts =
      take(store, {shown_on(first_page, page_1, {nameless("Delivery was quick", "Eva")}),
                   shown_on(second_page, page_2, {nameless("The buckle rusts", "Ion")})});
  CHECK(counts.new_posts == 1);
  CHECK(counts.unchanged == 1);
  CHECK(faults(store).empty());
}

TEST_CASE("a post that moved is the same one where its stars are not told", "[store]") {
  Store store = open_memory();
  Sighting starred = nameless("The buckle rusts", "Ion");
  starred.post.rating = Rating{2.0, 5.0, 1.0};
  take(store, {shown_on(first_page, page_1, {starred})});
  const IngestCounts counts =
      take(store, {shown_on(second_page, page_2, {nameless("The buckle rusts", "Ion")})});
  CHECK(counts.new_posts == 0);
}

TEST_CASE("two posts of one author on two pages of a list are not taken for an edit", "[store]") {
  Store store = open_memory();
  std::vector<Answer> both = {
      shown_on(first_page, page_1, {nameless("The buckle rusts", "Ion")}),
      shown_on(second_page, page_2, {nameless("The strap is soft", "Ion")})};
  for (Answer& answer : both) answer.list = "w reviews";
  CHECK(take(store, both).new_posts == 2);
  CHECK(take(store, both).unchanged == 2);
  const IngestCounts counts =
      take(store, {shown_on(second_page, page_2, {nameless("The strap is very soft", "Ion")})});
  CHECK(counts.edited == 1);
  CHECK(texts(store) == "The buckle rusts\nThe strap is very soft");
}

namespace {

Answer on_list(Answer answer, int hours = 0) {
  answer.list = "w reviews";
  answer.fetched_at = noon(hours);
  return answer;
}

Sighting dated(Sighting s, int hours) {
  s.post.posted_at = noon(hours);
  s.day = day_at(noon(hours));
  s.dated = true;
  return s;
}

}  // namespace

TEST_CASE("a post that moves to the next page of its list and is edited stays one", "[store]") {
  Store store = open_memory();
  take(
      store,
      {on_list(shown_on(first_page, page_1, {dated(nameless("The buckle rusts a lot", "Ion"), 1)})),
       on_list(shown_on(second_page, page_2, {dated(nameless("The strap is soft", "Ana"), 0)}))});
  const IngestCounts counts = take(
      store,
      {on_list(shown_on(first_page, page_1, {dated(nameless("Delivery was quick", "Eva"), 2)}), 24),
       on_list(shown_on(second_page, page_2,
                        {dated(nameless("The buckle rusts a lot. Sent back", "Ion"), 1),
                         dated(nameless("The strap is soft", "Ana"), 0)}),
               24)});
  CHECK(counts.edited == 1);
  CHECK(counts.new_posts == 1);
  CHECK(texts(store) == "Delivery was quick\nThe buckle rusts a lot. Sent back\nThe strap is soft");
}

TEST_CASE("posts of one list that are alike and have no date or no author stay several",
          "[store]") {
  Store store = open_memory();
  const IngestCounts counts = take(
      store,
      {on_list(shown_on(first_page, page_1,
                        {nameless("A very good kettle"), nameless("A good kettle, buy", "Ana")})),
       on_list(shown_on(
           second_page, page_2,
           {nameless("A very good kettle indeed"), nameless("A good kettle, buy it", "Ana")}))});
  CHECK(counts.new_posts == 4);
  CHECK(counts.edited == 0);
}

TEST_CASE("posts of one author and time on two pages of a list are two where a pass shows both",
          "[store]") {
  Store store = open_memory();
  const auto by_a_customer = [](std::string_view text) {
    return dated(nameless(text, "A customer"), 0);
  };
  const IngestCounts counts =
      take(store, {on_list(shown_on(first_page, page_1, {by_a_customer("A good kettle")})),
                   on_list(shown_on(second_page, page_2, {by_a_customer("A good kettle, buy")}))});
  CHECK(counts.new_posts == 2);
}

TEST_CASE("posts of a store in which ids named posts of a host stay the same", "[store]") {
  Store store = open_with_former_ids();
  const std::string thread = "https://forum.example/t/1";
  take(store, {shown_on(first_page, thread,
                        {sighting("forum.example/post-3000", "The buckle rusts"),
                         sighting("forum.example/post-3001", "The strap is soft")})});
  const IngestCounts same =
      take(store, {shown_on(first_page, thread,
                            {sighting(thread + "#post-3000", "The buckle rusts"),
                             sighting(thread + "#post-3001", "The strap is soft")})});
  CHECK(same.unchanged == 2);
  const std::string other = "https://forum.example/t/2";
  const IngestCounts another = take(
      store, {shown_on(second_page, other, {sighting(other + "#post-3000", "The buckle rusts")})});
  CHECK(another.new_posts == 1);
}

TEST_CASE("nameless posts that were stored for one page of a list are those of the list",
          "[store]") {
  Store store = open_with_former_ids();
  take(store, {shown_on(second_page, page_2, {nameless("The strap is soft", "Ana")})});
  const std::int64_t former =
      key_of({"forum", page_2, "Ana", "", nameless("").post.item.value_or("")});
  store.connection().script("UPDATE post SET identity = " + std::to_string(former));
  const IngestCounts counts =
      take(store, {shown_on(second_page, page_2, {nameless("The strap is soft", "Ana")})});
  CHECK(counts.unchanged == 1);
  CHECK(ask(store, "SELECT count(*) FROM post WHERE identity = " + std::to_string(former)) == "0");
}
