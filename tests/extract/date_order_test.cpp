#include "extract/date_order.h"

#include <catch2/catch.hpp>

#include "extract/extract.h"

namespace testigo::extract {
namespace {

using Dates = std::vector<std::string_view>;

std::string language(const Dates& dates, std::string_view own = "en") {
  return language_of_dates(dates, own, *parse_iso8601("2026-11-26T12:00:00Z"));
}

}  // namespace

TEST_CASE("a page's dates together tell which number is the day", "[extract]") {
  CHECK(language({"10-03-2026, 10:20 AM", "13-03-2026, 10:21 AM"}) == "en-GB");
  CHECK(language({"03/10/2026", "03/13/2026"}, "es") == "en-US");
  CHECK(language({"10-03-2026", "11-03-2026", "12-03-2026"}) == "en-GB");  // no December yet
  CHECK(language({"10-02-2026", "01-03-2026", "02-03-2026"}) == "en-GB");  // else out of order
  CHECK(language({"02/10/2026", "03/01/2026", "03/02/2026"}, "es") == "en-US");
}

TEST_CASE("a list of JSON is dated in the order that its dates tell together", "[extract]") {
  Page page;
  page.url = "https://shop.example/reviews.json";
  page.body =
      R"([{"id":1,"text":"Leaks","date":"03/11/2026"},{"id":2,"text":"Fine","date":"25/10/2026"}])";
  ExtractorSpec spec;
  spec.source = SourceId("shop");
  spec.format = Format::json;
  ItemSpec items;
  items.list = {""};
  items.fields = {
      {PostField::id, {"/id"}}, {PostField::text, {"/text"}}, {PostField::posted_at, {"/date"}}};
  spec.items = {items};
  const auto read = extract_page(page, spec, *parse_iso8601("2026-11-26T12:00:00Z"));
  REQUIRE(read);
  REQUIRE(read->posts.size() == 2);
  CHECK(to_iso8601(*read->posts[0].posted_at) == "2026-11-03T00:00:00Z");
  CHECK(to_iso8601(*read->posts[1].posted_at) == "2026-10-25T00:00:00Z");
}

TEST_CASE("where a page's dates tell nothing its language does", "[extract]") {
  CHECK(language({}) == "en");
  CHECK(language({"03/10/2026"}) == "en");
  CHECK(language({"03/10/2026"}, "es") == "es");
  CHECK(language({"13/03/2026", "03/13/2026"}) == "en");
  CHECK(language({"2026-03-10", "10 March 2026", "1.2.3", "5-6", "", "99/99/99/"}) == "en");
}

TEST_CASE("a thread that writes the day first is dated so, in English too", "[extract]") {
  const auto post = [](const std::string& name, const std::string& date) {
    return "<li class=post id=post_" + name + "><span class=date>" + date +
           "</span><a class=username href=/user/" + name + ">" + name +
           "</a><div class=message>It leaks from the spout every day.</div></li>";
  };
  Page page;
  page.url = "https://forum.example/kettle";
  page.body = "<html lang=en><body><ol>" + post("a1", "12-03-2026, 10:20 AM") +
              post("b2", "11-03-2026, 10:21 AM") + post("c3", "5 May 2026") + "</ol></body></html>";
  ExtractorSpec spec;
  spec.format = Format::page;
  const auto extraction = extract_page(page, spec, *parse_iso8601("2026-11-26T12:00:00Z"));
  REQUIRE(extraction);
  REQUIRE(extraction->posts.size() == 3);
  CHECK(extraction->posts[0].posted_at == parse_iso8601("2026-03-12T10:20:00Z"));
  CHECK(extraction->posts[1].posted_at == parse_iso8601("2026-03-11T10:21:00Z"));
  CHECK(extraction->posts[2].posted_at == parse_iso8601("2026-05-05T00:00:00Z"));
}

TEST_CASE("an entry of a feed that is dated to come has no date, but as it is written",
          "[extract]") {
  Page page;
  page.url = "https://blog.example/feed";
  page.body =
      "<rss version='2.0'><channel><item><guid>1</guid><title>Soon</title>"
      "<pubDate>Fri, 01 Jan 2027 10:00:00 GMT</pubDate></item><item><guid>2</guid><title>Now"
      "</title><pubDate>Fri, 27 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>";
  ExtractorSpec spec;
  spec.format = Format::feed;
  const auto extraction = extract_page(page, spec, *parse_iso8601("2026-11-26T12:00:00Z"));
  REQUIRE(extraction);
  REQUIRE(extraction->posts.size() == 2);
  CHECK(!extraction->posts[0].posted_at);
  CHECK(extraction->posts[0].posted_at_written == "Fri, 01 Jan 2027 10:00:00 GMT");
  CHECK(extraction->posts[1].posted_at);
}

TEST_CASE("what a page or an API dates to come has no date, and that is told", "[extract]") {
  Page page;
  page.url = "https://shop.example/kettle";
  ExtractorSpec spec;
  SECTION("in markup") {
    page.body =
        R"(<script type="application/ld+json">[{"@type":"Review","author":"Ana",)"
        R"("datePublished":"2099-01-01","reviewBody":"It leaks."},{"@type":"Review","author":"Bo",)"
        R"("datePublished":"2026-11-27","reviewBody":"It boils."}]</script>)";
    spec.format = Format::page;
  }
  SECTION("in JSON") {
    page.body = R"([{"by":"Ana","at":"2099-01-01","text":"It leaks.","edited":"2099-02-01"},)"
                R"({"by":"Bo","at":"2026-11-27","text":"It boils."}])";
    spec.format = Format::json;
    ItemSpec items;
    items.list = {""};
    items.fields[PostField::author] = {"/by"};
    items.fields[PostField::posted_at] = {"/at"};
    items.fields[PostField::edited_at] = {"/edited"};
    items.fields[PostField::text] = {"/text"};
    spec.items.push_back(items);
  }
  const auto extraction = extract_page(page, spec, *parse_iso8601("2026-11-26T12:00:00Z"));
  REQUIRE(extraction);
  REQUIRE(extraction->posts.size() == 2);
  CHECK_FALSE(extraction->posts[0].posted_at);
  CHECK_FALSE(extraction->posts[0].edited_at);
  CHECK(extraction->posts[0].posted_at_written == "2099-01-01");
  CHECK(extraction->posts[1].posted_at);
  CHECK(extraction->drift ==
        std::vector<std::string>{"source drifted: the date of post 1 is yet to come: "
                                 "\"2099-01-01\"; the post is stored without it"});
}

}  // namespace testigo::extract
