#include "insight/journey.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

MomentSums sums(std::string value, std::int64_t good, std::int64_t bad, std::int64_t neutral = 0) {
  return {std::move(value), good + bad + neutral, {good, bad, 0, neutral}};
}

const std::vector<MomentSpec> framework = {
    {"before", {"pre_zmot", "zmot"}}, {"use", {"amot", "smot"}}, {"tell", {"umot"}}};

std::string weakest(const std::vector<Moment>& journey) {
  for (const Moment& moment : journey)
    if (moment.weakest) return moment.id + (moment.surely ? "!" : "");
  return "";
}

}  // namespace

TEST_CASE("a moment gathers the values that belong to it", "[insight]") {
  const std::vector all = {sums("zmot", 1, 2), sums("pre_zmot", 1, 0), sums("fmot", 4, 0),
                           sums("", 2, 1)};
  const auto journey = make_journey(all, framework);
  REQUIRE(journey.size() == 4);
  CHECK(journey[0].id == "before");
  CHECK(journey[0].mentions == 4);
  CHECK(journey[0].net->value == 0.0);
  CHECK(journey[1].mentions == 0);
  CHECK_FALSE(journey[1].net.has_value());
  CHECK(journey[3].id == other_moment);
  CHECK(journey[3].mentions == 7);
}

TEST_CASE("the weakest link is the lowest net of those with enough said", "[insight]") {
  CHECK(weakest(make_journey(
            std::vector{sums("zmot", 20, 20), sums("smot", 50, 10), sums("umot", 0, 9)},
            framework)) == "before!");
  CHECK(weakest(make_journey(std::vector{sums("zmot", 20, 16), sums("smot", 21, 15)}, framework)) ==
        "before");
}

TEST_CASE("with little said it is never sure, and of one post there is none", "[insight]") {
  CHECK(weakest(make_journey(std::vector{sums("zmot", 0, 6), sums("smot", 50, 10)}, framework)) ==
        "before");
  CHECK(weakest(make_journey(std::vector{sums("zmot", 0, 4), sums("smot", 50, 10)}, framework))
            .empty());
  CHECK(
      weakest(make_journey(std::vector{sums("", 0, 90), sums("smot", 50, 10)}, framework)).empty());
  CHECK(weakest(make_journey({}, framework)).empty());
  CHECK(
      weakest(make_journey(std::vector{sums("zmot", 0, 60), sums("smot", 60, 0)}, framework, false))
          .empty());
}
