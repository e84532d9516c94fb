#include "app/axis_shifts.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::app;

TEST_CASE("a mention that changes on no axis counts nowhere", "[app]") {
  AxisShifts shifts;
  Verdict verdict;
  verdict.themes = {{"price", Polarity::negative}};
  const MentionValues same{Polarity::neutral, verdict};
  CHECK(count_shifts(shifts, MentionId(1), same, same).empty());
  CHECK(shifts.empty());
}

TEST_CASE("each axis counts mentions, and where from and to, most first", "[app]") {
  AxisShifts shifts;
  Verdict before, after;
  after.act = Act::complain;
  for (const std::int64_t id : {1, 2, 3}) {
    before.act = id == 1 ? std::nullopt : std::optional(Act::report);
    CHECK(count_shifts(shifts, MentionId(id), {Polarity::neutral, before},
                       {Polarity::neutral, after}) == std::vector{Axis::act});
  }
  REQUIRE(shifts.size() == 1);
  CHECK(shifts[Axis::act].mentions == 3);
  const auto changes = commonest(shifts[Axis::act]);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].first == ValuePair("report", "complain"));
  CHECK(changes[0].second.mentions == 2);
  CHECK(changes[0].second.example == MentionId(2));
  CHECK(changes[1].first == ValuePair("none", "complain"));
}

TEST_CASE("themes come, go and sound otherwise; the mention counts once", "[app]") {
  AxisShifts shifts;
  Verdict before, after;
  before.themes = {{"price", Polarity::negative}, {"app", Polarity::neutral}};
  after.themes = {{"price", Polarity::positive}, {"sound", Polarity::neutral}};
  CHECK(count_shifts(shifts, MentionId(1), {{}, before}, {{}, after}) == std::vector{Axis::theme});
  AxisShift& themes = shifts[Axis::theme];
  CHECK(themes.mentions == 1);
  CHECK(themes.values.size() == 3);
  CHECK(themes.values.contains({"price:negative", "price:positive"}));
  CHECK(themes.values.contains({"app:neutral", "none"}));
  CHECK(themes.values.contains({"none", "sound:neutral"}));
}
