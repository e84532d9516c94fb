#include "insight/before_after.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

const Day date = *parse_day("2026-03-01");

// All mentions: so many good and bad a day for the days [from, to) about the date.
void add(std::vector<DailyRollup>& rows, int from, int to, int good, int bad) {
  for (int at = from; at < to; ++at) {
    DailyRollup row;
    row.day = Day{date.days + std::chrono::days(at)};
    row.polarity = Polarity::positive;
    row.mentions = good + (at % 2 == 0 ? 1 : 0);
    rows.push_back(row);
    row.polarity = Polarity::negative;
    row.mentions = bad + (at % 3 == 0 ? 1 : 0);
    rows.push_back(row);
  }
}

// Those of one theme.
void add(std::vector<DayTotals>& themes, const std::string& theme, int from, int to, int good,
         int bad) {
  std::vector<DailyRollup> rows;
  add(rows, from, to, good, bad);
  for (const DailyRollup& row : rows) themes.push_back(totals_of(row, theme));
}

const BeforeAfter& of(const std::vector<BeforeAfter>& found, const std::string& theme) {
  for (const BeforeAfter& one : found)
    if (one.theme.value_or("") == theme) return one;
  FAIL("no " << theme);
  return found.front();
}

}  // namespace

TEST_CASE("what changed at the date is told from what was moving already", "[insight]") {
  std::vector<DailyRollup> all;
  std::vector<DayTotals> themes;
  add(all, -28, 14, 5, 5);
  add(themes, "price", -28, 0, 5, 1);
  add(themes, "price", 0, 14, 1, 5);
  add(themes, "app", -28, -14, 6, 0);
  add(themes, "app", -14, 0, 3, 3);
  add(themes, "app", 0, 14, 0, 6);
  add(themes, "sound", -28, 14, 3, 3);
  add(themes, "room", -3, 3, 0, 0);
  const auto found = before_and_after(all, themes, date, 14);
  REQUIRE(found.size() == 5);
  CHECK_FALSE(found[0].theme.has_value());
  CHECK(found[0].effect == Effect::none);
  CHECK(of(found, "price").effect == Effect::changed);
  CHECK(of(found, "price").shift.change->value < -0.5);
  CHECK(*of(found, "price").placebo.p > 0.05);
  CHECK(of(found, "app").effect == Effect::changed_earlier);
  CHECK(of(found, "sound").effect == Effect::none);
  CHECK(of(found, "room").shift.small);
  CHECK_FALSE(of(found, "room").adjusted_p.has_value());
  CHECK(of(found, "price").shift.before ==
        DayRange{{date.days - std::chrono::days(14)}, {date.days - std::chrono::days(1)}});
  CHECK(of(found, "price").placebo.after == of(found, "price").shift.before);
}

TEST_CASE("a date about which nothing was said has no change", "[insight]") {
  const auto found = before_and_after({}, {}, date, 7);
  REQUIRE(found.size() == 1);
  CHECK(found[0].shift.small);
  CHECK_FALSE(found[0].shift.p.has_value());
  CHECK_FALSE(found[0].shift.change.has_value());
}

TEST_CASE("one loud day does not make a dated change", "[insight]") {
  const std::vector<DailyRollup> all;
  std::vector<DayTotals> themes;
  add(themes, "price", -28, 14, 3, 3);
  DailyRollup loud;
  loud.day = Day{date.days + std::chrono::days(5)};
  loud.polarity = Polarity::negative;
  loud.mentions = 60;
  themes.push_back(totals_of(loud, "price"));
  CHECK(of(before_and_after(all, themes, date, 14), "price").effect == Effect::none);
}
