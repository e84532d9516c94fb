#include "app/unique_ids.h"

#include <catch2/catch.hpp>

namespace testigo::app {
namespace {

std::string unique(const std::string& id, const std::string& page_url) {
  Post post;
  post.external_id = post.parent = id;
  post.page_url = page_url;
  make_ids_unique(post);
  CHECK(post.parent == post.external_id);
  return post.external_id.value();
}

}  // namespace

TEST_CASE("a fragment as id is unique within its page only", "[app]") {
  CHECK(unique("#r1", "https://a.example/boot") == "https://a.example/boot#r1");
  CHECK(unique("#r1", "https://a.example/shoe") == "https://a.example/shoe#r1");
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

TEST_CASE("a post without an id gets none", "[app]") {
  Post post;
  post.page_url = "https://a.example/";
  make_ids_unique(post);
  CHECK(!post.external_id);
  CHECK(!post.parent);
}

}  // namespace testigo::app
