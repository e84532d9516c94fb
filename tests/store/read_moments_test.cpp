#include "store/read_moments.h"

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

Store sample() {
  Store store = open_memory();
  Sighting slow = sighting("1", "They took weeks to answer");
  slow.verdict.stage = Stage::smot;
  slow.verdict.degree = Degree::pain;
  slow.verdict.service = {{"response_time", Polarity::negative}, {"staff", Polarity::positive}};
  Sighting fine = sighting("2", "Set up in minutes", Tag::advocacy);
  fine.verdict.polarity = Polarity::positive;
  fine.verdict.stage = std::nullopt;
  fine.verdict.service = {{"staff", Polarity::positive}};
  Sighting own = sighting("3", "We answer within a day");
  own.post.by_brand = true;
  own.verdict.service = {{"staff", Polarity::positive}};
  put(store, {slow, fine, own});
  return store;
}

RollupFilter acme() {
  RollupFilter filter;
  filter.brand = BrandId("acme");
  return filter;
}

std::string shown(const std::vector<MomentSums>& sums) {
  std::string out;
  for (const MomentSums& one : sums)
    out += one.value + ":" + std::to_string(one.mentions) + "+" +
           std::to_string(one.polarities[0]) + "-" + std::to_string(one.polarities[1]) + " ";
  return out;
}

}  // namespace

TEST_CASE("moments are counted by stage, facet and degree, without the brand's own", "[store]") {
  Store store = sample();
  CHECK(shown(value_of(stage_sums(store, acme()))) == "smot:1+0-1 :1+1-0 ");
  CHECK(shown(value_of(facet_sums(store, acme(), Axis::service))) ==
        "response_time:1+0-1 staff:2+2-0 ");
  CHECK(shown(value_of(facet_sums(store, acme(), Axis::cycle))).empty());
  const std::string degrees = shown(value_of(degree_sums(store, acme())));
  CHECK(degrees.find("pain:1+0-1") != std::string::npos);
}

TEST_CASE("the window, the source and the brand bound the moments", "[store]") {
  Store store = sample();
  RollupFilter filter = acme();
  filter.since = day_at(noon(48));
  CHECK(value_of(stage_sums(store, filter)).empty());
  CHECK(value_of(degree_sums(store, filter)).empty());
  filter = acme();
  filter.source = SourceId("elsewhere");
  CHECK(value_of(stage_sums(store, filter)).empty());
  CHECK(value_of(facet_sums(store, filter, Axis::service)).empty());
  filter.source = SourceId("forum");
  CHECK(value_of(stage_sums(store, filter)).size() == 2);
  filter.brand = BrandId("nobody");
  CHECK(value_of(stage_sums(store, filter)).empty());
}
