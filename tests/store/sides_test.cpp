#include "store/sides.h"

#include "store/check.h"
#include "store/connection.h"
#include "store/corrections.h"
#include "store/read_moments.h"
#include "store/read_splits.h"
#include "store/reclassification.h"
#include "store/steps/facet_sides.h"
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
  Sighting both = sighting("1", "Acme and globex are both terrible");
  both.brands.push_back({BrandId("globex"), both.verdict.tag, both.verdict.score});
  put(store, {both});
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

namespace {

// Design of one brand and support of the other.
Sighting divided_themes(std::string_view id) {
  Sighting one = divided(id);
  one.verdict.themes = {
      {"design", Polarity::positive}, {"price", Polarity::mixed}, {"support", Polarity::negative}};
  one.verdict.service = {{"resolution", Polarity::negative}};
  return one;
}

std::string theme_sums_of(Store& store) {
  return ask(store,
             "SELECT brand, value, positive, negative, mixed_polarity, neutral FROM v_split_daily "
             "WHERE split = 'theme' ORDER BY brand, value");
}

}  // namespace

TEST_CASE("each brand of a text has the themes of its own side", "[store]") {
  Store store = open_memory();
  put(store, {divided_themes("1")});
  const std::string sums =
      "acme|design|1|0|0|0\nacme|price|1|0|0|0\nacme|support|0|0|0|1\n"
      "globex|design|0|0|0|1\nglobex|price|0|1|0|0\nglobex|support|0|1|0|0";
  CHECK(theme_sums_of(store) == sums);
  CHECK(ask(store,
            "SELECT m.brand, t.name, t.polarity FROM v_themes t JOIN v_mentions m ON m.id = "
            "t.mention WHERE t.name = 'support' ORDER BY 1") ==
        "acme|support|neutral\nglobex|support|negative");
  CHECK(ask(store,
            "SELECT m.brand, s.polarity FROM v_service s JOIN v_mentions m ON m.id = s.mention "
            "ORDER BY 1") == "acme|neutral\nglobex|negative");
  CHECK(ask(store,
            "SELECT brand, theme, polarity FROM v_theme_daily WHERE theme <> 'price' ORDER BY 1, "
            "2") ==
        "acme|design|positive\nacme|support|neutral\nglobex|design|neutral\n"
        "globex|support|negative");
  const auto moments = value_of(facet_sums(store, {BrandId("acme"), {}, {}, {}}, Axis::service));
  REQUIRE(moments.size() == 1);
  CHECK(moments[0].polarities[static_cast<std::size_t>(Polarity::neutral)] == 1);
  const auto of_source =
      value_of(split_days(store, KeptSplit::theme, {BrandId("acme"), SourceId("forum"), {}, {}}));
  CHECK(of_source.size() == 3);
  for (const DayTotals& day : of_source) CHECK(day.count(Polarity::negative) == 0);
  CHECK(faults(store).empty());
  put(store, {divided_themes("1")});
  REQUIRE(rebuild(store));
  CHECK(theme_sums_of(store) == sums);
  CHECK(faults(store).empty());
}

TEST_CASE("themes of an older store come to their brands' sides", "[store]") {
  Store store = open_memory();
  Sighting alone = sighting("2", "Acme looks fine but nobody answers");
  alone.verdict.themes = {{"design", Polarity::positive}, {"support", Polarity::negative}};
  put(store, {divided_themes("1"), alone});
  const std::string sums = theme_sums_of(store);
  CHECK(faults(store).empty());
  store.connection().script(
      "DELETE FROM split_day WHERE split = 3;"
      "INSERT INTO split_day SELECT m.brand, 3, m.day, f.name, count(*), sum(m.tag = 0), "
      "sum(m.tag = 1), sum(m.tag = 2), sum(m.tag = 3), sum(m.tag = 4), sum(f.polarity = 0), "
      "sum(f.polarity = 1), sum(f.polarity = 2), sum(f.polarity = 3), "
      "sum(CAST(round(m.score * 10000) AS INTEGER)), 0, 0, 0, 0, 0, 0 "
      "FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j "
      "JOIN facet f ON f.id = j.value AND f.axis = 7 WHERE j.type = 'integer' "
      "GROUP BY m.brand, m.day, f.name");
  CHECK(theme_sums_of(store) != sums);
  store.connection().script(std::string(facet_sides));
  CHECK(store.connection().ok());
  CHECK(theme_sums_of(store) == sums);
  CHECK(faults(store).empty());
}
