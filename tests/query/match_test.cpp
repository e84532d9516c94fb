#include "query/match.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo;
using namespace testigo::query;

namespace {

Matcher matcher(std::string_view text) {
  auto query = parse_query(text);
  INFO(text << " " << (query ? "" : describe(query.error())));
  REQUIRE(query.has_value());
  return Matcher(*std::move(query));
}

bool finds(std::string_view query, std::string_view text, const Facts& facts = {}) {
  return matcher(query).matches(Document("", text), facts);
}

// The text's hits as a line of carets under it.
std::string carets(std::string_view query, std::string_view text) {
  std::string line(text.size(), ' ');
  for (const Hit& hit : matcher(query).hits(Document("", text), {}))
    for (std::size_t i = hit.span.begin; i < hit.span.end; ++i) line[i] = '^';
  return line;
}

}  // namespace

TEST_CASE("case and diacritics don't count", "[query]") {
  CHECK(finds("tepapa", "O ȚEPAPĂ!"));
  CHECK(finds("țepapă", "o tepapa"));
  CHECK(finds("senor", "El Señor"));
  CHECK_FALSE(finds("acme", "acmecloud"));
}

TEST_CASE("phrases are adjacent words, whatever parts them", "[query]") {
  CHECK(finds("\"acme cloud\"", "Acme-Cloud is down"));
  CHECK(finds("acme-cloud", "acme cloud"));
  CHECK_FALSE(finds("\"acme cloud\"", "acme's cloud"));
  CHECK_FALSE(finds("\"acme cloud\"", "cloud acme"));
  CHECK(finds("\"acme clo*\"", "the acme clouds"));
}

TEST_CASE("no phrase crosses from title to text", "[query]") {
  const Document document("I like Acme", "Cloud services");
  CHECK_FALSE(matcher("\"acme cloud\"").matches(document, {}));
  CHECK(matcher("acme cloud").matches(document, {}));
  CHECK(matcher("acme NEAR/1 cloud").matches(document, {}));
}

TEST_CASE("exact case wants the letters as written", "[query]") {
  CHECK(finds("{Apple}", "I use Apple daily"));
  CHECK_FALSE(finds("{Apple}", "an apple a day"));
  CHECK(finds("{Acme Cloud}", "Acme Cloud"));
  CHECK_FALSE(finds("{Acme Cloud}", "Acme cloud"));
}

TEST_CASE("hashtags and mentions can be told from words", "[query]") {
  CHECK(finds("acme", "love #acme"));
  CHECK(finds("#acme", "love #Acme"));
  CHECK_FALSE(finds("#acme", "love acme"));
  CHECK(finds("@acme", "hey @acme help"));
  CHECK_FALSE(finds("@acme", "hey #acme"));
}

TEST_CASE("NEAR counts the words between, in either order", "[query]") {
  CHECK(finds("battery NEAR/2 dead", "battery is now dead"));
  CHECK_FALSE(finds("battery NEAR/1 dead", "battery is now dead"));
  CHECK(finds("dead NEAR/2 battery", "battery is now dead"));
  CHECK(finds("battery ONEAR/2 dead", "battery is now dead"));
  CHECK_FALSE(finds("dead ONEAR/2 battery", "battery is now dead"));
  CHECK_FALSE(finds("dead NEAR dead", "dead"));
  CHECK(finds("dead NEAR/0 dead", "dead, dead"));
  CHECK(finds("(battery OR screen) NEAR/1 (dead OR broken)", "screen is broken"));
  CHECK(finds("a NEAR/0 b NEAR/0 c", "c a b"));
  CHECK_FALSE(finds("a NEAR/0 b NEAR/0 c", "a c b"));
}

TEST_CASE("a brand query keeps its namesakes out", "[query]") {
  const auto* query = R"("acme cloud" OR acmecloud NOT "acme corporation")";
  CHECK(finds(query, "acmecloud rocks"));
  CHECK_FALSE(finds(query, "Acme Cloud, not the Acme Corporation of cartoons"));
  CHECK_FALSE(finds(query, "cloud of acme"));
}

