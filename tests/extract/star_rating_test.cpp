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

TEST_CASE("a full star laid over an empty one is one star of its row", "[extract]") {
  const std::string full =
      "<span class='fa fa-stack'><i class='fa fa-star fa-stack-2x'></i>"
      "<i class='fa fa-star-o fa-stack-2x'></i></span>";
  const std::string empty =
      "<span class='fa fa-stack'><i class='fa fa-star-o fa-stack-2x'></i></span>";
  for (std::size_t filled = 1; filled <= 5; ++filled) {
    INFO(filled);
    std::string row;
    for (std::size_t i = 0; i < 5; ++i) row += i < filled ? full : empty;
    const double rating = static_cast<double>(filled);
    CHECK(shown("<div class=rating data-here>" + row + "</div>") == Rated({rating, std::nullopt}));
    row.insert(5, " data-here ");  // the first of them
    CHECK(shown("<div><p>It broke.</p><br>" + row + "</div>") == Rated({rating, std::nullopt}));
  }
}

TEST_CASE("a row of icons is read whatever draws them", "[extract]") {
  struct Drawn {
    std::string row, full, empty;
  };
  const std::string path = "<path d='M12 2l3 7h7l-6 4 2 8-6-5z'/>";
  const Drawn all[] = {
      {"rating", "<svg class='star star--filled'>" + path + "</svg>",
       "<svg class='star star--empty'>" + path + "</svg>"},
      {"stars", "<svg fill='#ffc107'>" + path + "</svg>", "<svg fill='#e4e5e9'>" + path + "</svg>"},
      {"stars", "<svg fill=currentColor>" + path + "</svg>",
       "<svg fill=none stroke=currentColor>" + path + "</svg>"},
      {"rating", "<svg><path fill='#fc0' d='M1'/></svg>", "<svg><path fill='#ccc' d='M1'/></svg>"},
      {"flex", "<svg class='w-4 text-yellow-300'>" + path + "</svg>",
       "<svg class='w-4 text-gray-300'>" + path + "</svg>"},
      {"rating", "<svg><title>Full star</title><path/></svg>",
       "<svg><title>Empty star</title><path/></svg>"},
      {"rating", "<i class='fas fa-star'></i>", "<i class='far fa-star'></i>"},
      {"rating",
       "<span class='fa fa-stack'><i class='fa fa-star'></i><i class='fa fa-star-o'></i></span>",
       "<span class='fa fa-stack'><i class='fa fa-star-o'></i></span>"},
      {"rating", "<i class='bi bi-star-fill'></i>", "<i class='bi bi-star'></i>"},
      {"stars", "<span class='star star--filled'></span>", "<span class=star></span>"},
      {"x", "<i class=material-icons>star</i>", "<i class=material-icons>star_border</i>"},
      {"rating", "<span class='material-symbols-outlined filled'>star</span>",
       "<span class='material-symbols-outlined'>star_outline</span>"},
      {"rating", "<img src='/i/star.png'>", "<img src='/i/star-grey.png'>"},
      {"rating", "<li class=on>&nbsp;</li>", "<li class=off>&nbsp;</li>"},
      {"review-stars", "<li class=active><i class=icon></i></li>", "<li><i class=icon></i></li>"},
      {"stars", "<b style='color:#f5a623'>★</b>", "<b style='color: #ccc'>★</b>"},
      {"rating", "<ion-icon name=star></ion-icon>", "<ion-icon name=star-outline></ion-icon>"},
      {"rating", "<svg class='svg-inline--fa fa-star' data-prefix=fas><path/></svg>",
       "<svg class='svg-inline--fa fa-star' data-prefix=far><path/></svg>"},
      {"MuiRating-root",
       "<span><b class=MuiRating-iconFilled><svg data-testid=StarIcon></svg></b></span>",
       "<span><b class=MuiRating-iconEmpty><svg data-testid=StarBorderIcon></svg></b></span>"},
      {"ant-rate", "<li class='ant-rate-star ant-rate-star-full'><i class=ant-rate-star-first></i>",
       "<li class='ant-rate-star ant-rate-star-zero'><i class=ant-rate-star-first></i>"},
  };
  for (const Drawn& drawn : all) {
    for (int filled = 1; filled <= 5; ++filled) {
      std::string row = "<div class='" + drawn.row + "'>";
      for (int i = 0; i < 5; ++i) row += i < filled ? drawn.full : drawn.empty;
      INFO(row);
      CHECK(shown(row + "</div>") == Rated({double(filled), std::nullopt}));
    }
  }
}

