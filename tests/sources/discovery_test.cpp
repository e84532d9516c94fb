// What sites offer beside their links: sitemaps, feeds, feeds of comments; and which of it stands.

#include <catch2/catch.hpp>
#include <string>

#include "sources/plan.h"
#include "sources/requests.h"
#include "sources/scope.h"

namespace testigo::sources {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

using Urls = std::vector<std::string>;

Source source_of(const std::string& toml) {
  auto source = load_source("rules/sources/acme.toml", toml);
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  return *source;
}

Source discovering(const std::string& what, const std::string& more = "") {
  return source_of(R"(title = "Acme shop"
format = "page"
[parameters.url]
required = true
[parameters.path]
[request]
url = "{+url}"
[discover]
max_depth = 2
)" + what + "\n" + more);
}

Watch watching(const std::string& url, std::vector<std::string> paths = {}) {
  Watch watch;
  watch.key = "acme/shop";
  watch.brand_name = "Acme";
  watch.parameters["url"] = {url};
  if (!paths.empty()) watch.parameters["path"] = std::move(paths);
  return watch;
}

PageRequest entry_of(const Source& source, const Watch& watch) {
  const auto requests = plan(source, watch, now);
  REQUIRE(requests);
  return requests->back();
}

Urls urls(const std::vector<PageRequest>& requests) {
  Urls urls;
  for (const PageRequest& request : requests) urls.push_back(request.url);
  return urls;
}

extract::Format format_of(const Source& source, const Watch& watch, const PageRequest& request) {
  const auto spec = extractor_for(source, watch, request);
  REQUIRE(spec);
  return spec->format;
}

Page page_of(std::string url, std::string body) {
  Page page;
  page.url = std::move(url);
  page.body = std::move(body);
  return page;
}

// What the answer `body` to a request leads to.
Following answered(const Source& source, const Watch& watch, const PageRequest& request,
                   const std::string& body) {
  const auto spec = extractor_for(source, watch, request);
  REQUIRE(spec);
  const auto extraction = extract::extract_page(page_of(request.url, body), *spec, now);
  INFO((extraction ? "" : describe(extraction.error())));
  REQUIRE(extraction);
  return follow(source, watch, request, *extraction);
}

}  // namespace

TEST_CASE("a site's pages found by links, paging and sitemaps stand", "[sources]") {
  const Source source = discovering("links = true\nsitemap = true", "[paging]\nkind = \"link\"\n");
  const Watch watch = watching("https://shop.example/");
  const PageRequest entry = entry_of(source, watch);
  const Following pages =
      answered(source, watch, entry, "<a href='/a'>A</a> <a rel=next href='/?p=2'>next</a>");
  REQUIRE(urls(pages.requests) ==
          Urls{"https://shop.example/?p=2", "https://shop.example/a", "https://shop.example/?p=2"});
  for (const PageRequest& request : pages.requests) {
    CHECK(request.standing);
    CHECK(!request.entry);
  }
  const PageRequest sitemap = plan(source, watch, now)->front();
  CHECK(!sitemap.standing);
  const Following listed = answered(source, watch, sitemap, "https://shop.example/b\n");
  REQUIRE(listed.requests.size() == 1);
  CHECK(listed.requests[0].standing);
}

TEST_CASE("the answers of an API and what is posted never stand", "[sources]") {
  const std::string api = R"(title = "x"
format = "json"
[items]
list = "/items"
[items.fields]
id = "/id"
text = "/text"
[request]
)";
  extract::Extraction extraction;
  extraction.items = 5;
  extraction.cursor = "c";
  extraction.next = {"https://api.example/items?page=2"};
  Watch watch;
  watch.key = "acme/api";
  const std::string url = "url = \"https://api.example/items";
  for (const std::string& asking :
       {url + "\"\n[paging]\nkind = \"link\"", url + "?p={page}\"\n[paging]\nkind = \"page\"",
        url + "\"\nquery = { c = \"{cursor}\" }\n[paging]\nkind = \"cursor\"\ncursor = \"/c\""}) {
    INFO(asking);
    const Source source = source_of(api + asking);
    PageRequest entry = entry_of(source, watch);
    entry.standing = true;
    const Following next = follow(source, watch, entry, extraction);
    REQUIRE(next.requests.size() <= 1);
    for (const PageRequest& request : next.requests) CHECK(!request.standing);
  }
  const Source posting = source_of(R"(title = "x"
format = "page"
[request]
method = "POST"
url = "https://shop.example/reviews"
[discover]
links = true
)");
  extraction.links = {"https://shop.example/a"};
  const Following posted = follow(posting, watch, entry_of(posting, watch), extraction);
  REQUIRE(posted.requests.size() == 1);
  CHECK(!posted.requests[0].standing);
}

