#include "app/list_readings.h"

#include <catch2/catch.hpp>

using namespace testigo;
using app::ListPage;
using app::ListReadings;
using extract::Stretch;

namespace {

UtcTime hour(int number) { return UtcTime{} + std::chrono::hours(number); }

// The posts of the lists on a page, in their order: their hours are their ids, too.
ListPage page(std::int64_t number, const std::vector<std::vector<int>>& lists) {
  ListPage one;
  one.number = number;
  for (const std::vector<int>& hours : lists) {
    Stretch& stretch = one.stretches.emplace_back();
    for (const int at : hours) {
      one.posts.emplace_back(at);
      stretch.falls = stretch.falls && (!stretch.last || hour(at) <= *stretch.last);
      if (!stretch.first) stretch.first = hour(at);
      stretch.last = hour(at);
      stretch.posts = ++stretch.dated;
    }
  }
  return one;
}

ListPage last(ListPage one) {
  one.ends_whole = true;
  return one;
}

}  // namespace

TEST_CASE("two lists on one page reach back as far as the one that reaches less far", "[app]") {
  ListReadings readings;
  const auto first = readings.add("a", page(0, {{50, 40, 30}, {90, 80, 20}}));
  REQUIRE(first);
  CHECK(first->window == TimeWindow{hour(30), std::nullopt});
  CHECK(first->gaps.empty());
  CHECK_FALSE(first->whole);
  const auto second = readings.add("a", page(1, {{}, {15, 10}}));
  REQUIRE(second);
  CHECK(second->window == TimeWindow{hour(10), std::nullopt});  // one has ended
  CHECK(second->before == std::vector{PostId(50), PostId(40), PostId(30), PostId(90), PostId(80),
                                      PostId(20), PostId(15), PostId(10)});
  const auto third = readings.add("a", page(2, {{}, {}}));
  REQUIRE(third);
  CHECK(third->window == TimeWindow{hour(10), std::nullopt});
}

TEST_CASE("few dates tell an order only where the source says it", "[app]") {
  ListReadings readings;
  ListPage few = page(0, {{50, 40}, {90, 80, 20}});
  CHECK_FALSE(readings.add("a", few)->window);
  few.newest_first = true;
  CHECK(readings.add("a", few)->window == TimeWindow{hour(40), std::nullopt});
}

TEST_CASE("what may have moved between two pages is not missed", "[app]") {
  ListReadings readings;
  REQUIRE(readings.add("a", page(0, {{90, 80, 70}})));
  const auto shown = readings.add("a", last(page(1, {{50, 40}})));
  REQUIRE(shown);
  CHECK(shown->whole);
  CHECK(shown->gaps == std::vector{TimeWindow{hour(50), hour(70)}});
  REQUIRE(readings.add("a", page(0, {{10, 90, 20}})));
  const auto unordered = readings.add("a", last(page(1, {{70, 80}})));
  REQUIRE(unordered);
  CHECK_FALSE(unordered->whole);  // it may have moved from anywhere to anywhere
  CHECK_FALSE(unordered->window);
}

TEST_CASE("several pages without dates, or ended by one without posts, do not show all", "[app]") {
  ListReadings readings;
  const auto undated = [](ListPage one) {
    for (Stretch& stretch : one.stretches) {
      stretch.first = stretch.last = std::nullopt;
      stretch.dated = 0;
    }
    return one;
  };
  REQUIRE(readings.add("a", undated(page(0, {{90, 80, 70}}))));
  CHECK_FALSE(readings.add("a", undated(last(page(1, {{50, 40}}))))->whole);
  REQUIRE(readings.add("a", page(0, {{90, 80, 70}})));
  const auto ended = readings.add("a", last(page(1, {{}})));
  REQUIRE(ended);
  CHECK_FALSE(ended->whole);
  CHECK(ended->window == TimeWindow{hour(70), std::nullopt});
}

TEST_CASE("a list on one page is whole in any order, but not without posts", "[app]") {
  ListReadings readings;
  CHECK(readings.add("a", last(page(0, {{10, 90, 20}})))->whole);
  CHECK(!readings.add("a", last(page(0, {{}}))));
  CHECK(!readings.add("a", last(page(0, {{10, 90, 20}, {}}))));
}

TEST_CASE("a page that was not read tells nothing of the list behind it", "[app]") {
  ListReadings readings;
  CHECK(!readings.add("a", page(1, {{70, 60}})));
  CHECK(readings.add("a", page(0, {{90, 80}})));
  CHECK(!readings.add("a", page(2, {{70, 60}})));
  CHECK(!readings.add("a", page(3, {{70, 60}})));
  CHECK(readings.add("b", page(0, {{90, 80}})));
  readings.forget("b");
  CHECK(!readings.add("b", page(1, {{70, 60}})));
}