TEST_CASE("filters look at facts, and unknown facts match none", "[query]") {
  Facts facts;
  facts.language = "es-MX";
  facts.source = SourceId("hackernews");
  facts.brand = BrandId("acme");
  facts.url = "https://www.shop.example.com:8443/item?id=1";
  facts.rating = Rating{.value = 4.0, .best = 10.0, .worst = 0.0};
  facts.day = parse_day("2026-01-31");
  facts.tag = Tag::complaint;
  facts.stage = Stage::amot;
  facts.intent = Intent::switch_to;
  facts.themes = {"delivery", "Customer Care"};
  facts.author = "José Pérez";
  for (const auto* query :
       {"lang:es", "lang:es-mx", "source:HackerNews", "brand:acme", "site:example.com",
        "site:shop.example.com", "rating:<3", "rating:>=2.6", "since:2026-01-31",
        "until:2026-01-31", "tag:complaint", "stage:amot", "intent:switch", "theme:delivery",
        "theme:\"customer care\"", "author:\"jose perez\"", "NOT tag:advocacy", "NOT act:warn"})
    CHECK(finds(query, "", facts));
  for (const auto* query :
       {"lang:en", "lang:e", "site:ample.com", "site:example.com.evil", "rating:>3",
        "since:2026-02-01", "until:2026-01-30", "tag:advocacy", "act:warn", "author:jose"})
    CHECK_FALSE(finds(query, "", facts));
  for (const auto* query : {"lang:es", "source:x", "brand:x", "site:x.com", "rating:<3",
                            "since:2000-01-01", "tag:other", "theme:x", "author:x"})
    CHECK_FALSE(finds(query, "words"));
}

TEST_CASE("hits are the words that matched", "[query]") {
  // clang-format off
  CHECK(carets("battery NEAR/3 dead", "My battery is now dead, dead. Battery!") ==
                                      "   ^^^^^^^        ^^^^  ^^^^  ^^^^^^^ ");
  CHECK(carets("(\"not good\" OR bad*) NOT awful", "not good, badly made, good") ==
                                                   "^^^^^^^^  ^^^^^           ");
  CHECK(carets("bad* made", "not good, badly made, good") ==
                            "          ^^^^^^^^^^      ");
  // clang-format on
  CHECK(carets("good NOT bad", "bad good") == "        ");
}

TEST_CASE("hits name their field and keep its offsets", "[query]") {
  const std::string title = "Țeapă Acme";
  const std::string text = "… țeapă";
  const auto hits = matcher("teapa").hits(Document(title, text), {});
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].field == Field::title);
  CHECK(title.substr(hits[0].span.begin, hits[0].span.end - hits[0].span.begin) == "Țeapă");
  CHECK(hits[1].field == Field::text);
  CHECK(text.substr(hits[1].span.begin, hits[1].span.end - hits[1].span.begin) == "țeapă");
}

TEST_CASE("hostile text is only text", "[query]") {
  const std::string hostile(
      "\x1b]0;acme\x07 a\0b \xFF\xFE \xE2\x80\xAE"
      "cloud",
      25);
  CHECK(finds("acme", hostile));
  CHECK(finds("cloud", hostile));
  std::string repeated;
  for (int i = 0; i < 50'000; ++i) repeated += "a b ";
  CHECK(finds("a NEAR/100 b NEAR/100 a NEAR/100 b", repeated));
  CHECK_FALSE(finds("a ONEAR/0 a", repeated));
}

TEST_CASE("facts of a post take the verdict's language and axes", "[query]") {
  Post post;
  post.source = SourceId("reviews");
  post.page_url = "https://a.example/p";
  post.language = "en";
  Verdict verdict;
  verdict.language = "es";
  verdict.tag = Tag::advocacy;
  verdict.themes = {{"price", Polarity::positive}};
  const Facts facts = with_verdict(facts_of(post, BrandId("acme"), std::nullopt), verdict);
  CHECK(finds("lang:es tag:advocacy theme:price site:a.example brand:acme", "", facts));
  verdict = {};
  CHECK(with_verdict(facts_of(post, BrandId("acme"), std::nullopt), verdict).language == "en");
}

TEST_CASE("a document under a heading has the places of its title and text as its own",
          "[query]") {
  const std::string text = "It broke";
  const auto own = [&](std::string_view item, std::string_view title) {
    const std::string heading = std::string(item) + "\n" + std::string(title);
    std::string words;
    const Document document(heading, item.size() + 1, text);
    for (const auto& place : document.own_places()) words += std::string(place.folded) + " ";
    return words;
  };
  const std::string parted = "bad " + std::string(break_word) + " it broke ";
  CHECK(own("Acme Kettle", "Bad") == parted);
  CHECK(own("", "Bad") == parted);
  CHECK(own("Acme Kettle", "") == "it broke ");
  CHECK(own("Acme Kettle", "!!") == "it broke ");
  CHECK(own("", "") == "it broke ");
  const Document document("Acme\nBad", 5, text);
  CHECK(matcher("acme").matches(document, {}));
  CHECK(matcher("\"acme bad\" broke").matches(document, {}));
}
