#include "fetch/robots.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo::fetch;
using std::chrono::milliseconds;

namespace {
bool allowed(std::string_view robots, std::string_view agent, std::string_view url) {
  return RobotsRules::parse(robots).allowed(agent, url).allowed;
}
}  // namespace

TEST_CASE("groups that name one agent are merged", "[fetch][robots]") {  // RFC 9309 §2.2.1
  constexpr std::string_view robots =
      "User-agent: testigo\nDisallow: /a\n\nUser-agent: *\nDisallow: /c\n\n"
      "User-agent: Testigo\nDisallow: /b\n";
  CHECK_FALSE(allowed(robots, "testigo/0.1 (+mailto:x@example.com)", "https://e.example/a"));
  CHECK_FALSE(allowed(robots, "testigo", "https://e.example/b"));
  CHECK(allowed(robots, "testigo", "https://e.example/c"));
  CHECK_FALSE(allowed(robots, "another", "https://e.example/c"));
}

TEST_CASE("the longest match wins and allow wins ties", "[fetch][robots]") {  // §2.2.2
  constexpr std::string_view robots =
      "User-agent: *\nDisallow: /shop\nAllow: /shop/reviews\nDisallow: /x\nAllow: /x\n";
  CHECK_FALSE(allowed(robots, "t", "https://e.example/shop/cart"));
  CHECK(allowed(robots, "t", "https://e.example/shop/reviews?page=2"));
  CHECK(allowed(robots, "t", "https://e.example/x"));
}

TEST_CASE("the answer names the line that decided", "[fetch][robots]") {
  const auto rules = RobotsRules::parse("# ours\r\nUser-agent: *\r\nAllow: /a\rDisallow: /a/b\n");
  CHECK(rules.allowed("t", "/a/b/c") == RobotsAnswer{false, 4});
  CHECK(rules.allowed("t", "/a/x") == RobotsAnswer{true, 3});
  CHECK(rules.allowed("t", "/z") == RobotsAnswer{true, std::nullopt});
}

TEST_CASE("stars and end marks match, a star in a URL is itself", "[fetch][robots]") {  // §2.2.3
  constexpr std::string_view robots =
      "User-agent: *\nDisallow: /*.gif$\nDisallow: /a/*/c\nDisallow: /q%2A\nDisallow: /d$x\n";
  CHECK_FALSE(allowed(robots, "t", "/i/x.gif"));
  CHECK(allowed(robots, "t", "/i/x.gif?s=1"));
  CHECK_FALSE(allowed(robots, "t", "/a/b/b/c/d"));
  CHECK(allowed(robots, "t", "/a/c"));
  CHECK_FALSE(allowed(robots, "t", "/q*"));
  CHECK(allowed(robots, "t", "/qz"));
  CHECK_FALSE(allowed(robots, "t", "/d$x"));
}

TEST_CASE("percent-encoding is compared, not spelled", "[fetch][robots]") {  // §2.2.2
  constexpr std::string_view robots =
      "User-agent: *\nDisallow: /caf\xc3\xa9\nDisallow: /%62az\nDisallow: /s%2Fx\n";
  CHECK_FALSE(allowed(robots, "t", "/caf%c3%a9"));
  CHECK_FALSE(allowed(robots, "t", "/baz"));
  CHECK_FALSE(allowed(robots, "t", "/s%2fx"));
  CHECK(allowed(robots, "t", "/s/x"));
}

TEST_CASE("robots.txt itself is always allowed", "[fetch][robots]") {  // §2.2.2
  CHECK(allowed("User-agent: *\nDisallow: /\n", "t", "https://e.example/robots.txt"));
  CHECK(RobotsRules::disallow_all().allowed("t", "https://e.example/robots.txt").allowed);
}

TEST_CASE("other records do not end a group", "[fetch][robots]") {  // §2.2.4
  constexpr std::string_view robots =
      "User-agent: a\nSitemap: https://e.example/s.xml\nCrawl-delay: 3\nUser-agent: b\nDisallow: "
      "/\n";
  CHECK_FALSE(allowed(robots, "a", "/x"));
  CHECK_FALSE(allowed(robots, "b", "/x"));
  const auto rules = RobotsRules::parse(robots);
  CHECK(rules.crawl_delay("a") == milliseconds(3000));
  CHECK_FALSE(rules.crawl_delay("b"));
  CHECK(rules.sitemaps() == std::vector<std::string>{"https://e.example/s.xml"});
}

