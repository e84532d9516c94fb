#include "query/fts.h"

#include <array>
#include <catch2/catch.hpp>
#include <string_view>

using namespace testigo;
using namespace testigo::query;

namespace {

FtsPlan plan(std::string_view text) {
  const auto query = parse_query(text);
  REQUIRE(query.has_value());
  return compile_fts(*query);
}

}  // namespace

TEST_CASE("words and filters meet in one expression", "[query]") {
  CHECK(plan("acme lang:es").match == R"(("acme" AND ":lang:es"))");
  CHECK(plan("\"a b*\" OR c").match == R"(("a b" * OR "c"))");
  CHECK(plan("a NOT b").match == R"(("a" NOT "b"))");
  CHECK(plan("theme:\"customer care\"").match == R"(":theme:customer_care")");
  CHECK(plan("site:www.acme.example").match == R"(":site:acme.example")");
  CHECK_FALSE(plan("a OR b NOT c").recheck);
}

TEST_CASE("a query is narrowed by what else the index knows", "[query]") {
  const std::array<std::string_view, 2> tags = {"complaint", "mixed"};
  CHECK(match_with(plan("a OR b").match, FilterField::tag, tags) ==
        R"((("a" OR "b")) AND (":tag:complaint" OR ":tag:mixed"))");
  const std::array<std::string_view, 1> brand = {"Acme \"Cloud\""};
  CHECK(match_with("\"a\"", FilterField::brand, brand) == R"(("a") AND (":brand:acme_""cloud"""))");
}

TEST_CASE("proximity is written out in pairs", "[query]") {
  const FtsPlan near = plan("(a OR b) NEAR/3 c");
  CHECK(near.match == R"((NEAR("a" "c", 3) OR NEAR("b" "c", 3)))");
  CHECK_FALSE(near.recheck);
  CHECK(plan("a NEAR a").recheck);
  CHECK(plan("a NEAR/1 b NEAR/1 c").match == R"(((NEAR("a" "b", 1)) AND "c"))");
  CHECK(plan("a NEAR/1 b NEAR/1 c").recheck);
}

TEST_CASE("what FTS cannot say is left to the matcher", "[query]") {
  CHECK(plan("a ONEAR/3 b").match == R"((NEAR("a" "b", 3)))");
  CHECK(plan("a ONEAR/3 b").recheck);
  CHECK(plan("{Acme}").match == R"("acme")");
  CHECK(plan("{Acme}").recheck);
  CHECK(plan("#acme").recheck);
  CHECK(plan("NOT a").match.empty());
  CHECK(plan("NOT a").recheck);
  CHECK(plan("a NOT {Acme}").match == R"("a")");
  CHECK(plan("a NOT {Acme}").recheck);
  CHECK(plan("a OR NOT b").match.empty());
  CHECK(plan("a OR NOT b").recheck);
  CHECK(plan("NOT NOT a").match == R"("a")");
}

TEST_CASE("conditions that always hold are lifted out", "[query]") {
  const FtsPlan lifted = plan("acme (rating:<3 since:2026-01-01)");
  CHECK(lifted.match == R"("acme")");
  CHECK_FALSE(lifted.recheck);
  REQUIRE(lifted.conditions.size() == 2);
  CHECK(lifted.conditions[0].field == FilterField::rating);
  CHECK(lifted.conditions[0].comparison == Comparison::less);
  CHECK(lifted.conditions[0].stars == 3.0);
  CHECK(lifted.conditions[1].field == FilterField::since);
  CHECK(lifted.conditions[1].comparison == Comparison::at_least);
  CHECK(to_string(lifted.conditions[1].day) == "2026-01-01");
}

TEST_CASE("a condition under an OR or a NOT is left to the matcher", "[query]") {
  CHECK(plan("acme rating:<3 OR globex rating:>4").recheck);
  CHECK(plan("acme OR rating:<3").match.empty());
  CHECK(plan("acme NOT rating:<3").match == R"("acme")");
  CHECK(plan("acme NOT rating:<3").recheck);
  CHECK(plan("acme NOT rating:<3").conditions.empty());
}

TEST_CASE("a row holds folded words, the break and a token for each fact", "[query]") {
  Facts facts;
  facts.language = "es-MX";
  facts.source = SourceId("reviews");
  facts.brand = BrandId("acme");
  facts.url = "https://shop.acme.example/p";
  facts.tag = Tag::complaint;
  facts.themes = {"delivery", "customer care"};
  const FtsRow row = fts_row(Document("Țeapă", "Don't \"buy\""), facts);
  CHECK(row.words == "teapa ¶ don t buy");
  CHECK(row.filters ==
        ":lang:es :lang:es-mx :source:reviews :brand:acme :tag:complaint :theme:delivery "
        ":theme:customer_care :site:shop.acme.example :site:acme.example :site:example");
  CHECK(fts_row(Document("", ""), {}).words.empty());
}
