#include "app/judge.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "app/rule_book.h"
#include "core/embedded.h"

namespace testigo::app {
namespace {

const RuleBook& book() {
  static const RuleBook loaded = [] {
    auto files = rule_files(embedded_files(), std::nullopt);
    REQUIRE(files);
    auto read = load_rule_book(std::move(*files));
    REQUIRE(read);
    return std::move(*read);
  }();
  return loaded;
}

const BrandBook& brands() {
  static const BrandBook read = [] {
    auto configuration = parse_configuration("t.toml", R"(
[brand.acme]
name = "Acme"
[brand.globex]
name = "Globex"
query = "globex OR gbx"
)");
    REQUIRE(configuration);
    return BrandBook(*configuration);
  }();
  return read;
}

const SwitchWords& switches() {
  static const SwitchWords loaded = [] {
    auto read = SwitchWords::load(book().files);
    REQUIRE(read);
    return std::move(*read);
  }();
  return loaded;
}

struct Said {
  store::BrandMention acme, globex;
};

Said judge(std::string text, std::optional<Rating> rating = {}) {
  static const classify::Classifier classifier(book().rules);
  Post post;
  post.text = std::move(text);
  post.rating = rating;
  const std::vector<BrandName> names = {{BrandId("acme"), "Acme"}, {BrandId("globex"), "Globex"}};
  auto judged = judge_text({classifier, brands(), switches()}, post, Day(), names);
  REQUIRE(judged.brands.size() == 2);
  return {judged.brands[0], judged.brands[1]};
}

// The brand left is blamed, the other is not.
void expect_left(const std::string& text) {
  INFO(text);
  const Said said = judge(text);
  CHECK(said.acme.tag == Tag::complaint);
  CHECK(said.acme.score <= 0.0);
  CHECK(said.globex.tag != Tag::complaint);
  CHECK(said.globex.tag != Tag::mixed);
  CHECK(said.globex.score >= 0.0);
}

// The brand gone to is praised, the other is not.
void expect_gone_to(const std::string& text) {
  INFO(text);
  const Said said = judge(text);
  CHECK(said.globex.tag == Tag::advocacy);
  CHECK(said.globex.score > 0.0);
  CHECK(said.acme.tag != Tag::advocacy);
  CHECK(said.acme.score <= 0.0);
}

}  // namespace

TEST_CASE("who switches blames the brand that they leave", "[app]") {
  expect_left("I cancelled Acme and bought Globex instead");
  expect_left("Terrible support, so I left Acme for Globex");
  expect_left("After three weeks without an answer we switched from Acme to Globex. Never again!");
  expect_left("Switching to Globex: Acme keeps losing my orders and nobody answers");
  expect_left("I cancelled Acme and bought gbx instead");
  expect_left("Cancelé Acme y contraté Globex, un desastre de servicio");
  expect_left("Harto de esperar, me cambio de Acme a Globex. Pésima atención");
  expect_left("Dejo Acme por Globex: siempre llega tarde y nadie responde");
  expect_left("Am renunțat la Acme și am luat Globex, serviciu dezastruos");
  expect_left("M-am săturat, trec de la Acme la Globex. Țeapă, nu recomand");
  expect_left("I will never go back to Acme after moving to Globex");
  expect_left("Nunca volveré a Acme después de pasarme a Globex");
  expect_left("Nu mă mai întorc niciodată la Acme după ce am trecut la Globex");
}

TEST_CASE("who switches praises the brand that they go to", "[app]") {
  expect_gone_to("I switched from Acme to Globex and it is excellent, I love it");
  expect_gone_to("Left Acme for Globex. Best decision ever, fantastic support");
  expect_gone_to("Me cambié de Acme a Globex y estoy encantado, una maravilla");
  expect_gone_to("Am trecut de la Acme la Globex și sunt foarte mulțumit, recomand cu drag");
}

TEST_CASE("who leaves what a brand has leaves the brand", "[app]") {
  expect_left("I left Acme's awful support for Globex");
  expect_left("Leaving Acme and its terrible app for Globex");
  expect_left("Dejé el pésimo soporte de Acme por Globex");
  expect_left("Am lăsat suportul groaznic de la Acme pentru Globex");
}

TEST_CASE("who would never leave a brand praises that one alone", "[app]") {
  for (const std::string text :
       {"I would never switch from Acme to Globex", "I'd never leave Acme for Globex",
        "Nunca me cambiaría de Acme a Globex", "No cambiaría mi Acme por un Globex",
        "Nu m-aș muta niciodată de la Acme la Globex", "N-aș schimba niciodată Acme cu Globex"}) {
    INFO(text);
    const Said said = judge(text);
    CHECK(said.acme.tag == Tag::advocacy);
    CHECK(said.globex.tag == Tag::other);
    CHECK(said.globex.score == 0.0);
  }
}

TEST_CASE("what is said of the brand gone to itself stays", "[app]") {
  const Said said =
      judge("I switched from Acme to Globex last year. Globex is awful, it breaks every week");
  CHECK(said.globex.tag == Tag::complaint);
}

TEST_CASE("a review of the brand gone to is its own, whatever it names", "[app]") {
  const Said said = judge("I left Acme for this and it keeps crashing, horrible", Rating{1, 5, 1});
  CHECK(said.globex.tag == Tag::complaint);
}

TEST_CASE("a brand's query may ask of what the verdict says", "[app]") {
  auto configuration = parse_configuration("t.toml", R"(
[brand.all]
query = "acme"
[brand.bad]
query = "acme tag:complaint"
[brand.nro]
query = "acme NOT lang:ro"
[brand.spanish]
query = "acme lang:es"
[brand.stage]
query = "acme stage:zmot lang:en"
)");
  REQUIRE(configuration);
  const BrandBook asked(*configuration);
  const classify::Classifier classifier(book().rules);
  const text::TimeZone zone;
  const extract::OwnWords own_words;
  const Judge judge({classifier, asked, switches()}, zone, own_words);
  const auto brands_of = [&](std::string text, std::optional<std::string> language = {}) {
    Post post;
    post.text = std::move(text);
    post.language = std::move(language);
    std::vector<std::string> ids;
    for (const auto& brand : judge.judge(post, UtcTime(), std::nullopt).brands)
      ids.push_back(brand.brand.value);
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  using Ids = std::vector<std::string>;
  CHECK(brands_of("Estoy encantada con la cafetera Acme, la recomiendo a todos") ==
        Ids{"all", "nro", "spanish"});
  CHECK(brands_of("The Acme kettle broke after two days and nobody answers my emails") ==
        Ids{"all", "bad", "nro"});
  CHECK(brands_of("Espressorul Acme este foarte bun, îl recomand cu drag tuturor") == Ids{"all"});
  CHECK(brands_of("Estoy encantada con la cafetera Acme, la recomiendo a todos", "en") ==
        Ids{"all", "nro", "spanish"});
  CHECK(brands_of("Espressorul Globex este foarte bun").empty());
}

}  // namespace testigo::app
