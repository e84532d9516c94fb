#include "render/share_table.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

namespace {

std::vector<Voice> voices() {
  BrandSums acme{BrandId("acme"), 10, {10, 0, 0, 0, 0}, {10, 0, 0, 0}};
  BrandSums globex{BrandId("globex"), 30, {2, 28, 0, 0, 0}, {2, 28, 0, 0}};
  return share_of_voice(std::vector{acme, globex});
}

std::vector<SwitchCell> cells() {
  Crossing crossing;
  crossing.from = BrandId("acme");
  crossing.themes = {"app"};
  crossing.quote.mention = MentionId(255);
  crossing.quote.text = "Off to\x1b[31m something else";
  crossing.quote.language = "en";
  crossing.quote.source = SourceId("forum");
  crossing.quote.day = *parse_day("2026-11-02");
  return switch_matrix(std::vector{crossing});
}

}  // namespace

TEST_CASE("shares are drawn with their intervals, small samples marked", "[render]") {
  CHECK("\n" + render_voices(voices(), {}) == R"(
brand   mentions  voice    95% interval  advocacy    95% interval    net
globex        30    75%    [60%, 86%]         17% ~  [5%, 45%]     -0.87
acme          10    25%    [14%, 40%]         83% ~  [55%, 95%]    +1.00 ~
~ of fewer than 30: read with care
)");
  const Rows rows = voice_rows(voices());
  REQUIRE(rows.rows.size() == 2);
  CHECK(rows.rows[0].size() == rows.columns.size());
}

TEST_CASE("a switch shows its words, made harmless, and the way to them", "[render]") {
  const std::string text = render_switches(cells(), {});
  CHECK(text.find("acme → (not said)") != std::string::npos);
  CHECK(text.find("app 1") != std::string::npos);
  CHECK(text.find("id 00000000000000ff") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(render_switches({}, {}) == "nobody says so\n");
}

TEST_CASE("switches as rows have null for none of the brands, and quotes as JSON", "[render]") {
  Rows rows = switch_rows(cells());
  REQUIRE(rows.rows.size() == 1);
  REQUIRE(rows.rows[0].size() == rows.columns.size());
  CHECK(rows.rows[0][1] == Value());
  const std::string json = render_rows(std::move(rows), Format::jsonl);
  CHECK(json.find(R"("themes":{"app":1})") != std::string::npos);
  CHECK(json.find(R"("quotes":[{"id":"00000000000000ff")") != std::string::npos);
}
