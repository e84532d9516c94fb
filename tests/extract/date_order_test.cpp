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

}  // namespace testigo::extract
