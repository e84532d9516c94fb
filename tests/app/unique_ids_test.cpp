#include "app/unique_ids.h"

#include <catch2/catch.hpp>

namespace testigo::app {
namespace {

formats::TrackingParameters tracking() {
  formats::TrackingParameters parameters;
  REQUIRE(parameters.add("t.tsv", "utm_source\t*\nxtor\t*\n"));
  return parameters;
}

std::string unique(const std::string& id, const std::string& page_url) {
  Post post;
  post.external_id = post.parent = id;
  post.page_url = page_url;
  make_ids_unique(post, tracking());
  CHECK(post.parent == post.external_id);
  return post.external_id.value();
}

}  // namespace

TEST_CASE("a fragment as id is unique within its page only", "[app]") {
  CHECK(unique("#r1", "https://a.example/boot") == "https://a.example/boot#r1");
  CHECK(unique("#r1", "https://a.example/shoe") == "https://a.example/shoe#r1");
}

TEST_CASE("a large number in a fragment is the same post on every page of a list", "[app]") {
  CHECK(unique("#post-3000", "https://a.example/t/1?page=2") ==
        unique("#post-3000", "https://a.example/t/1"));
  CHECK(unique("#post-3000", "https://a.example/t/2") !=
        unique("#post-3000", "https://a.example/t/1"));
  CHECK(unique("#post-3", "https://a.example/t/1?page=2") !=
        unique("#post-3", "https://a.example/t/1"));
}

TEST_CASE("a number as id is unique within its site, whatever the page", "[app]") {
  CHECK(unique("17", "https://a.example/boot?page=2") == "a.example/17");
  CHECK(unique("17", "https://a.example/") == "a.example/17");
  CHECK(unique("17", "http://b.example:8443/boot") == "b.example:8443/17");
}

TEST_CASE("an id that is an address or a name stays as it is", "[app]") {
  for (const std::string id : {"https://a.example/r/1", "http://a.example/?p=1",
                               "urn:uuid:1225c695-cfb8-4ebb-aaaa", "tag:a.example,2026:1"})
    CHECK(unique(id, "https://c.example/") == id);
}

TEST_CASE("an id that is the post's link is that link without tracking", "[app]") {
  Post post;
  post.page_url = "https://a.example/feed?utm_source=x";
  post.external_id = post.url = "https://a.example/show?utm_source=rss1&id=0";
  clean_addresses(post, tracking());
  make_ids_unique(post, tracking());
  CHECK(post.page_url == "https://a.example/feed");
  CHECK(post.url == "https://a.example/show?id=0");
  CHECK(post.external_id == post.url);
}

TEST_CASE("a permalink keeps its fragment but for tracking in it", "[app]") {
  const auto cleaned = [](const std::string& url) {
    Post post;
    post.page_url = "https://api.example/";
    post.url = url;
    clean_addresses(post, tracking());
    return post.url.value();
  };
  CHECK(cleaned("https://a.example/issues/40#issuecomment-31") ==
        "https://a.example/issues/40#issuecomment-31");
  CHECK(cleaned("https://a.example/p/?utm_source=f#comment-251") ==
        "https://a.example/p/#comment-251");
  CHECK(cleaned("https://a.example/p#xtor=RSS-1") == "https://a.example/p");
  CHECK(cleaned("https://a.example/p#") == "https://a.example/p");
  CHECK(cleaned("https://a.example/#!/p/1") == "https://a.example/#!/p/1");
}

TEST_CASE("a post without an id gets none", "[app]") {
  Post post;
  post.page_url = "https://a.example/";
  make_ids_unique(post, tracking());
  CHECK(!post.external_id);
  CHECK(!post.parent);
}

}  // namespace testigo::app
