#include "store/late_sums.h"

#include <random>

#include "store/connection.h"
#include "store/corrections.h"
#include "store/erasure.h"
#include "store/support/store_fixture.h"
#include "store/support/world.h"

using namespace testigo;
using namespace testigo::store;

namespace {

IngestCounts put_late(Store& store, std::vector<Sighting> sightings) {
  Batch batch;
  batch.rules = "sha256:rules";
  batch.now = noon(8);
  Answer& answer = batch.answers.emplace_back();
  answer.fetched_at = noon(8);
  answer.posts = std::move(sightings);
  return value_of(ingest(store, std::move(batch), Sums::may_wait));
}

std::string counted(Store& store) {
  return ask(store, "SELECT coalesce(sum(mentions), 0) FROM daily");
}

// But for hours, of which a window is kept that moves with what is written.
std::string sums(Store& store) {
  return ask(store, "SELECT * FROM daily ORDER BY 1, 2, 3, 4, 5, 6, 7, 8") + "\n" +
         ask(store, "SELECT * FROM brand_day ORDER BY 1, 2, 3, 4") + "\n" +
         ask(store, "SELECT * FROM split_day ORDER BY 1, 2, 3, 4");
}

MentionId acme_in(std::string_view external_id) {
  return mention_id(BrandId("acme"), post_id(sighting(external_id, "").post));
}

}  // namespace

TEST_CASE("sums that may wait are written when that is asked, or a run ends", "[store]") {
  Store store = open_memory();
  const RunId run = value_of(begin_run(store, noon(8), "sha256:0"));
  put_late(store, {sighting("1", "a"), sighting("2", "b")});
  CHECK(counted(store) == "0");
  CHECK(faults(store).empty());
  REQUIRE(write_sums(store, noon(8)));
  CHECK(counted(store) == "2");
  put_late(store, {sighting("3", "c")});
  CHECK(counted(store) == "2");
  REQUIRE(end_run(store, run, noon(8), 0));
  CHECK(counted(store) == "3");
  CHECK(faults(store).empty());
}

TEST_CASE("a change of what is counted is written at once, with all that waits", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "a")});
  put_late(store, {sighting("2", "b")});
  CHECK(counted(store) == "1");
  put_late(store, {sighting("2", "b, and more of it")});  // not counted yet
  CHECK(counted(store) == "1");
  put_late(store, {sighting("1", "a, and more of it")});
  CHECK(counted(store) == "2");
  CHECK(faults(store).empty());
}

TEST_CASE("sums that wait are not lost with the program", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("testigo.db");
  {
    Store cut_short = value_of(Store::open(path));
    put(cut_short, {sighting("1", "a")});
    put_late(cut_short, {sighting("2", "b"), sighting("3", "c")});
  }
  Store reader = value_of(Store::open(path, {.read_only = true}));
  CHECK(counted(reader) == "1");
  Store store = value_of(Store::open(path));
  CHECK(counted(store) == "3");
  CHECK(faults(store).empty());
}

TEST_CASE("whoever changes the store counts what another program lets wait", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("testigo.db");
  Store crawl = value_of(Store::open(path));
  put(crawl, {sighting("1", "a")});
  put_late(crawl, {sighting("2", "b"), sighting("3", "c")});
  Store other = value_of(Store::open(path));  // counts them
  put_late(crawl, {sighting("4", "d")});
  REQUIRE(correct(other, acme_in("4"), Tag::complaint, {"Ana", noon(9), std::nullopt}));
  CHECK(counted(other) == "4");
  put_late(crawl, {sighting("5", "e"), sighting("6", "f")});
  Erasure erasure;
  erasure.reason = "asked";
  erasure.at = noon(9);
  erasure.posts = {post_id(sighting("5", "").post), post_id(sighting("6", "").post)};
  REQUIRE(begin_erasure(other, erasure));
  put_late(crawl, {sighting("7", "g")});  // takes the row of one that went
  REQUIRE(write_sums(crawl, noon(9)));
  CHECK(counted(other) == "5");
  CHECK(faults(other).empty());
}

TEST_CASE("whatever waits and whoever is cut short, the sums are those of the rows", "[store]") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const TempFolder folder;
    const std::string path = folder.file("testigo.db");
    World world(seed);
    World same(seed);
    std::mt19937 random(seed);
    Store at_once = open_memory();
    auto late = std::make_unique<Store>(value_of(Store::open(path)));
    for (int step = 0; step < 25; ++step) {
      INFO("seed " << seed << " step " << step);
      value_of(ingest(at_once, world.next()));
      value_of(ingest(*late, same.next(), random() % 4 == 0 ? Sums::written : Sums::may_wait));
      REQUIRE(faults(*late).empty());
      if (random() % 5 == 0) {
        late.reset();
        late = std::make_unique<Store>(value_of(Store::open(path)));
      }
    }
    REQUIRE(write_sums(*late, noon(0)));
    CHECK(sums(*late) == sums(at_once));
  }
}
