#include "extract/star_scale.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "formats/html.h"

namespace testigo::extract {
namespace {

using Stars = std::vector<std::optional<double>>;

// Of each element of a page that has these classes, one in each.
Stars stars_of(const std::vector<std::string>& classes) {
  std::string html;
  for (const std::string& name : classes) html += "<i class='large " + name + "'></i>";
  const auto tree = formats::parse_html(html);
  REQUIRE(tree);
  const StarScales scales(*tree);
  Stars stars;
  for (const formats::Node node : tree->document().descendants())
    if (node.name() == "i") stars.push_back(scales.stars(node));
  return stars;
}

}  // namespace

TEST_CASE("what the numbers in stars' names are is told by all of a page", "[extract]") {
  CHECK(stars_of({"stars-1", "stars-5", "stars-4-5"}) == Stars{1.0, 5.0, 4.5});
  CHECK(stars_of({"stars-2", "stars-10", "stars-6"}) == Stars{1.0, 5.0, 3.0});
  CHECK(stars_of({"stars-2", "stars-10"}) == Stars{1.0, 5.0});
  CHECK(stars_of({"stars-7", "stars-4"}) == Stars{3.5, 2.0});
  CHECK(stars_of({"bubble_10", "bubble_45"}) == Stars{1.0, 4.5});
  CHECK(stars_of({"rated-20", "rated-100"}) == Stars{1.0, 5.0});
  CHECK(stars_of({"stars-10", "rated-80"}) == Stars{std::nullopt, 4.0});
  CHECK(stars_of({"stars-10", "stars-10"}) == Stars{std::nullopt, std::nullopt});
  CHECK(stars_of({"moderated-2", "col-start-3", "bubble-left"}) ==
        Stars{std::nullopt, std::nullopt, std::nullopt});
  CHECK(stars_of({"stars-101", "start", "row-4"}) ==
        Stars{std::nullopt, std::nullopt, std::nullopt});
}

TEST_CASE("without their page the names of stars tell stars or tenths", "[extract]") {
  const auto tree = formats::parse_html("<i class=stars-35></i>");
  REQUIRE(tree);
  CHECK(StarScales().stars(tree->document().find("i")) == 3.5);
}

TEST_CASE("names of stars are bounded", "[extract]") {
  std::string html;
  for (std::size_t i = 0; i < 1'500; ++i)
    html += "<i class='stars" + std::string(i + 1, 'x') + "4'></i>";
  const auto tree = formats::parse_html(html);
  REQUIRE(tree);
  CHECK(StarScales(*tree).stars(tree->document().find("i")) == 4.0);
}

}  // namespace testigo::extract
