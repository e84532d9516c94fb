#include "store/read_standing.h"

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

TEST_CASE("authors and intents are counted over what shares count", "[store]") {
  Store store = open_memory();
  std::vector<Sighting> posts;
  const auto add = [&](const std::string& author, Tag tag, int hours) -> Sighting& {
    Sighting s = sighting(std::to_string(posts.size()), "Words of " + author, tag);
    s.post.author = author;
    s.post.posted_at = noon(hours);
    s.day = day_at(noon(hours));
    return posts.emplace_back(s);
  };
  add("Ana", Tag::complaint, 0).verdict.intent = Intent::churn;
  add("Ana", Tag::advocacy, 30);
  add("Bo", Tag::question, 1);
  add("Cy", Tag::advocacy, 2).post.by_brand = true;
  add("Di", Tag::advocacy, 2).verdict.act = Act::promote;
  add("", Tag::mixed, 3).post.author.reset();
  put(store, posts);
  const BrandStanding all = value_of(brand_standing(store, BrandId("acme"), {}));
  CHECK(all.mentions == 4);
  CHECK(all.classified == 4);
  CHECK(all.count(Intent::churn) == 1);
  REQUIRE(all.authors.size() == 2);
  const auto& ana = all.authors[0].mentions == 2 ? all.authors[0] : all.authors[1];
  CHECK(ana.advocacy == 1);
  CHECK(ana.complaints == 1);
  CHECK(ana.advocated_at == noon(30));
  CHECK(ana.last == day_at(noon(30)));
  CHECK(ana.source == SourceId("forum"));
  RollupFilter filter;
  filter.until = day_at(noon(24));
  CHECK(value_of(brand_standing(store, BrandId("acme"), filter)).mentions == 3);
  filter.source = SourceId("elsewhere");
  CHECK(value_of(brand_standing(store, BrandId("acme"), filter)).authors.empty());
  CHECK(value_of(brand_standing(store, BrandId("nobody"), {})).mentions == 0);
}
