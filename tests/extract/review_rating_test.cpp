#include "extract/review_rating.h"

#include <catch2/catch.hpp>

#include "extract/extract.h"

namespace testigo::extract {
namespace {

std::vector<Post> posts_of(std::string body) {
  Page page;
  page.url = "https://shop.example/p/1";
  page.status = 200;
  page.body = std::move(body);
  ExtractorSpec spec;
  spec.source = SourceId("any");
  spec.format = Format::page;
  auto extraction = extract_page(page, spec, *parse_iso8601("2026-11-25T12:00:00Z"));
  REQUIRE(extraction);
  return std::move(extraction->posts);
}

Review rated(double value, std::optional<std::string> item) {
  Review review;
  review.rating = value;
  review.item = std::move(item);
  return review;
}

Aggregate scale(std::optional<std::string> item, double best) {
  Aggregate aggregate;
  aggregate.item = std::move(item);
  aggregate.best = best;
  return aggregate;
}

}  // namespace

TEST_CASE("a review without a scale is on that of its item, in every markup", "[extract]") {
  for (const char* page :
       {R"(<script type="application/ld+json">{"@type":"Product","name":"Fan","aggregateRating":
{"ratingValue":8.1,"bestRating":10,"worstRating":0,"reviewCount":9},"review":{"@type":"Review",
"author":"Gus","reviewBody":"It hums.","reviewRating":{"ratingValue":4}}}</script>)",
        R"(<div itemscope itemtype="https://schema.org/Product"><b itemprop=name>Fan</b>
<div itemprop=aggregateRating itemscope itemtype="https://schema.org/AggregateRating">
<i itemprop=ratingValue>8.1</i><i itemprop=bestRating>10</i><i itemprop=worstRating>0</i></div>
<div itemprop=review itemscope itemtype="https://schema.org/Review"><b itemprop=author>Gus</b>
<p itemprop=reviewBody>It hums.</p><span itemprop=reviewRating itemscope
itemtype="https://schema.org/Rating"><i itemprop=ratingValue>4</i></span></div></div>)",
        R"(<div vocab="https://schema.org/" typeof="Product"><b property=name>Fan</b>
<div property=aggregateRating typeof="AggregateRating">
<i property=ratingValue>8.1</i><i property=bestRating>10</i><i property=worstRating>0</i></div>
<div property=review typeof="Review"><b property=author>Gus</b>
<p property=reviewBody>It hums.</p><span property=reviewRating typeof="Rating">
<i property=ratingValue>4</i></span></div></div>)"}) {
    INFO(page);
    const auto posts = posts_of(page);
    REQUIRE(posts.size() == 1);
    CHECK(posts[0].text == "It hums.");
    CHECK(posts[0].rating == Rating{4.0, 10.0, 0.0});
  }
}

TEST_CASE("scales of other items, several, and too small are none of a review", "[extract]") {
  const auto best_of = [](std::optional<std::string> item, double value,
                          const std::vector<Aggregate>& aggregates) {
    std::vector<Review> reviews{rated(value, std::move(item))};
    adopt_scales(reviews, aggregates);
    return reviews[0].best;
  };
  CHECK(best_of("Fan", 7, {scale("Fan", 10)}) == 10.0);
  CHECK_FALSE(best_of("Fan", 7, {scale("Kettle", 10)}));
  CHECK(best_of({}, 7, {scale("Fan", 10)}) == 10.0);
  CHECK_FALSE(best_of({}, 4, {scale("Fan", 10), scale("Kettle", 5)}));
  CHECK_FALSE(best_of("Fan", 4, {scale("Fan", 10), scale("Fan", 5)}));
  CHECK_FALSE(best_of("Fan", 7, {scale("Fan", 5)}));
  CHECK_FALSE(best_of("Fan", 7, {}));
  CHECK(best_of("Fan", 72, {scale("Fan", 100)}) == 100.0);
  CHECK_FALSE(best_of("Fan", 4.5, {scale("Fan", 100)}));
  std::vector<Review> own{rated(4, "Fan")};
  own[0].best = 5.0;
  adopt_scales(own, {scale("Fan", 10)});
  CHECK(own[0].best == 5.0);
}

TEST_CASE("what a review counts for the thing and against it goes behind its words", "[extract]") {
  const auto text_in = [](const std::string& language, const std::string& body) {
    return posts_of("<html lang=" + language +
                    "><script type=\"application/ld+json\">{\"@type\":\"Review\",\"name\":\"V\"," +
                    body + "\"positiveNotes\":[\"A\",\"B\"],\"negativeNotes\":[\"C\"]}</script>")
        .front()
        .text;
  };
  CHECK(text_in("en", "") == "Pros: A; B\nCons: C");
  CHECK(text_in("es", "\"reviewBody\":\"Va bien.\",") == "Va bien.\nPros: A; B\nContras: C");
  CHECK(text_in("ro-RO", "\"reviewBody\":\"A mers, B nu.\",") == "A mers, B nu.\nContra: C");
}

}  // namespace testigo::extract
