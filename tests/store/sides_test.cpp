#include "store/sides.h"

#include "store/check.h"
#include "store/connection.h"
#include "store/corrections.h"
#include "store/reclassification.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

const WholeText praise{Tag::advocacy, Polarity::positive, 0.6};

std::optional<Polarity> side(std::optional<Tag> tag, double score, bool corrected = false) {
  return polarity_of({BrandId("acme"), tag, score}, corrected, praise);
}

// "Acme is wonderful, globex is terrible": bad as a whole.
Sighting divided(std::string_view id = "1") {
  Sighting one = sighting(id, "Acme is wonderful, globex is terrible garbage");
  one.brands = {{BrandId("acme"), Tag::advocacy, 0.5}, {BrandId("globex"), Tag::complaint, -0.9}};
  return one;
}

std::string found(Store& store, std::string query) {
  MentionFilter filter;
  filter.query = std::move(query);
  return std::to_string(value_of(mentions(store, filter)).size());
}

std::string sides(Store& store) {
  return ask(store, "SELECT brand, tag, polarity FROM v_mentions ORDER BY brand");
}

std::string sums(Store& store) {
  return ask(store, "SELECT brand, polarity, sum(mentions) FROM v_daily GROUP BY 1, 2") + " " +
         ask(store, "SELECT polarity, sum(mentions) FROM brand_day GROUP BY 1") + " " +
         found(store, "polarity:positive") + found(store, "polarity:negative") +
         found(store, "polarity:neutral");
}

}  // namespace

TEST_CASE("a mention with its text's tag and score has its text's polarity", "[store]") {
  CHECK(side(Tag::advocacy, 0.6) == Polarity::positive);
  CHECK(side(std::nullopt, 0.0) == Polarity::positive);
  CHECK(side(Tag::complaint, -0.9) == Polarity::negative);
  CHECK(side(Tag::mixed, 0.1) == Polarity::mixed);
  CHECK(side(Tag::other, 0.1) == Polarity::neutral);
  CHECK(own_polarity({BrandId("acme"), Tag::advocacy, 0.6}, false, praise) == std::nullopt);
  CHECK(own_polarity({BrandId("acme"), Tag::advocacy, 0.3}, false, praise) == std::nullopt);
}

TEST_CASE("what a person says decides, but a question or other sounds as it did", "[store]") {
  CHECK(side(Tag::complaint, 0.6, true) == Polarity::negative);
  CHECK(side(Tag::mixed, 0.6, true) == Polarity::mixed);
  CHECK(side(Tag::question, 0.6, true) == Polarity::positive);
  CHECK(side(Tag::other, -0.9, true) == Polarity::negative);
  CHECK(polarity_of({BrandId("acme"), Tag::advocacy, 0.0}, true,
                    {Tag::advocacy, Polarity::neutral, 0.0}) == Polarity::positive);
}

TEST_CASE("a post that praises one brand and blames another is on both sides", "[store]") {
  Store store = open_memory();
  put(store, {divided()});
  CHECK(sides(store) == "acme|advocacy|positive\nglobex|complaint|negative");
  CHECK(sums(store) == "acme|positive|1\nglobex|negative|1 0|1\n1|1 110");
  CHECK(faults(store).empty());
  put(store, {sighting("1", "Acme and globex are both terrible")});
  CHECK(sides(store) == "acme|complaint|negative\nglobex|complaint|negative");
  CHECK(faults(store).empty());
  put(store, {divided()});
  CHECK(sums(store) == "acme|positive|1\nglobex|negative|1 0|1\n1|1 110");
  CHECK(faults(store).empty());
}

TEST_CASE("sums follow a corrected tag to its side, and back", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "Great idea to break on day one", Tag::advocacy)});
  const MentionId id = value_of(mentions(store, {})).at(0).id;
  const Corrector ana{"ana", noon(1), "irony"};
  REQUIRE(correct(store, id, Tag::complaint, ana));
  CHECK(sums(store) == "acme|negative|1 1|1 010");
  CHECK(faults(store).empty());
  put(store, {sighting("1", "Great idea to break on day one", Tag::advocacy)});
  CHECK(sums(store) == "acme|negative|1 1|1 010");
  REQUIRE(correct(store, id, Tag::other, ana));
  CHECK(sums(store) == "acme|positive|1 0|1 100");
  REQUIRE(correct(store, id, Tag::complaint, ana));
  REQUIRE(undo_correction(store, id, ana));
  CHECK(sums(store) == "acme|positive|1 0|1 100");
  CHECK(faults(store).empty());
}

TEST_CASE("new rules leave a corrected mention on its side", "[store]") {
  Store store = open_memory();
  put(store, {divided()});
  const MentionId id = value_of(mentions(store, {})).at(0).id;
  REQUIRE(correct(store, id, Tag::mixed, {"ana", noon(1), std::nullopt}));
  const auto posts = value_of(posts_to_judge(store, {{}, {}, {}, "sha256:new"}, 0, 9));
  REQUIRE(posts.size() == 1);
  const Rejudged again{posts[0].row,
                       posts[0].revision,
                       sighting("1", "", Tag::advocacy).verdict,
                       {{BrandId("acme"), Tag::advocacy, 0.7}, {BrandId("globex"), Tag::other, 0}}};
  REQUIRE(put_verdicts(store, "sha256:new", std::vector{again}, noon(2)));
  CHECK(ask(store, "SELECT polarity, count(*) FROM v_mentions GROUP BY 1 ORDER BY 1")
            .find("mixed|1") != std::string::npos);
  CHECK(faults(store).empty());
}

TEST_CASE("mentions of an older store are settled on their sides", "[store]") {
  Store store = open_memory();
  put(store, {divided("1"), sighting("2", "It broke"), divided("3")});
  const std::string before = sums(store);
  store.connection().script("UPDATE mention SET polarity = NULL");
  REQUIRE(rebuild(store));
  CHECK(sums(store) != before);
  {
    Transaction transaction(store.connection());
    settle_sides(store.connection());
    REQUIRE(transaction.commit());
  }
  CHECK(sums(store) == before);
  CHECK(faults(store).empty());
}