TEST_CASE("feeds that a page offers are read as feeds, and lead to pages", "[sources]") {
  const Source source = discovering("links = true\nfeeds = true");
  const Watch watch = watching("https://www.shop.example/");
  const PageRequest entry = entry_of(source, watch);
  const std::string link = "<link rel=alternate type='application/rss+xml' href='";
  const Following offered = answered(source, watch, entry,
                                     link + "/feed.xml'>" + link + "//feeds.shop.example/all'>" +
                                         link + "https://evil.example/feed'>");
  REQUIRE(urls(offered.requests) ==
          Urls{"https://www.shop.example/feed.xml", "https://feeds.shop.example/all"});
  for (const PageRequest& feed : offered.requests) {
    CHECK(feed.standing);
    CHECK(feed.watch == watch.key);
    CHECK(format_of(source, watch, feed) == extract::Format::feed);
    const Following pages = answered(
        source, watch, feed,
        "<rss version='2.0'><channel><item><link>https://www.shop.example/post</link><title>Post"
        "</title></item><item><link>https://evil.example/x</link></item></channel></rss>");
    REQUIRE(urls(pages.requests) == Urls{"https://www.shop.example/post"});
    CHECK(format_of(source, watch, pages.requests[0]) == extract::Format::page);
    CHECK(pages.requests[0].standing);
  }
}

TEST_CASE("feeds are left alone unless the source looks for them, and outside of the path",
          "[sources]") {
  const std::string page =
      "<link rel=alternate type='application/rss+xml' href='/feed'>"
      "<link rel=alternate type='application/atom+xml' href='/r/feed'>";
  const Source plain = discovering("links = true");
  const Watch everywhere = watching("https://shop.example/");
  CHECK(answered(plain, everywhere, entry_of(plain, everywhere), page).requests.empty());
  const Source source = discovering("links = true\nfeeds = true");
  const Watch reviews = watching("https://shop.example/r/", {"/r/"});
  CHECK(urls(answered(source, reviews, entry_of(source, reviews), page).requests) ==
        Urls{"https://shop.example/r/feed"});
}

TEST_CASE("a WordPress post's feed of comments is asked", "[sources]") {
  const Source source = discovering("links = true\ncomment_feeds = [\"Comment\", \"coment\"]");
  const Watch watch = watching("https://blog.example/boots/");
  const Following offered = answered(
      source, watch, entry_of(source, watch),
      "<link rel=alternate type='application/rss+xml' title='Blog &raquo; Feed' href='/feed/'>"
      "<link rel=alternate type='application/rss+xml' title='Blog &raquo; Boots Comments Feed' "
      "href='/boots/feed/'>");
  REQUIRE(urls(offered.requests) == Urls{"https://blog.example/boots/feed/"});
  CHECK(format_of(source, watch, offered.requests[0]) == extract::Format::feed);
}

TEST_CASE("a feed's entries lead to their feeds of comments", "[sources]") {
  const Source source = source_of(R"(title = "Acme blog"
format = "feed"
[parameters.url]
required = true
[request]
url = "{+url}"
[discover]
links = false
comment_feeds = ["comment"]
)");
  const Watch watch = watching("https://blog.example/feed/");
  const Following offered = answered(
      source, watch, entry_of(source, watch),
      "<rss version='2.0' xmlns:wfw='http://wellformedweb.org/CommentAPI/'><channel><item>"
      "<title>Boots</title><link>https://blog.example/boots/</link>"
      "<wfw:commentRss>https://blog.example/boots/feed/</wfw:commentRss></item></channel></rss>");
  CHECK(urls(offered.requests) == Urls{"https://blog.example/boots/feed/"});
}

TEST_CASE("sitemaps that robots.txt names are asked within the site", "[sources]") {
  const Source source = discovering("sitemap = true");
  const Watch watch = watching("https://www.shop.example/");
  const PageRequest entry = entry_of(source, watch);
  const Urls named = {"https://www.shop.example/sitemap.xml",
                      "https://static.shop.example/a.xml",
                      "http://shop.example/b.xml.gz",
                      "https://static.shop.example/a.xml",
                      "https://evilshop.example/c.xml",
                      "https://example/d.xml",
                      "https://shop.example.evil.example/e.xml",
                      "file:///etc/passwd",
                      "/relative.xml",
                      "https://www.shop.example:8443/f.xml"};
  const auto requests = sitemap_requests(source, entry, named);
  REQUIRE(urls(requests) == Urls{"https://www.shop.example/sitemap.xml",
                                 "https://static.shop.example/a.xml",
                                 "http://shop.example/b.xml.gz",
                                 "https://www.shop.example/relative.xml"});
  CHECK(requests[0] == plan(source, watch, now)->front());
  for (const PageRequest& request : requests) {
    CHECK(!request.entry);
    CHECK(!request.standing);
    CHECK(request.archive_url == request.url);
    CHECK(format_of(source, watch, request) == extract::Format::sitemap);
  }
  CHECK(sitemap_requests(discovering("links = true"), entry, named).empty());
}

