#include "insight/change_points.h"

#include <catch2/catch.hpp>
#include <random>

#include "insight/permutation.h"

using namespace testigo;
using namespace testigo::insight;

namespace {

Day day(std::string_view text) { return *parse_day(text); }

// Days of ten mentions each, drawn with that share of positive ones, the others negative.
void add_days(std::vector<DayCounts>& days, int count, double positive, std::mt19937& random) {
  for (int i = 0; i < count; ++i) {
    DayCounts one;
    one.day = days.empty() ? day("2026-01-01") : Day{days.back().day.days + std::chrono::days(1)};
    one.classified = 10;
    for (int j = 0; j < 10; ++j)
      if (static_cast<double>(random() % 1000) < positive * 1000) ++one.positive;
    one.negative = 10 - one.positive;
    days.push_back(one);
  }
}

}  // namespace

TEST_CASE("the day on which sentiment turns is found, and the day it turns back", "[insight]") {
  std::mt19937 random(1);
  std::vector<DayCounts> days;
  add_days(days, 30, 0.7, random);
  add_days(days, 20, 0.2, random);
  add_days(days, 40, 0.7, random);
  const auto found = change_points(days);
  REQUIRE(found.size() == 2);
  CHECK(std::abs((found[0].after.first.days - day("2026-01-31").days).count()) <= 1);
  CHECK(std::abs((found[1].after.first.days - day("2026-02-20").days).count()) <= 1);
  CHECK(found[0].change.value < -0.7);
  CHECK(found[0].change.interval.high < 0.0);
  CHECK(found[1].change.value > 0.7);
  CHECK(found[0].before.first == day("2026-01-01"));
  CHECK(found[0].after.last.days + std::chrono::days(1) == found[1].after.first.days);
  CHECK(found[1].before == found[0].after);
  CHECK(found[1].after.last == days.back().day);
  CHECK(change_points(days)[0].p == found[0].p);  // the same each time
}

TEST_CASE("where nothing changes, a change is found in about one window of twenty", "[insight]") {
  std::mt19937 random(7);
  int windows = 0;
  for (int i = 0; i < 40; ++i) {
    std::vector<DayCounts> days;
    add_days(days, 40, 0.5, random);
    if (!change_points(days).empty()) ++windows;
  }
  CHECK(windows <= 6);  // more than that has a probability under 0.02
}

TEST_CASE("one loud day is an event, not a change", "[insight]") {
  std::mt19937 random(3);
  std::vector<DayCounts> days;
  add_days(days, 60, 0.6, random);
  days[30].negative += 200;
  days[30].classified += 200;
  CHECK(change_points(days).empty());
}

TEST_CASE("more questions are no change of net sentiment", "[insight]") {
  std::mt19937 random(11);
  std::vector<DayCounts> days;
  add_days(days, 60, 0.5, random);
  for (std::size_t i = 30; i < days.size(); ++i) days[i].classified += 10;
  CHECK(change_points(days).empty());
  // Beside a true one it is not told, and the true one stands for all the days around it.
  days.clear();
  add_days(days, 40, 0.9, random);
  add_days(days, 60, 0.5, random);
  for (std::size_t i = 70; i < days.size(); ++i) days[i].classified += 10;
  const auto found = change_points(days);
  REQUIRE(found.size() == 1);
  CHECK(std::abs((found[0].after.first.days - days[40].day.days).count()) <= 2);
  CHECK(found[0].after.last == days.back().day);
}

TEST_CASE("too few to tell, nothing at all, and years of days", "[insight]") {
  CHECK(change_points({}).empty());
  std::mt19937 random(5);
  std::vector<DayCounts> days;
  add_days(days, 2, 1.0, random);
  add_days(days, 2, 0.0, random);
  CHECK(change_points(days).empty());  // 20 a side
  days.clear();
  add_days(days, 300, 0.7, random);
  add_days(days, 300, 0.3, random);
  const auto found = change_points(days);
  REQUIRE(found.size() == 1);
  CHECK(std::abs((found[0].after.first.days - days[300].day.days).count()) <= 7);
}

TEST_CASE("themes drive a change by how far they moved it the way it went", "[insight]") {
  const std::vector<DayCounts> days = {{day("2026-01-01"), 80, 20, 100},
                                       {day("2026-01-02"), 20, 80, 100}};
  ChangePoint change;
  change.before = {day("2026-01-01"), day("2026-01-01")};
  change.after = {day("2026-01-02"), day("2026-01-02")};
  change.change = {-1.2, {-1.3, -1.1}};
  std::vector<DayTotals> themes;
  const auto add = [&](std::string_view on, std::string theme, Polarity polarity, int mentions) {
    DailyRollup row;
    row.day = day(on);
    row.polarity = polarity;
    row.mentions = mentions;
    themes.push_back(totals_of(row, std::move(theme)));
  };
  add("2026-01-01", "app", Polarity::negative, 5);
  add("2026-01-02", "app", Polarity::negative, 60);
  add("2026-01-02", "price", Polarity::negative, 10);
  add("2026-01-02", "design", Polarity::positive, 90);
  add("2026-01-01", "delivery", Polarity::negative, 9);
  const auto drivers = drivers_of(change, days, themes);
  REQUIRE(drivers.size() == 2);
  CHECK(drivers[0] == Driver{"app", -0.05, -0.60});
  CHECK(drivers[1] == Driver{"price", 0.0, -0.10});
  change.change.value = 1.2;
  CHECK(drivers_of(change, days, themes)[0] == Driver{"design", 0.0, 0.90});
  CHECK(drivers_of(change, days, themes)[1] == Driver{"delivery", -0.09, 0.0});
}
