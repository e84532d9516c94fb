#include "formats/url.h"

#include <catch2/catch.hpp>

#include "formats/canonical_url.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

std::string resolved(std::string_view reference, std::string_view base) {
  return resolve_url(reference, base).value_or("failure");
}

std::string normal(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->href() : "failure";
}

const TrackingParameters& tracking() {
  static const TrackingParameters parameters = [] {
    TrackingParameters made;
    REQUIRE(made.add("t.tsv",
                     "utm_*\t*\thand\nfbclid\t*\thand\nref\tshop.example\thand\n"
                     "qid\tmart.*\thand\nsource=rss*\t*\thand\n"));
    return made;
  }();
  return parameters;
}

std::string identity(std::string_view url) {
  const std::string once = canonical_url(url, tracking()).value_or("failure");
  if (once != "failure") CHECK(canonical_url(once, tracking()) == once);
  return once;
}

}  // namespace

TEST_CASE("a URL is taken apart as the URL standard says", "[formats]") {
  const Url url = parse_url("HTTPS://Ana:pw@Shop.Example:8443/a/../b c?q=1 2#frag").value();
  CHECK(url.scheme == "https");
  CHECK(url.username == "Ana");
  CHECK(url.password == "pw");
  CHECK(url.host == "shop.example");
  CHECK(url.port == 8443);
  CHECK(url.path == "/b%20c");
  CHECK(url.query == "q=1%202");
  CHECK(url.fragment == "frag");
  CHECK(url.origin() == "https://shop.example:8443");
  CHECK(url.path_and_query() == "/b%20c?q=1%202");
  CHECK(parse_url("http://a.example:80/")->port == std::nullopt);
  CHECK(parse_url("http://a.example/")->effective_port() == 80);
}

TEST_CASE("references resolve against a base as in RFC 3986 §5.4", "[formats]") {
  constexpr auto base = "http://a/b/c/d;p?q";
  CHECK(resolved("g", base) == "http://a/b/c/g");
  CHECK(resolved("./g/", base) == "http://a/b/c/g/");
  CHECK(resolved("/g", base) == "http://a/g");
  CHECK(resolved("//g", base) == "http://g/");
  CHECK(resolved("?y", base) == "http://a/b/c/d;p?y");
  CHECK(resolved("#s", base) == "http://a/b/c/d;p?q#s");
  CHECK(resolved("", base) == "http://a/b/c/d;p?q");
  CHECK(resolved("../../../g", base) == "http://a/g");
  CHECK(resolved("g/./h/../i", base) == "http://a/b/c/g/i");
  CHECK(resolved("%2e%2E/x", base) == "http://a/b/x");
  CHECK(resolved("mailto:ana@a.example", base) == "mailto:ana@a.example");
  CHECK(resolved("\\\\g\\h", base) == "http://g/h");
  CHECK(resolved("g", "mailto:ana@a.example") == "failure");
}

TEST_CASE("hosts are ASCII: IDNA, IPv4 in any base, IPv6 in shortest form", "[formats]") {
  CHECK(normal("http://Bücher.example/ñ") == "http://xn--bcher-kva.example/%C3%B1");
  CHECK(normal("http://0x7f.1/") == "http://127.0.0.1/");
  CHECK(normal("http://2130706433/") == "http://127.0.0.1/");
  CHECK(normal("http://0177.0.0.1/") == "http://127.0.0.1/");
  CHECK(normal("http://256.0.0.1/") == "failure");
  CHECK(normal("http://[0:0:0:0:0:FFFF:1.2.3.4]/") == "http://[::ffff:102:304]/");
  CHECK(normal("http://[2001:db8:0:0:1:0:0:1]/") == "http://[2001:db8::1:0:0:1]/");
  CHECK(normal("http://[::1") == "failure");
  CHECK(normal("http://[1:2]/") == "failure");
  CHECK(normal("http://%65xample.com/") == "http://example.com/");
}

TEST_CASE("what is no URL is refused", "[formats]") {
  for (const char* text : {"", "no scheme", "http://", "http://a b/", "http://a:99999/",
                           "http://a:x/", "http://a%00b/", "//a.example/", "http://user@/x"}) {
    INFO(text);
    CHECK(normal(text) == "failure");
  }
  CHECK(parse_url("http://a/" + std::string(70'000, 'x')).error().code == Errc::limit_exceeded);
  CHECK(normal("http://a.example/\xff") == "http://a.example/%EF%BF%BD");
}

TEST_CASE("two URLs of one document have one canonical form", "[formats]") {
  CHECK(identity("HTTP://Shop.Example:80//a//./b/?b=2&a=1#top") ==
        "http://shop.example/a/b/?a=1&b=2");
  CHECK(identity("http://shop.example/%7Eana/%e2%82%ac?x=%41%2f") ==
        "http://shop.example/~ana/%E2%82%AC?x=A%2F");
  CHECK(identity("http://ana:pw@shop.example/") == "http://shop.example/");
  CHECK(identity("http://shop.example/?") == "http://shop.example/");
  CHECK(identity("http://shop.example/100%?q=50%") == "http://shop.example/100%25?q=50%25");
  CHECK(identity("http://shop.example/#!/ana") == "http://shop.example/#!/ana");
  CHECK(identity("http://shop.example/a?q=a+b&p=") == "http://shop.example/a?p&q=a+b");
  CHECK(identity("http://shop.example/%252e%252e/x") == "http://shop.example/%252e%252e/x");
  CHECK(identity("ftp://shop.example/") == "failure");
  CHECK(canonical_url("../x?utm_id=1", "http://shop.example/a/b", tracking()) ==
        "http://shop.example/x");
}

TEST_CASE("tracking parameters go, by provider, and nothing else does", "[formats]") {
  CHECK(identity("https://shop.example/p?id=7&utm_source=x&UTM_Medium=y&fbclid=z&page=2") ==
        "https://shop.example/p?id=7&page=2");
  CHECK(identity("https://www.shop.example/p?ref=home") == "https://www.shop.example/p");
  CHECK(identity("https://other.example/p?ref=home") == "https://other.example/p?ref=home");
  CHECK(identity("https://notshop.example/p?ref=home") == "https://notshop.example/p?ref=home");
  CHECK(identity("https://shop.example/p?utm%5Fid=3") == "https://shop.example/p");
  CHECK(identity("https://www.mart.co.uk/p?qid=3") == "https://www.mart.co.uk/p");
  CHECK(identity("https://smart.example/p?qid=3") == "https://smart.example/p?qid=3");
  CHECK(identity("https://pub.example/a?source=rss----1a-4&b=2") == "https://pub.example/a?b=2");
  CHECK(identity("https://pub.example/a?Source=RSS") == "https://pub.example/a");
  CHECK(identity("https://pub.example/a?source=rs") == "https://pub.example/a?source=rs");
  CHECK(identity("https://pub.example/a?source") == "https://pub.example/a?source");
  CHECK(strip_tracking("https://shop.example/p?z=1&utm_id=2&a=#x", tracking()) ==
        "https://shop.example/p?z=1&a=#x");
  CHECK(strip_tracking("https://shop.example/p?utm_id=2", tracking()) == "https://shop.example/p");
  TrackingParameters bad;
  CHECK(bad.add("t.tsv", "a\t*\n*\t*\n").error().where == "t.tsv:2:1");
  CHECK(bad.add("t.tsv", "alone\n").error().where == "t.tsv:1:1");
}
