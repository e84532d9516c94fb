#include "app/crawl_plan.h"

#include <catch2/catch.hpp>

#include "core/embedded.h"

using namespace testigo;
using namespace std::chrono_literals;

namespace {

app::BrandSettings brand_with(std::string query) {
  app::BrandSettings brand;
  brand.name = "Acme Cloud";
  brand.query = std::move(query);
  return brand;
}

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

}  // namespace

TEST_CASE("search terms are the phrases that a query asks for", "[app]") {
  using Terms = std::vector<std::string>;
  CHECK(app::search_terms(brand_with("\"acme cloud\" OR acmecloud NOT \"acme corporation\"")) ==
        Terms{"acme cloud", "acmecloud"});
  CHECK(app::search_terms(brand_with("acme (cloud OR storage)")) == Terms{"acme"});
  CHECK(app::search_terms(brand_with("acm*")) == Terms{"Acme Cloud"});
  CHECK(app::search_terms(brand_with("lang:es")) == Terms{"Acme Cloud"});
}

TEST_CASE("a watch is due so long after its last finished pass began", "[app]") {
  app::WatchSettings watch;
  watch.key = "acme/x";
  watch.every = 6h;
  store::WatchState state;
  state.watch = "acme/x";
  CHECK(app::due_at(watch, {}, noon) == UtcTime{});
  CHECK(app::due_at(watch, {state}, noon) == UtcTime{});
  state.started = noon;
  state.last_finished = noon + 1h;
  CHECK(app::due_at(watch, {state}, noon) == noon + 5h + 42min);
  CHECK(app::due_at(watch, {state}, noon - 1h) == UtcTime{});  // begun by a clock that was wrong
  state.waiting = 3;  // left unfinished: at once
  CHECK(app::due_at(watch, {state}, noon) == UtcTime{});
}

TEST_CASE("built-in sources plan requests, unknown ones meet the nearest", "[app]") {
  auto files = app::rule_files(embedded_files(), std::nullopt);
  REQUIRE(files.has_value());
  const auto book = app::load_rule_book(std::move(*files));
  REQUIRE(book.has_value());
  const auto plan = [&](std::string_view source) {
    const std::string text = "[brand.acme]\n[[brand.acme.watch]]\nsource = \"" +
                             std::string(source) + "\"\n";
    const auto configuration = app::parse_configuration("testigo.toml", text);
    REQUIRE(configuration.has_value());
    return app::planned_watches(*configuration, *book, noon);
  };
  const auto good = plan("hackernews");
  REQUIRE(good.has_value());
  CHECK((*good)[0].matching == app::Matching::query);
  const auto missing = plan("hackernwes");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().code == Errc::not_found);
  CHECK(missing.error().where == "testigo.toml:2:1");
  CHECK(missing.error().what.find("hackernews") != std::string::npos);
  CHECK_FALSE(plan("appstore").has_value());  // it needs an app_id
}
