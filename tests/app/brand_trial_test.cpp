#include "app/brand_trial.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/embedded.h"

using namespace testigo;
using app::BrandTrial;

namespace {

app::AskingWords words() {
  auto files = app::rule_files(embedded_files(), std::nullopt);
  REQUIRE(files);
  auto loaded = app::AskingWords::load(*files);
  REQUIRE(loaded);
  return *loaded;
}

query::Query query_of(std::string_view text) {
  auto parsed = query::parse_query(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

insight::TrialResult tried(std::string_view query, const std::vector<std::string>& texts,
                           BrandTrial::Brand brand = {"Acme Cloud", {"acme.example"}}) {
  const app::AskingWords stop = words();
  BrandTrial trial(query_of(query), std::move(brand), stop);
  for (const std::string& text : texts) {
    query::Facts facts;
    facts.language = "en";
    trial.look({"sample", "", "", text, facts});
  }
  return trial.result();
}

}  // namespace

TEST_CASE("a trial counts what each alternative catches, and what it alone does", "[app]") {
  const auto result = tried("(\"acme cloud\" OR acmecloud) NOT corporation",
                            {"acme cloud is slow", "acmecloud or acme cloud", "acmecloud here",
                             "acmecloud corporation", "a cloud over acme", "nothing"});
  CHECK(result.looked_at == 6);
  CHECK(result.caught == 3);
  REQUIRE(result.terms.size() == 2);
  for (const insight::TrialTerm& term : result.terms) {
    CHECK(term.caught == 2);
    CHECK(term.alone == 1);
  }
  CHECK(result.near_count == 2);
  CHECK(result.near[0].text == "acmecloud corporation");
  CHECK(result.near[1].hits.size() == 2);
}

TEST_CASE("a word that only begins like the brand's is a near miss", "[app]") {
  const auto result = tried("\"acme cloud\" OR acmecloud", {"AcmeClouds rock", "#acmeclouds again",
                                                            "clear skies", "the acmeclo way"});
  CHECK(result.caught == 0);
  REQUIRE(result.near_count == 3);
  CHECK(result.near[0].hits == std::vector<TextSpan>{{0, 10}});
}

TEST_CASE("noise is at most what has no second sign of the brand", "[app]") {
  const auto result = tried("acme", {"the acme of perfection", "Acme Cloud is down",
                                     "acme, see acme.example", "acme once more"});
  CHECK(result.weak == 2);
  CHECK(result.noise->value == Approx(0.5));
  REQUIRE(result.weak_examples.size() == 2);
  CHECK(result.weak_examples[0].text == "the acme of perfection");
  CHECK(result.weak_examples[0].hits.size() == 1);
}

TEST_CASE("what is caught is shown by topic, the doubtful first", "[app]") {
  std::vector<std::string> texts;
  for (int i = 0; i < 5; ++i) texts.push_back("Acme Cloud backup restore disk snapshot");
  for (int i = 0; i < 3; ++i) texts.push_back("coyote cartoon anvil acme roadrunner");
  const auto result = tried("acme", texts);
  REQUIRE(result.topics.size() == 2);
  CHECK(result.topics[0].posts == 3);
  CHECK(result.topics[0].weak == 3);
  CHECK(result.topics[0].example.text.find("coyote") == 0);
  CHECK(result.topics[1].weak == 0);
  CHECK(std::count(result.topics[0].words.begin(), result.topics[0].words.end(), "coyote") == 1);
}

TEST_CASE("a trial of nothing, and one without a brand's name", "[app]") {
  CHECK_FALSE(tried("acme", {}).noise.has_value());
  const auto nameless = tried("acme", {"acme", ""}, {});
  CHECK(nameless.caught == 1);
  CHECK(nameless.weak == 1);
  CHECK(nameless.topics.empty());
}
