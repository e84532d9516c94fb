#include "render/changes_table.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

namespace {

Day day(std::string_view text) { return *parse_day(text); }

ExplainedChange fall() {
  ExplainedChange one;
  one.point.before = {day("2026-09-01"), day("2026-09-23")};
  one.point.after = {day("2026-09-24"), day("2026-10-19")};
  one.point.net_before = {0.2, {0.0, 0.4}};
  one.point.net_after = {-0.5, {-0.7, -0.3}};
  one.point.change = difference(one.point.net_after, one.point.net_before);
  one.point.p = 0.002;
  one.drivers = {{"app", -0.05, -0.41}};
  Quote quote;
  quote.text = "It no longer connects\x1b[2J.";
  quote.language = "en";
  quote.source = SourceId("forum");
  quote.day = day("2026-09-25");
  one.quotes = {quote};
  return one;
}

}  // namespace

TEST_CASE("a change is told with its notes, themes and sentences", "[render]") {
  const std::vector<Note> notes = {{day("2026-09-24"), "app 3.2 is out", {}},
                                   {day("2026-11-01"), "far away", {}}};
  CHECK("\n" + render_changes(std::vector{fall()}, notes, {80, false}) == R"(
from 2026-09-24 on net sentiment is -0.50, before +0.20
change -0.70 [-0.98, -0.42], p = 0.002
2026-09-01..2026-09-23 beside 2026-09-24..2026-10-19
* 2026-09-24  app 3.2 is out
moved by app -0.05 → -0.41
  “It no longer connects)"
                                                                          "\uFFFD"
                                                                          R"([2J.”
  en, forum, 2026-09-25, id 0000000000000000
)");
  CHECK(render_changes({}, notes, {80, false}) ==
        "no day from which on net sentiment is surely another\n");
  const std::string lines = render_rows(change_rows(std::vector{fall()}, notes), Format::jsonl);
  CHECK(lines.find(R"("themes":[{"name":"app","before":-0.05,"after":-0.41}])") !=
        std::string::npos);
  CHECK(lines.find("far away") == std::string::npos);
}

TEST_CASE("before and after a date stand beside the placebo date", "[render]") {
  BeforeAfter price;
  price.theme = "price";
  price.shift.before = {day("2026-09-21"), day("2026-10-04")};
  price.shift.after = {day("2026-10-05"), day("2026-10-18")};
  price.placebo.after = price.shift.before;
  price.shift.mentions_before = 50;
  price.shift.mentions_after = 60;
  price.shift.net_before = Estimate{0.4, {0.2, 0.6}};
  price.shift.net_after = Estimate{-0.2, {-0.4, 0.0}};
  price.shift.change = difference(*price.shift.net_after, *price.shift.net_before);
  price.adjusted_p = 0.004;
  price.effect = Effect::changed;
  CHECK("\n" + render_before_after(std::vector{price}, {110, false}) == R"(
2026-09-21..2026-10-04 beside 2026-10-05..2026-10-18; placebo date 2026-09-21

theme  before  after  net from     to  change    95% interval        p  placebo
price      50     60     +0.40  -0.20   -0.60    [-0.88, -0.32]  0.004        –    worse
)");
  const std::string lines = render_rows(before_after_rows(std::vector{price}), Format::jsonl);
  CHECK(lines.find(R"("effect":"changed")") != std::string::npos);
  CHECK(lines.find(R"("date":"2026-10-05","days":14)") != std::string::npos);
}
