#include "formats/plain_url.h"

#include <catch2/catch.hpp>

#include "formats/canonical_url.h"

namespace testigo::formats {
namespace {

// What the parser alone makes of it: "" for failure and other schemes.
std::string parsed(std::string_view reference, std::string_view base) {
  const Result<Url> root = parse_url(base);
  const Result<Url> url = root ? parse_url(reference, *root) : parse_url(reference);
  return url && url->is_web() && url->host && !url->host->empty() ? url->href() : "";
}

const std::string_view references[] = {"/",
                                       "/a",
                                       "/a/b.html",
                                       "/a//b",
                                       "/a/../b",
                                       "/a/./b",
                                       "/.well-known",
                                       "/a/...",
                                       "/a b",
                                       "/%41",
                                       "/ü",
                                       "/a?b=c",
                                       "/a#b",
                                       "//x.example/",
                                       "///x.example/",
                                       "/\\x.example",
                                       "/a\tb",
                                       " /a ",
                                       "#a",
                                       "?a",
                                       "a",
                                       "javascript:x()",
                                       "mailto:a@b.c",
                                       "http:/a",
                                       "http:a",
                                       "HTTP://A.example/",
                                       "http://a.example",
                                       "http://a.example/",
                                       "http://a.example/b'c",
                                       "http://a.example:80/",
                                       "http://a.example:0080/a",
                                       "http://a.example:8080/a",
                                       "http://a.example:18080/a",
                                       "http://a.example:65536/a",
                                       "https://a.example:443/a",
                                       "https://a.example:80/a",
                                       "http://a.example:99999/a",
                                       "http://a.example:/a",
                                       "http://u@a.example/a",
                                       "http://u:p@a.example/a",
                                       "http://1.2.3.4/a",
                                       "http://1.2.3/a",
                                       "http://1.2.3.256/a",
                                       "http://01.2.3.4/a",
                                       "http://1.2.3.4.5/a",
                                       "http://0x7f.1/a",
                                       "http://a.0x7f/a",
                                       "http://[::1]/a",
                                       "http://xn--4ca.example/a",
                                       "http://xn--a.example/a",
                                       "http://a..example/a",
                                       "http://.a.example/a",
                                       "http://a.example./a",
                                       "http://a_b.example/a",
                                       "http://a--b.example/a",
                                       "http://-a.example/a",
                                       "http://A.example/a",
                                       "http://a.example\\b",
                                       "http://a.example/a/%2e%2E/b",
                                       "http://a.example@b.example/",
                                       "http://a.example?b",
                                       "http://a.example/a;b=c,d@e:f",
                                       "http://a.ex%61mple/a",
                                       "http://ß.example/a",
                                       "http:///a"};

const std::string_view bases[] = {"https://shop.example:8443/x/y?z",
                                  "http://u:p@shop.example/",
                                  "http://127.0.0.1:8000",
                                  "mailto:a@b.c",
                                  "",
                                  "nonsense"};

}  // namespace

TEST_CASE("the fast way to an address agrees with the parser", "[formats]") {
  for (const std::string_view base : bases) {
    const LinkBase links(base);
    for (const std::string_view reference : references) {
      INFO(base << " " << reference);
      CHECK(links.resolve(reference).value_or("") == parsed(reference, base));
    }
  }
}

TEST_CASE("what counts as plain is its own canonical form", "[formats]") {
  for (const std::string_view url : references) {
    const std::size_t origin = plain_origin_length(url);
    if (origin == 0) continue;
    INFO(url);
    const Result<Url> record = parse_url(url);
    REQUIRE(record);
    CHECK(record->origin() == url.substr(0, origin));
    if (is_plain_path(url.substr(origin))) CHECK(record->href() == url);
    // A fragment sends it the slow way round.
    const auto slow = canonical_url(std::string(url) + "#x", {});
    CHECK(canonical_url(url, {}) == slow);
  }
}

TEST_CASE("paths that a parser would change are not plain", "[formats]") {
  for (const std::string_view path :
       {"",     "a",         "/a//b", "/a/./b", "/a/..", "/.a",   "/a b",
        "/%41", "/\xC3\xBC", "/a?b",  "/a#b",   "/a\\b", "/a\"b", "/a<b",
        "/a'b", "/a^b",      "/a`b",  "/a{b",   "/a|b",  "/a\x7F"}) {
    INFO(path);
    CHECK(!is_plain_path(path));
  }
  CHECK(is_plain_path("/"));
  CHECK(is_plain_path("/shop/000/product-00001.html"));
}

}  // namespace testigo::formats
