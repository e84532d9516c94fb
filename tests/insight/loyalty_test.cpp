#include "insight/loyalty.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

AuthorStanding author(std::string name, std::int64_t advocacy, std::int64_t complaints,
                      std::int64_t mixed = 0) {
  AuthorStanding made;
  made.author = std::move(name);
  made.advocacy = advocacy;
  made.complaints = complaints;
  made.mixed = mixed;
  made.mentions = advocacy + complaints + mixed + 1;
  return made;
}

}  // namespace

TEST_CASE("an author stands where most of what they say does, else where they said it last",
          "[insight]") {
  CHECK(side_of(author("a", 2, 1)) == Side::fan);
  CHECK(side_of(author("a", 0, 1, 5)) == Side::detractor);
  CHECK(side_of(author("a", 0, 0, 1)) == Side::torn);
  CHECK(side_of(author("a", 0, 0)) == Side::none);
  AuthorStanding turned = author("a", 1, 1);
  turned.complained_at = from_unix_ms(1000);
  turned.advocated_at = from_unix_ms(2000);
  CHECK(side_of(turned) == Side::fan);
  turned.complained_at = from_unix_ms(3000);
  CHECK(side_of(turned) == Side::detractor);
}

TEST_CASE("each author counts once, however much they write", "[insight]") {
  BrandStanding standing;
  standing.brand = BrandId("acme");
  standing.mentions = standing.classified = 130;
  standing.intents = {1, 2, 13, 0};
  standing.authors = {author("loud", 0, 100), author("a", 1, 0), author("b", 3, 1),
                      author("c", 0, 0, 1), author("d", 0, 0)};
  const std::vector<Loyalty> found = loyalty_of(std::vector{standing});
  REQUIRE(found.size() == 1);
  CHECK(found[0].authors == 4);
  CHECK(found[0].fans == 2);
  CHECK(found[0].detractors == 1);
  CHECK(found[0].silent == 1);
  CHECK(found[0].net_advocacy->value == Approx(0.25));
  CHECK(found[0].small);
  CHECK(found[0].intent_shares[2]->value == Approx(0.1));
  REQUIRE(found[0].top_fans.size() == 2);
  CHECK(found[0].top_fans[0].author == "b");
  CHECK(found[0].top_detractors[0].author == "loud");
}

TEST_CASE("who comes to a brand does not leave it", "[insight]") {
  const auto crossing = [](std::string from, std::string to) {
    Crossing made;
    made.from = BrandId(std::move(from));
    made.to = BrandId(std::move(to));
    return made;
  };
  std::vector switches = {crossing("globex", "acme"), crossing("globex", "acme"),
                          crossing("acme", ""), crossing("", "")};
  switches.push_back(crossing("acme", "globex"));
  switches.back().kind = Crossing::Kind::prefers;
  BrandStanding standing;
  standing.brand = BrandId("acme");
  standing.classified = 10;
  standing.intents = {1, 0, 4, 5};
  count_departures(standing, std::vector{crossing("acme", ""), crossing("globex", "acme")},
                   switches);
  CHECK(standing.intents == std::array<std::int64_t, 4>{1, 0, 1, 1});
  CHECK(standing.arrivals == 2);
  CHECK(loyalty_of(std::vector{standing})[0].arrivals == 2);
}

TEST_CASE("a brand without authors has no net advocacy", "[insight]") {
  const auto found = loyalty_of(std::vector{BrandStanding{}});
  CHECK_FALSE(found[0].net_advocacy.has_value());
  CHECK_FALSE(found[0].intent_shares[0].has_value());
  CHECK(loyalty_of({}).empty());
}
