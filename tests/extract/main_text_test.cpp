#include "extract/main_text.h"

#include <catch2/catch.hpp>

#include "formats/html.h"

namespace testigo::extract {
namespace {

std::string text_of_page(const std::string& body) {
  const auto tree = formats::parse_html("<html><body>" + body + "</body></html>");
  REQUIRE(tree);
  return main_text(*tree, measure(*tree), {});
}

const std::string paragraph =
    "<p>The boots kept dry for a whole winter, and only then did the left heel begin to leak.</p>";
const std::string in_text =
    "The boots kept dry for a whole winter, and only then did the left heel begin to leak.";

}  // namespace

TEST_CASE("menus, related pages and footers are left out of the text", "[extract]") {
  const std::string text = text_of_page(
      "<nav><a href=/>Home</a> <a href=/shop>Shop for boots, shoes and laces</a></nav>"
      "<div class=entry-content><h1>Boots</h1><p class=byline>By Ana, 2 May</p>" +
      paragraph + "<h2>Wear</h2>" + paragraph +
      "<div class=share-buttons>Share this with all of your friends, please.</div>"
      "<h3>Related posts</h3><ul><li><a href=/a>Ten shoes</a><li><a href=/b>Laces</a></ul></div>"
      "<div class=sidebar><p>Subscribe to our letter, it comes once a week and costs nothing.</p>"
      "</div><footer>All rights reserved, Boots and Company, in all countries, 2024.</footer>");
  CHECK(text == in_text + "\n\nWear\n\n" + in_text);
}

TEST_CASE("the text is found without any name that tells", "[extract]") {
  const std::string text = text_of_page(
      "<div class=x1><div class=x2><a href=/>Home</a> <a href=/b>Brands</a></div>"
      "<div class=x3>" +
      paragraph + paragraph + paragraph + "</div></div>");
  CHECK(text == in_text + "\n\n" + in_text + "\n\n" + in_text);
}

TEST_CASE("an article in several pieces is put together", "[extract]") {
  const std::string piece = "<div class=article-body>" + paragraph + "</div>";
  const std::string text =
      text_of_page("<main>" + piece + "<div class=advert>Buy one, get one, today only.</div>" +
                   piece + "</main>");
  CHECK(text == in_text + "\n\n" + in_text);
}

TEST_CASE("a row of teasers is not part of the text, unless the page is nothing else",
          "[extract]") {
  std::string teasers;
  for (const char* name : {"Ten", "Twelve", "Twenty"})
    teasers += "<div class=card><h3><a href=/x>" + std::string(name) +
               " boots</a></h3><p>What we think of them after a year of rain and snow.</p></div>";
  CHECK(text_of_page("<main>" + paragraph + paragraph + paragraph + teasers + "</main>")
            .find("rain and snow") == std::string::npos);
  CHECK(text_of_page("<main>" + teasers + "</main>").find("rain and snow") != std::string::npos);
}

TEST_CASE("a page without running text gives its few words, one of links nothing", "[extract]") {
  CHECK(text_of_page("<h1>Inn</h1><p>About the inn.</p>") == "Inn\n\nAbout the inn.");
  CHECK(text_of_page("<ul><li><a href=/a>A</a><li><a href=/b>B</a></ul>").empty());
  CHECK(text_of_page("").empty());
}

TEST_CASE("what leads to other stories and asks for something is no part of the text",
          "[extract]") {
  const std::string words =
      "<p>We tried twelve pairs of boots for a whole winter, and liked two of them.</p><p>The "
      "others leaked, or fell apart before the snow had melted, all of them.</p>";
  for (const std::string rest :
       {"<p><b>Read also:</b> <a href=/p/2>Ten gloves for the winter, tried in the snow</a></p>",
        "<h3>Boots and more boots</h3>",
        "<h3>Do you like us?</h3><form><button>Pay</button></form>",
        "<p>Sign up for our <a href=/n>letter</a> and follow us wherever you go.</p>",
        "<p>Urmărește-ne și pe alte rețele.</p><h2>Altele</h2>", "<p>Anzeige</p>",
        "<div class=affiliate-info>For links on this page we may get a part of what you pay.</div>",
        "<a class=recipe-print href=/print>Print this</a>"}) {
    INFO(rest);
    CHECK(text_of_page("<div class=entry-content>" + words + rest + "</div>") ==
          "We tried twelve pairs of boots for a whole winter, and liked two of them.\n\nThe others "
          "leaked, or fell apart before the snow had melted, all of them.");
  }
}

TEST_CASE("lists, short lines and embedded posts of an article stay in its text", "[extract]") {
  const std::string text = text_of_page(
      "<div class=entry-content><p>What is new in boots?</p><ul><li>Warm soles for all</li><li>Red "
      "laces, too</li></ul><p>We tried twelve pairs of boots for a whole winter, and liked two of "
      "them.</p><div class=social-embed><blockquote>Mine leaked within a week, and nobody "
      "answered.</blockquote></div><p>The others fell apart before the snow had melted.</p></div>");
  CHECK(text.find("Red laces, too") != std::string::npos);
  CHECK(text.find("What is new") != std::string::npos);
  CHECK(text.find("Mine leaked within a week") != std::string::npos);
  const std::string bylined = text_of_page(
      "<div class=entry-content><h1>Boots</h1><p class=byline>By Ana Pop, the editor</p><p "
      "class=date>5 May 2023</p><p>We tried twelve pairs of boots for a whole winter, and liked "
      "two of them.</p><p>The others fell apart before the snow had melted.</p></div>");
  CHECK(bylined.starts_with("We tried twelve pairs"));
}

}  // namespace testigo::extract
