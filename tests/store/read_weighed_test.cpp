#include "store/read_weighed.h"

#include <set>

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

const BrandId acme("acme");

WeighedFilter complaints() {
  return {acme, Tag::complaint, day_at(noon(-240)), day_at(noon(240)), 0};
}

}  // namespace

TEST_CASE("mentions of a tag come newest first with their themes", "[store]") {
  Store store = open_memory();
  Sighting old = sighting("1", "Never worked");
  old.post.posted_at = noon(-48);
  old.day = day_at(noon(-48));
  Sighting fresh = sighting("2", "The app of theirs never worked");
  fresh.verdict.themes = {{"app", Polarity::negative}};
  fresh.verdict.intent = Intent::churn;
  Sighting praise = sighting("3", "Love it", Tag::advocacy);
  Sighting own = sighting("4", "We never worked so hard");
  own.post.by_brand = true;
  put(store, {old, fresh, praise, own});
  const auto rows = value_of(weighed_mentions(store, complaints()));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].themes == std::vector<Facet>{{"app", Polarity::negative}});
  CHECK(rows[0].intent == Intent::churn);
  CHECK(rows[1].day == day_at(noon(-48)));
  WeighedFilter one = complaints();
  one.limit = 1;
  CHECK(value_of(weighed_mentions(store, one)).size() == 1);
  WeighedFilter later = complaints();
  later.since = day_at(noon(24));
  CHECK(value_of(weighed_mentions(store, later)).empty());
}

TEST_CASE("the brand's answers name the posts they answer", "[store]") {
  Store store = open_memory();
  Sighting asked = sighting("1", "Never worked");
  Sighting reply = sighting("2", "We are sorry");
  reply.post.by_brand = true;
  reply.post.parent = "1";
  reply.verdict.act = Act::reply;
  put(store, {asked, reply});
  const auto rows = value_of(weighed_mentions(store, complaints()));
  REQUIRE(rows.size() == 1);
  const auto replies = value_of(brand_replies(store, acme, day_at(noon(-240)), 0));
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].to == rows[0].post);
  CHECK(value_of(brand_replies(store, BrandId("globex"), day_at(noon(-240)), 0)).empty());
}

TEST_CASE("a complaint that was edited says when it was seen to turn", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "Never worked"), sighting("2", "Never worked either")});
  Sighting mended = sighting("1", "They sent a new one, works now", Tag::advocacy);
  mended.seen_at = noon(48);
  Sighting worse = sighting("2", "Never worked, and nobody answers");
  worse.seen_at = noon(72);
  put(store, {mended, worse});
  WeighedFilter advocacy = complaints();
  advocacy.tag = Tag::advocacy;
  const auto turned = value_of(weighed_mentions(store, advocacy));
  REQUIRE(turned.size() == 1);
  CHECK(turned[0].turned_at == noon(48));
  CHECK(turned[0].turned_from == "Never worked");
  const auto still = value_of(weighed_mentions(store, complaints()));
  REQUIRE(still.size() == 1);
  CHECK(still[0].turned_at == noon(72));
}

TEST_CASE("a reply on the post itself counts, whether or not its time is known", "[store]") {
  Store store = open_memory();
  Sighting replied = sighting("1", "Never worked");
  replied.post.owner_reply = "We are sorry";
  put(store, {replied, sighting("2", "Nor did mine")});
  const auto rows = value_of(weighed_mentions(store, complaints()));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].owner_replied != rows[1].owner_replied);
}

TEST_CASE("an edit that the source dates turned the complaint on that day", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "Never worked"), sighting("2", "Never worked either")});
  Sighting mended = sighting("1", "They sent a new one, works now", Tag::advocacy);
  mended.seen_at = noon(480);
  mended.post.edited_at = noon(48);
  Sighting early = sighting("2", "Works now", Tag::advocacy);
  early.seen_at = noon(480);
  early.post.edited_at = noon(-9600);  // before it was said: no date of this edit
  put(store, {mended, early});
  WeighedFilter advocacy = complaints();
  advocacy.tag = Tag::advocacy;
  std::set<UtcTime> turned;
  for (const auto& row : value_of(weighed_mentions(store, advocacy))) turned.insert(*row.turned_at);
  CHECK(turned == std::set<UtcTime>{noon(48), noon(480)});
}
