#include "extract/star_rating.h"

#include <catch2/catch.hpp>
#include <string>

#include "formats/html.h"

namespace testigo::extract {
namespace {

std::optional<WrittenRating> shown(const std::string& html) {
  const auto tree = formats::parse_html(html);
  REQUIRE(tree);
  formats::Node marked = tree->document().find("body");
  for (const formats::Node node : tree->document().descendants()) {
    if (node.attribute("data-here")) marked = node;
  }
  return rating_of_element(marked);
}

using Rated = std::optional<WrittenRating>;

}  // namespace

TEST_CASE("a rating is read with the scale that stands beside it", "[extract]") {
  CHECK(shown("<p><b data-here>4.8</b> <i>out of 5</i> stars</p>") == Rated({4.8, 5.0}));
  CHECK(shown("<p><b data-here>8,4 / 10</b></p>") == Rated({8.4, 10.0}));
  CHECK(shown("<p><b data-here>4.8</b> <i>41 reviews</i></p>") == Rated({4.8, std::nullopt}));
  CHECK(shown("<p><b data-here>5 out of 1 reviews</b></p>") == Rated({5.0, std::nullopt}));
}

TEST_CASE("stars are counted, measured or read from their names", "[extract]") {
  CHECK(shown("<div title='Rated 4 out of 5'></div>") == Rated({4.0, 5.0}));
  CHECK(shown("<i class='icon-star-full'></i><i class='icon-star-half'></i>"
              "<i class='icon-star-empty'></i>") == Rated({1.5, std::nullopt}));
  CHECK(shown("<i class='star gold'></i><i class='star gold'></i><i class='star'></i>") ==
        Rated({2.0, std::nullopt}));
  CHECK(shown("<span class='rating'><span style='width: 60%'></span></span>") ==
        Rated({3.0, std::nullopt}));
  CHECK(shown("<img src='/i/stars_4.5.png'>") == Rated({4.5, std::nullopt}));
  CHECK(shown("<i class='fa fa-star'></i><i class='fa fa-star'></i><i class='fa fa-star-o'></i>") ==
        Rated({2.0, std::nullopt}));
  CHECK(shown("<img src=/i/star_on.png><img src=/i/star_on.png><img src=/i/star_off.png>") ==
        Rated({2.0, std::nullopt}));
  CHECK(
      shown("<svg><use href='#star-full'></use></svg><svg><use href='#star-empty'></use></svg>") ==
      Rated({1.0, std::nullopt}));
  CHECK(shown("<i class='ui_bubble_rating bubble_45'></i>") == Rated({4.5, std::nullopt}));
  CHECK(shown("<i class=rating data-score=4></i>") == Rated({4.0, std::nullopt}));
  CHECK(shown("<i class=rateit data-value=4.5></i>") == Rated({4.5, std::nullopt}));
  CHECK(shown("<meter data-here value=3.5 max=6></meter>") == Rated({3.5, 6.0}));
  CHECK(shown("<i data-here>★★★☆☆</i>") == Rated({3.0, 5.0}));
  CHECK(shown("<i data-here title='2 of 5'>★★★★★</i>") == Rated({2.0, 5.0}));
  CHECK(shown("<div class='stars stars35'></div>") == Rated({3.5, std::nullopt}));
}

TEST_CASE("what shows no rating has none", "[extract]") {
  CHECK(shown("") == std::nullopt);
  CHECK(shown("<p>not rated yet</p>") == std::nullopt);
  CHECK(shown("<i class='star-full'></i><i class='star-empty'></i><i class='star-full'></i>") ==
        std::nullopt);
}

}  // namespace testigo::extract
