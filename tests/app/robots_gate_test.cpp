#include "app/robots_gate.h"

#include <catch2/catch.hpp>

using namespace testigo;
using app::RobotsGate;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

fetch::RobotsRules rules(std::string_view text) {
  return fetch::RobotsRules::from_answer(200, text);
}

}  // namespace

TEST_CASE("a robots.txt is known for a day", "[app]") {
  RobotsGate gate("testigo");
  CHECK(gate.rules("https://a.example", noon) == nullptr);
  gate.learn("https://a.example", rules("User-agent: *\nDisallow: /private\nCrawl-delay: 3"), 60,
             noon);
  const auto* known = gate.rules("https://a.example", noon + std::chrono::hours(23));
  REQUIRE(known != nullptr);
  CHECK(gate.allowed(*known, "https://a.example/open"));
  CHECK_FALSE(gate.allowed(*known, "https://a.example/private/page"));
  CHECK(gate.crawl_delay(*known) == Millis(3000));
  CHECK(gate.rules("https://a.example", noon + std::chrono::hours(24)) == nullptr);
  CHECK(gate.rules("http://a.example", noon) == nullptr);
}

TEST_CASE("what was learnt later replaces what was known", "[app]") {
  RobotsGate gate("testigo");
  gate.learn("https://a.example", rules("User-agent: *\nDisallow: /"), 30, noon);
  gate.learn("https://a.example", rules(""), 0, noon);
  CHECK(gate.allowed(*gate.rules("https://a.example", noon), "https://a.example/page"));
}

TEST_CASE("the site asked for longest ago makes room for a new one", "[app]") {
  RobotsGate gate("testigo");
  const auto third = RobotsGate::max_bytes / 3;
  gate.learn("https://a.example", rules(""), third, noon);
  gate.learn("https://b.example", rules(""), third, noon);
  REQUIRE(gate.rules("https://a.example", noon) != nullptr);
  gate.learn("https://c.example", rules(""), third, noon);
  CHECK(gate.rules("https://a.example", noon) != nullptr);
  CHECK(gate.rules("https://b.example", noon) == nullptr);
  CHECK(gate.rules("https://c.example", noon) != nullptr);
  gate.learn("https://huge.example", rules(""), 2 * RobotsGate::max_bytes, noon);
  CHECK(gate.rules("https://huge.example", noon) != nullptr);
  CHECK(gate.rules("https://c.example", noon) == nullptr);
}