TEST_CASE("a crawl-delay is a number or nothing", "[fetch][robots]") {
  const auto delay = [](const std::string& value) {
    return RobotsRules::parse("User-agent: *\nCrawl-delay: " + value + "\n").crawl_delay("t");
  };
  CHECK(delay("0.5") == milliseconds(500));
  CHECK(delay("1e9999") == std::nullopt);
  CHECK(delay("99999999999999") == std::chrono::hours(24));
  CHECK_FALSE(delay("10a"));
  CHECK_FALSE(delay("-1"));
  CHECK_FALSE(delay("nan"));
  CHECK_FALSE(delay(""));
}

TEST_CASE("the status decides where there are no rules to read", "[fetch][robots]") {  // §2.3.1
  CHECK(robots_policy(200) == RobotsPolicy::follow_rules);
  for (const int status : {301, 400, 401, 403, 404, 410, 429, 451}) {
    CHECK(robots_policy(status) == RobotsPolicy::allow_all);
  }
  for (const int status : {0, 500, 502, 503, 504, 599}) {
    CHECK(robots_policy(status) == RobotsPolicy::disallow_all);
  }
  CHECK_FALSE(RobotsRules::from_answer(503, "User-agent: *\nAllow: /\n").allowed("t", "/").allowed);
  CHECK(RobotsRules::from_answer(404, "User-agent: *\nDisallow: /\n").allowed("t", "/").allowed);
}

TEST_CASE("HTML served as robots.txt holds no rules", "[fetch][robots]") {
  CHECK(allowed("\n <!DOCTYPE html><html>\nUser-agent: *\nDisallow: /\n", "t", "/x"));
  CHECK(allowed("<HTML>\nUser-agent: *\nDisallow: /\n</HTML>", "t", "/x"));
}

TEST_CASE("a BOM, NULs and lone carriage returns are survived", "[fetch][robots]") {
  CHECK_FALSE(allowed("\xEF\xBB\xBFUser-agent: *\rDisallow: /x\r", "t", "/x"));
  const std::string nul("User-agent: *\nDisallow: /\0y\nDisallow: /x\n", 39);
  CHECK_FALSE(allowed(nul, "t", "/x"));
  CHECK(allowed("", "t", "/x"));
  CHECK(allowed(":::\n::\n#\n", "t", "/x"));
}

TEST_CASE("ten megabytes of robots.txt count for their first 500 KiB", "[fetch][robots]") {  // §2.5
  std::string robots = "User-agent: *\nDisallow: /early\n";
  while (robots.size() < robots_max_bytes - 20) robots += "Disallow: /filler\n";
  robots.resize(robots_max_bytes - 15, '#');
  robots += "\nDisallow: /half-cut-at-the-limit\n";  // cut to "Disallow: /ha": not a rule
  robots += std::string(10 * 1024 * 1024, 'x') + "\nDisallow: /late\n";
  CHECK_FALSE(allowed(robots, "t", "/early"));
  CHECK(allowed(robots, "t", "/half-cut-at-the-limit"));
  CHECK(allowed(robots, "t", "/hammer"));
  CHECK(allowed(robots, "t", "/late"));
}

TEST_CASE("patterns made to be slow are not", "[fetch][robots]") {
  std::string robots = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 5000; ++i) robots += "*a";
  robots += "b\n";
  const std::string url = "/" + std::string(60'000, 'a');
  CHECK(allowed(robots, "t", url));
}

TEST_CASE("a path that begins with two slashes, or holds a stray percent sign, is compared whole",
          "[fetch][robots]") {
  constexpr std::string_view robots = "User-agent: *\nDisallow: //cdn/x\nDisallow: /100%\n";
  CHECK_FALSE(allowed(robots, "t", "https://e.example//cdn/x/y"));
  CHECK(allowed(robots, "t", "https://cdn/x/y"));
  CHECK_FALSE(allowed(robots, "t", "https://e.example/100%25/a"));
  CHECK_FALSE(allowed(robots, "t", "https://e.example/100%/a"));
}
