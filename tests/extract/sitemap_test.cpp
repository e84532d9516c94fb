#include "extract/sitemap.h"

#include <catch2/catch.hpp>

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

TEST_CASE("an HTML page and an empty body are no sitemaps", "[extract]") {
  for (const std::string body : {"<!doctype html><html><body>404</body></html>", "", "not found"}) {
    const auto sitemap = read_sitemap(body, url);
    INFO(body);
    REQUIRE(!sitemap);
    CHECK(sitemap.error().code == Errc::malformed);
  }
}

}  // namespace testigo::extract
