#include <catch2/catch.hpp>

#include "extract/extract.h"

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

ExtractorSpec board() {
  ExtractorSpec spec;
  spec.format = Format::html;
  spec.source = SourceId("board");
  ItemSpec items;
  items.list = {"//li[@class='review']"};
  items.fields = {{PostField::id, {"@id"}},
                  {PostField::author, {".//b"}},
                  {PostField::rating, {"stars:.//*[@class='stars']"}},
                  {PostField::posted_at, {".//i"}},
                  {PostField::text, {".//p"}},
                  {PostField::url, {"=https://board.example/r/{@id}"}},
                  {PostField::location, {"={country}"}}};
  items.required = {PostField::id, PostField::text};
  items.quotes = ".//blockquote";
  spec.items.push_back(items);
  spec.variables = {{"country", "es"}};
  return spec;
}

Extraction read(const std::string& html, const ExtractorSpec& spec = board()) {
  Page page;
  page.url = "https://board.example/list?page=1#top";
  page.body = html;
  const auto extraction = extract_page(page, spec, now);
  INFO((extraction ? "" : describe(extraction.error())));
  REQUIRE(extraction);
  return *extraction;
}

}  // namespace

TEST_CASE("an HTML source reads its items by XPath", "[extract]") {
  const Extraction extraction = read(
      "<ul><li class=review id=r1><b>Ana</b> <i>3 days ago</i><span class=stars>"
      "<s class=star></s></span><p>Good "
      "<em>lamp</em>.<p><blockquote><p>theirs</blockquote><p>Mine.</li>"
      "<li class=review id=r2><span class=stars title='4 of 5'></span><p>Fine</li></ul>");
  REQUIRE(extraction.posts.size() == 2);
  const Post& first = extraction.posts[0];
  CHECK(first.external_id == "r1");
  CHECK(first.author == "Ana");
  CHECK(first.text == "Good lamp.\n\nMine.");
  CHECK(first.posted_at == parse_iso8601("2026-11-22T12:00:00Z"));
  CHECK(first.url == "https://board.example/r/r1");
  CHECK(first.location == "es");
  CHECK(first.rating == std::nullopt);  // one star alone is a mark, not a row
  CHECK(first.page_url == "https://board.example/list?page=1");
  CHECK(extraction.posts[1].rating == Rating{4.0, 5.0, 1.0});
  CHECK(extraction.drift.empty());
}

TEST_CASE("an HTML source that finds nothing has drifted", "[extract]") {
  const Extraction extraction = read("<p>We have moved</p>");
  CHECK(extraction.posts.empty());
  REQUIRE(extraction.drift.size() == 1);
  CHECK(extraction.drift[0] == "source drifted: //li[@class='review'] finds nothing");
}

TEST_CASE("an item without a required field is left out and named", "[extract]") {
  const Extraction extraction = read("<ul><li class=review><p>No id</li></ul>");
  CHECK(extraction.posts.empty());
  CHECK(extraction.items == 1);
  CHECK(extraction.left_out == 1);
  CHECK(extraction.drift ==
        std::vector<std::string>{"source drifted: //li[@class='review'][1] @id is missing"});
}

TEST_CASE("what an XPath compares is no word of a condition", "[extract]") {
  const std::string ad = "<div class=ad>Ad</div>";
  const std::string item = "<li class=review id=r1><p>Fine</li>";
  const auto skips = [&](const std::string& condition, const std::string& html) {
    ExtractorSpec spec = board();
    spec.items[0].skip_if = {condition};
    return read(html, spec).skipped == 1;
  };
  CHECK(skips("//div[@class='ad']", ad + item));
  CHECK_FALSE(skips("//div[@class='ad']", item));
  CHECK(skips("//div[@class='ad']=Ad", ad + item));
  CHECK_FALSE(skips("//div[@class='ad']=News", ad + item));
  CHECK(skips("//div[@class='ad' or @title=']=']*=a", ad + item));
  CHECK_FALSE(skips("//div[@class='ad' or @title=']=']*=b", ad + item));
}

TEST_CASE("an HTML source that ends in its middle is told", "[extract]") {
  const std::string item = "<li class=review id=a1><p>Fine</li>";
  const std::string page = "<!doctype html><html><body><div><ul>" + item;
  const Extraction cut = read(page + "<li class=review id=a2><p>Go");
  CHECK(cut.cut_short);
  CHECK(cut.posts.size() == 2);
  CHECK(cut.left_out == 1);
  CHECK(cut.drift.size() == 1);
  CHECK(read(page + "</ul></div><div cla").cut_short);
  for (const std::string& whole :
       {page + "</ul></div>", page + "</body>", page + "</HTML>\n", "<ul>" + item,
        page + "</ul></div><script>document.write('<div>')</script><!-- <div> -->"})
    CHECK_FALSE(read(whole).cut_short);
}

TEST_CASE("an HTML source refuses a page nested beyond reason", "[extract]") {
  Page page;
  page.url = "https://board.example/";
  for (int i = 0; i < 50'000; ++i) page.body += "<div>";
  const auto extraction = extract_page(page, board(), now);
  REQUIRE(!extraction);
  CHECK(extraction.error().code == Errc::limit_exceeded);
}

TEST_CASE("an HTML source reads stars of the scale that the page's other stars tell", "[extract]") {
  const Extraction extraction = read(
      "<ul><li class=review id=r1><i class=x></i><span class=stars><s class=stars-4></s></span>"
      "<p>Poor</li><li class=review id=r2><span class=stars><s class=stars-10></s></span>"
      "<p>Fine</li></ul>");
  REQUIRE(extraction.posts.size() == 2);
  CHECK(extraction.posts[0].rating == Rating{2.0, 5.0, 1.0});
  CHECK(extraction.posts[1].rating == Rating{5.0, 5.0, 1.0});
}

}  // namespace testigo::extract