TEST_CASE("a sitemap on another host of the site lists the site's own pages", "[sources]") {
  const Source source = discovering("sitemap = true");
  const Watch watch = watching("https://www.shop.example/");
  const Urls named = {"https://static.shop.example/index.xml"};
  const auto index = sitemap_requests(source, entry_of(source, watch), named);
  REQUIRE(index.size() == 1);
  const Following parts =
      answered(source, watch, index[0],
               "<sitemapindex><sitemap><loc>/part.xml</loc></sitemap><sitemap><loc>"
               "https://evil.example/s.xml</loc></sitemap></sitemapindex>");
  REQUIRE(urls(parts.requests) == Urls{"https://static.shop.example/part.xml"});
  const Following pages =
      answered(source, watch, parts.requests[0],
               "https://www.shop.example/p/1\nhttps://static.shop.example/p/2\n");
  REQUIRE(urls(pages.requests) == Urls{"https://www.shop.example/p/1"});
  CHECK(pages.requests[0].step.empty());
  CHECK(pages.requests[0].depth == 1);
}

TEST_CASE("a sitemap of fifty thousand pages is followed whole, a larger one says its cap",
          "[sources]") {
  const Source source = discovering("sitemap = true");
  const Watch watch = watching("https://shop.example/");
  const PageRequest sitemap = plan(source, watch, now)->front();
  extract::Extraction extraction;
  for (int i = 0; i < 50'000; ++i)
    extraction.links.push_back("https://shop.example/p/" + std::to_string(i));
  const Following whole = follow(source, watch, sitemap, extraction);
  CHECK(whole.requests.size() == 50'000);
  CHECK(whole.capped == 0);
  CHECK(whole.capped_by.empty());
  extraction.links.push_back("https://shop.example/one-more");
  const Following capped = follow(source, watch, sitemap, extraction);
  CHECK(capped.requests.size() == 50'000);
  CHECK(capped.capped == 1);
  CHECK(capped.capped_by == "max_requests");
}

TEST_CASE("a chain of pages that is cut says so", "[sources]") {
  const Source source = discovering("links = false", "[paging]\nkind = \"link\"\nmax_pages = 1\n");
  const Watch watch = watching("https://shop.example/");
  const Following cut =
      answered(source, watch, entry_of(source, watch), "<a rel=next href='/?p=2'>next</a>");
  CHECK(cut.requests.empty());
  CHECK(cut.capped == 1);
  CHECK(cut.capped_by == "max_pages");
}

TEST_CASE("the later pages of a chain are known as such", "[sources]") {
  const Source source = discovering("links = false", "[paging]\nkind = \"link\"\n");
  const Watch watch = watching("https://shop.example/");
  const PageRequest entry = entry_of(source, watch);
  const Following next = answered(source, watch, entry, "<a rel=next href='/?p=2'>next</a>");
  REQUIRE(next.requests.size() == 1);
  CHECK(!extractor_for(source, watch, entry)->continued);
  CHECK(extractor_for(source, watch, next.requests[0])->continued);
}

TEST_CASE("addresses that only look like the site's are out of scope", "[sources]") {
  const Scope scope = {"https://shop.example", {"/r/"}};
  CHECK(is_within(scope, "https://shop.example/r/a?b#c"));
  CHECK(is_within(scope, "HTTPS://SHOP.example:443/r/a"));
  CHECK(is_within(scope, "https://shop.example/x/../r/a"));
  CHECK(!is_within(scope, "https://shop.example/r/../x"));
  CHECK(!is_within(scope, "https://shop.example/r/%2e%2E/x"));
  CHECK(!is_within(scope, "https://shop.example/r\\..\\x"));
  CHECK(!is_within(scope, "https://shop.example.evil.example/r/a"));
  CHECK(!is_within(scope, "https://shop.example@evil.example/r/a"));
  CHECK(!is_within(scope, "https://shop.example:8443/r/a"));
  CHECK(!is_within(scope, "https://shop.example/r/photo.JPG?w=1"));
  CHECK(!is_within({}, "https://shop.example/r/a"));
}

TEST_CASE("redirects stay on the site and below its paths", "[sources]") {
  const Scope scope = {"http://shop.example", {"/r/"}};
  CHECK(leads_within(scope, "http://shop.example/r/a"));
  CHECK(leads_within(scope, "https://www.shop.example/r/a"));
  CHECK(!leads_within(scope, "http://shop.example/login"));
  CHECK(!leads_within(scope, "http://shop.example/r/../login"));
  CHECK(!leads_within(scope, "http://other.example/r/a"));
  CHECK(!leads_within(scope, "ftp://shop.example/r/a"));

  const Source source = discovering("links = true\nsitemap = true\n");
  const Watch watch = watching("https://shop.example/");
  const PageRequest entry = entry_of(source, watch);
  CHECK(may_lead_to(source, watch, entry, "https://other.example/"));
  PageRequest page = entry;
  page.entry = false;
  CHECK(may_lead_to(source, watch, page, "https://www.shop.example/a"));
  CHECK(!may_lead_to(source, watch, page, "https://other.example/"));
  const PageRequest sitemap =
      sitemap_request(entry, "https://shop.example", "https://shop.example/sitemap.xml");
  CHECK(asks_for_sitemap(sitemap));
  CHECK(!asks_for_sitemap(page));
  CHECK(may_lead_to(source, watch, sitemap, "https://cdn.shop.example/sitemap.xml"));
  CHECK(!may_lead_to(source, watch, sitemap, "https://other.example/sitemap.xml"));
}

}  // namespace testigo::sources
