#include "store/looks.h"

#include "store/connection.h"
#include "store/ingest.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

void look(Store& store, std::string_view brand, std::string_view source, int from, int to) {
  Connection& c = store.connection();
  Transaction transaction(c);
  add_look_within(c, BrandId(std::string(brand)), SourceId(std::string(source)), noon(from),
                  noon(to));
  REQUIRE(transaction.commit());
}

// "forum:0-3 :7-8": hours since noon(), the source empty where it is any.
std::string seen(Store& store, const RollupFilter& filter = {}) {
  std::string text;
  for (const LookRow& row : value_of(looks(store, filter))) {
    const auto hours = [](UtcTime at) {
      return std::to_string(std::chrono::duration_cast<std::chrono::hours>(at - noon()).count());
    };
    text += (text.empty() ? "" : " ") + (row.source ? row.source->value : "") + ":" +
            hours(row.from) + "-" + hours(row.to);
  }
  return text;
}

}  // namespace

TEST_CASE("looks less than a day apart become one, a day between stays", "[store]") {
  Store store = open_memory();
  look(store, "acme", "forum", 0, 0);
  look(store, "acme", "forum", 3, 3);
  look(store, "acme", "forum", 1, 2);
  CHECK(seen(store) == "forum:0-3");
  look(store, "acme", "forum", 48, 48);
  CHECK(seen(store) == "forum:0-3 forum:48-48");
  look(store, "acme", "forum", 24, 26);
  CHECK(seen(store) == "forum:0-48");
  look(store, "acme", "forum", -100, 0);
  CHECK(seen(store) == "forum:-100-48");
}

TEST_CASE("looks tell of their brand and source, or of any", "[store]") {
  Store store = open_memory();
  look(store, "acme", "forum", 0, 0);
  look(store, "globex", "forum", 100, 100);
  look(store, "acme", "shop", 200, 200);
  look(store, "", "", 300, 300);
  RollupFilter filter;
  filter.brand = BrandId("acme");
  CHECK(seen(store, filter) == ":300-300 forum:0-0 shop:200-200");
  filter.source = SourceId("shop");
  CHECK(seen(store, filter) == ":300-300 shop:200-200");
  filter.until = day_at(noon(250));
  CHECK(seen(store, filter) == "shop:200-200");
  filter.brand = BrandId("unheard");
  CHECK(seen(store, filter).empty());
  CHECK(ask(store, "SELECT brand, source FROM v_looks ORDER BY 1, 2") ==
        "~|~\nacme|forum\nacme|shop\nglobex|forum");
}

TEST_CASE("an answer is a look at its source, a failure none, an import one between its posts",
          "[store]") {
  Store store = open_memory();
  Batch batch = batch_of({});
  batch.run = value_of(begin_run(store, noon(), "sha256:rules"));
  Answer answer;
  answer.request = RequestKey{1};
  answer.page = PageState{};
  answer.fetched_at = noon(3);
  answer.coverage.brand = BrandId("acme");
  answer.coverage.source = SourceId("forum");
  Answer failed = answer;
  failed.page.reset();
  failed.coverage.source = SourceId("shop");
  batch.answers = {answer, failed};
  REQUIRE(ingest(store, batch));
  CHECK(seen(store) == "forum:3-3");
  for (const int hour : {24 * 90, 24 * 40}) {
    Batch rows = batch_of({});
    if (hour == 24 * 90) batch.run = value_of(begin_run(store, noon(), "sha256:rules"));
    rows.run = batch.run;
    Answer file;
    file.coverage.source = SourceId("file");
    file.posts = {sighting(std::to_string(hour), "It broke")};
    file.posts[0].post.posted_at = noon(hour);
    rows.answers = {file};
    REQUIRE(ingest(store, rows));
  }
  CHECK(seen(store) == "file:960-2160 forum:3-3");
}
