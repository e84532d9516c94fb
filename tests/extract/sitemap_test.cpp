#include "extract/sitemap.h"

#include <catch2/catch.hpp>

#include "support/gzip_bytes.h"

namespace testigo::extract {
namespace {

const std::string url = "https://shop.example/sitemap.xml";

}  // namespace

TEST_CASE("a urlset lists pages, whatever its namespace", "[extract]") {
  const auto sitemap = read_sitemap(
      "<?xml version='1.0'?><urlset xmlns='http://wrong.example/'><url><loc> "
      "https://shop.example/a?b=1&amp;c=2 "
      "</loc><lastmod>2026-01-02</lastmod></url><url><loc></loc></url><url><loc>/b</loc></url>",
      url);
  REQUIRE(sitemap);
  CHECK(sitemap->kind == "urlset");
  REQUIRE(sitemap->urls.size() == 2);
  CHECK(sitemap->urls[0].loc == "https://shop.example/a?b=1&c=2");
  CHECK(sitemap->urls[0].lastmod == "2026-01-02");
  CHECK(sitemap->urls[1].loc == "https://shop.example/b");
}

TEST_CASE("an index leads to further sitemaps", "[extract]") {
  const auto sitemap = read_sitemap(
      "<sitemapindex><sitemap><loc>https://shop.example/1.xml.gz</loc></sitemap></sitemapindex>",
      url);
  REQUIRE(sitemap);
  CHECK(sitemap->kind == "sitemapindex");
  CHECK(sitemap->sitemaps == std::vector<std::string>{"https://shop.example/1.xml.gz"});
}

TEST_CASE("a plain list of addresses is a sitemap", "[extract]") {
  const auto sitemap = read_sitemap(
      "\xEF\xBB\xBFhttps://shop.example/a\r\nnot an address\nhttps://shop.example/b", url);
  REQUIRE(sitemap);
  CHECK(sitemap->kind == "text");
  CHECK(sitemap->urls.size() == 2);
}

TEST_CASE("the entries of a feed are the pages of a sitemap", "[extract]") {
  const auto rss = read_sitemap(
      "<rss version='2.0'><channel><item><link>https://shop.example/a</link>"
      "<pubDate>Fri, 02 Oct 2026 10:00:00 GMT</pubDate></item><item><title>no link</title></item>"
      "</channel></rss>",
      url);
  REQUIRE(rss);
  CHECK(rss->kind == "rss");
  REQUIRE(rss->urls.size() == 1);
  CHECK(rss->urls[0].loc == "https://shop.example/a");
  CHECK(rss->urls[0].lastmod == "2026-10-02T10:00:00Z");
  const auto atom = read_sitemap(
      "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/b'/></entry></feed>", url);
  REQUIRE(atom);
  CHECK(atom->urls.at(0).loc == "https://shop.example/b");
}

TEST_CASE("a sitemap of fifty thousand addresses is read whole, and no more of it", "[extract]") {
  std::string body = "<urlset>";
  for (std::size_t i = 0; i < max_sitemap_urls + 7; ++i)
    body += "<url><loc>https://shop.example/p/" + std::to_string(i) + "</loc></url>";
  const auto sitemap = read_sitemap(body + "</urlset>", url);
  REQUIRE(sitemap);
  CHECK(sitemap->urls.size() == max_sitemap_urls);
}

TEST_CASE("a sitemap that ends in its middle is read up to there, and says so", "[extract]") {
  const std::string head = "<urlset><url><loc>https://shop.example/a</loc></url>";
  CHECK_FALSE(read_sitemap(head + "</urlset>", url)->cut_short);
  for (const std::string rest :
       {"", "<url><loc>https://shop.exam", "<url><loc>https://shop.example/b</loc>"}) {
    INFO(rest);
    const auto sitemap = read_sitemap(head + rest, url);
    REQUIRE(sitemap);
    CHECK(sitemap->cut_short);
    REQUIRE(sitemap->urls.size() == 1);
    CHECK(sitemap->urls[0].loc == "https://shop.example/a");
  }
}

TEST_CASE("a gzip'd sitemap is read up to where it breaks off", "[extract]") {
  std::string lines;
  for (int i = 0; i < 2000; ++i) lines += "https://shop.example/p/" + std::to_string(i * i) + "\n";
  const std::string packed = test::gzip_stored(lines);
  const auto cut = read_sitemap(std::string_view(packed).substr(0, packed.size() / 2), url);
  REQUIRE(cut);
  CHECK(cut->cut_short);
  CHECK(cut->urls.size() > 100);
  for (const SitemapUrl& one : cut->urls) CHECK(lines.find(one.loc + "\n") != std::string::npos);
  std::string wrong_sum = packed;
  wrong_sum[wrong_sum.size() - 8] ^= 1;
  const auto damaged = read_sitemap(wrong_sum, url);
  REQUIRE(damaged);
  CHECK(damaged->cut_short);
  CHECK(damaged->urls.size() == 2000);
}

TEST_CASE("an HTML page and an empty body are no sitemaps", "[extract]") {
  for (const std::string body : {"<!doctype html><html><body>404</body></html>", "", "not found"}) {
    const auto sitemap = read_sitemap(body, url);
    INFO(body);
    REQUIRE(!sitemap);
    CHECK(sitemap.error().code == Errc::malformed);
  }
}

}  // namespace testigo::extract
