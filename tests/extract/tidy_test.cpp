#include "extract/tidy.h"

#include <catch2/catch.hpp>

#include "extract/extract.h"

namespace testigo::extract {

TEST_CASE("control characters and forced directions leave a post, right-to-left words stay",
          "[extract]") {
  Post post;
  post.author = std::string("A\0na \u202Egnp\u202C\u2066x\u2069", 21);
  post.title = "\u202A\u202C";
  post.text =
      "It\x01 leaks\n\tand \u202Edrips\u202C. \u2067\u05E9\u05DC\u05D5\u05DD\u2069 \u2014 ok";
  tidy(post);
  CHECK(post.author == "Ana gnpx");
  CHECK(!post.title);
  CHECK(post.text == "It leaks\n\tand drips. \u2067\u05E9\u05DC\u05D5\u05DD\u2069 \u2014 ok");
}

TEST_CASE("a terminal's control sequences leave a post whole", "[extract]") {
  Post post;
  post.text =
      "\x1B[31mred\x1B[0m, \x1B[1;4mbold\x1B[m \x1B]0;title\x07[31m \x1B]8;;x\x1B\\link "
      "\x1B[\u00e9 \x1B";
  post.title = "\x1B[2J";
  tidy(post);
  CHECK(post.text == "red, bold [31m link [\u00e9 ");
  CHECK(!post.title);
}

TEST_CASE("an answer that holds more items than are read says so", "[extract]") {
  Page page;
  page.url = "https://blog.example/feed";
  page.body = "<rss version='2.0'><channel>";
  for (std::size_t i = 0; i < max_items_per_page + 5; ++i)
    page.body += "<item><title>a</title></item>";
  page.body += "</channel></rss>";
  ExtractorSpec spec;
  spec.format = Format::feed;
  const auto extraction = extract_page(page, spec, UtcTime());
  REQUIRE(extraction);
  CHECK(extraction->posts.size() == max_items_per_page);
  REQUIRE(extraction->drift.size() == 1);
  CHECK(extraction->drift[0] == "only the first 20000 items of the answer are read");
}

TEST_CASE("a page's reviews are all read, and none is said to be left", "[extract]") {
  Page page;
  page.url = "https://shop.example/kettle";
  page.body = R"(<script type="application/ld+json">{"@type":"Product","name":"K","review":[)";
  for (std::size_t i = 0; i < max_items_per_page + 5; ++i)
    page.body += R"({"@type":"Review","author":"a)" + std::to_string(i) +
                 R"(","reviewBody":"Word )" + std::to_string(i) + "\"},";
  page.body.back() = ']';
  page.body += "}</script>";
  ExtractorSpec spec;
  spec.format = Format::page;
  const auto extraction = extract_page(page, spec, UtcTime());
  REQUIRE(extraction);
  CHECK(extraction->posts.size() == max_items_per_page + 5);
  CHECK(extraction->drift.empty());
}

}  // namespace testigo::extract