TEST_CASE("rows laid over one another are no icons themselves", "[extract]") {
  std::string icons;
  for (int i = 0; i < 5; ++i) icons += "<i class='fa fa-star'></i>";
  CHECK(shown("<div class=rating><div class=light>" + icons + "</div><div style='width:80%'>" +
              icons + "</div></div>") == Rated({4.0, std::nullopt}));
  std::string full;
  for (int i = 0; i < 3; ++i) full += "<svg class=FullStar><polygon/></svg>";
  CHECK(shown("<div class=ReviewStars><div class=FullStars>" + full +
              "</div><div class=HalfStars><svg class=HalfStar></svg></div><div class=EmptyStars>"
              "<svg class=EmptyStar></svg></div></div>") == Rated({3.0, std::nullopt}));
  CHECK(shown("<div class=rating><span class=stars-off>★★★★★</span><span class=stars-on "
              "style='width:60%'>★★★★★</span></div>") == Rated({3.0, std::nullopt}));
}

TEST_CASE("full stars that are laid over empty ones count", "[extract]") {
  const auto layers = [](int full) {
    std::string over;
    for (int i = 0; i < full; ++i) over += "<div class=star-on></div>";
    return shown(
        "<div class=grades data-here><div class='row star-empty'><div class=star></div><div "
        "class=star></div><div class=star></div><div class=star></div><div class=star></div></div>"
        "<div class='row star-full'>" +
        over + "</div></div>");
  };
  CHECK(layers(0) == std::nullopt);
  CHECK(layers(1) == Rated({1.0, std::nullopt}));
  CHECK(layers(3) == Rated({3.0, std::nullopt}));
  CHECK(layers(5) == Rated({5.0, std::nullopt}));
  CHECK(shown("<div class=grades data-grade=2 data-here></div>") == Rated({2.0, std::nullopt}));
}

TEST_CASE("stars are read that a style sheet draws, and those that were pressed", "[extract]") {
  CHECK(shown("<div class=Stars style='--rating: 3.5;'></div>") == Rated({3.5, std::nullopt}));
  CHECK(shown("<div class=Stars style='--percent:60%'></div>") == Rated({3.0, std::nullopt}));
  CHECK(shown("<div class=rateit data-rateit-value=4></div>") == Rated({4.0, std::nullopt}));
  const std::string label = "<label class=star></label>";
  CHECK(shown("<div class=rating><input type=radio value=5>" + label +
              "<input type=radio value=4 checked>" + label + "</div>") ==
        Rated({4.0, std::nullopt}));
  CHECK(shown("<div class=rating><input type=radio value=5>" + label +
              "<input type=radio value=4>" + label + "</div>") == std::nullopt);
}

TEST_CASE("what shows no rating has none", "[extract]") {
  CHECK(shown("") == std::nullopt);
  CHECK(shown("<p>not rated yet</p>") == std::nullopt);
  CHECK(shown("<p class=dots><i class=on></i><i class=on></i><i></i></p>") == std::nullopt);
  CHECK(shown("<p class=rating><i class=star-o></i><i class=star-o></i></p>") == std::nullopt);
  CHECK(shown("<p><i class=icon-star></i><i class=icon-flag></i></p>") == std::nullopt);
  CHECK(shown("<i class='star-full'></i><i class='star-empty'></i><i class='star-full'></i>") ==
        std::nullopt);
}

}  // namespace testigo::extract
