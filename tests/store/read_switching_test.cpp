#include "store/read_switching.h"

#include "store/read_sums.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

const BrandId acme("acme");
const BrandId globex("globex");

Store sample() {
  Store store = open_memory();
  Sighting goes = sighting("1", "Off to globex, the app of theirs never worked");
  goes.verdict.intent = Intent::switch_to;
  goes.verdict.themes = {{"app", Polarity::negative}};
  Sighting prefers = sighting("2", "Globex lasts, acme does not");
  prefers.brands.push_back({globex, Tag::advocacy, 0.5});
  Sighting both_bad = sighting("3", "Both are poor");
  both_bad.brands.push_back({globex, Tag::complaint, -0.5});
  Sighting own = sighting("4", "We are sorry that you change");
  own.verdict.intent = Intent::switch_to;
  own.post.by_brand = true;
  put(store, {goes, prefers, both_bad, own});
  return store;
}

}  // namespace

TEST_CASE("posts that switch or that set one brand above another are found", "[store]") {
  Store store = sample();
  const auto posts = value_of(switching_posts(store, {{acme, globex}, {}, {}, 0}));
  REQUIRE(posts.size() == 2);
  const bool first_goes = posts[0].goes;
  const SwitchingPost& goes = posts[first_goes ? 0 : 1];
  const SwitchingPost& prefers = posts[first_goes ? 1 : 0];
  CHECK(goes.goes);
  CHECK(goes.themes == std::vector<Facet>{{"app", Polarity::negative}});
  REQUIRE(goes.brands.size() == 1);
  CHECK_FALSE(prefers.goes);
  REQUIRE(prefers.brands.size() == 2);
  CHECK(prefers.brands[1].tag == Tag::advocacy);
}

TEST_CASE("the window, the brands and the limit bound what is found", "[store]") {
  Store store = sample();
  CHECK(value_of(switching_posts(store, {{acme, globex}, day_at(noon(48)), {}, 0})).empty());
  CHECK(value_of(switching_posts(store, {{acme, globex}, {}, day_at(noon(-48)), 0})).empty());
  CHECK(value_of(switching_posts(store, {{acme}, {}, {}, 0})).size() == 1);
  CHECK(value_of(switching_posts(store, {{BrandId("quo\"ted")}, {}, {}, 0})).empty());
  CHECK(value_of(switching_posts(store, {{acme, globex}, {}, {}, 1})).size() == 1);
}

TEST_CASE("sums of brands equal their rollup rows", "[store]") {
  Store store = sample();
  const auto sums = value_of(brand_sums(store, {acme, globex, BrandId("nobody")}, {}));
  REQUIRE(sums.size() == 3);
  CHECK(sums[0].mentions == 3);
  CHECK(sums[0].count(Tag::complaint) == 3);
  CHECK(sums[1].mentions == 2);
  CHECK(sums[1].count(Tag::advocacy) == 1);
  CHECK(sums[2] == BrandSums{BrandId("nobody"), 0, {}, {}});
  RollupFilter elsewhere;
  elsewhere.source = SourceId("elsewhere");
  CHECK(value_of(brand_sums(store, {acme}, elsewhere))[0].mentions == 0);
  CHECK(value_of(stored_brands(store)) == std::vector{acme, globex});
}
