#include "fetch/revisit.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::fetch;
using std::chrono::days;
using std::chrono::hours;

TEST_CASE("a page is first asked again at the watch's own rhythm", "[fetch]") {
  CHECK(next_interval({}, true, hours(6)) == hours(6));
  CHECK(next_interval({}, false, hours(6)) == hours(6));
}

TEST_CASE("a page that changes is asked sooner, one that does not later", "[fetch]") {
  CHECK(next_interval(hours(48), true, hours(6)) == hours(24));
  CHECK(next_interval(hours(48), false, hours(6)) == hours(72));
}

TEST_CASE("the interval stays between floor and ceiling", "[fetch]") {
  CHECK(next_interval(hours(8), true, hours(6)) == hours(6));
  CHECK(next_interval(days(25), false, hours(6)) == days(30));
  CHECK(next_interval(Millis::max(), false, hours(6)) == days(30));
  CHECK(next_interval(Millis::min(), true, Millis(-5)) == Millis(0));
  // Who asks every 90 days is not made to ask every 30.
  CHECK(next_interval(days(90), true, days(90)) == days(90));
  CHECK(next_interval(days(90), false, days(90)) == days(90));
}

TEST_CASE("the interval settles around a page's own rhythm", "[fetch]") {
  // Changes every 10 days; asked again and again for two years.
  Millis now{0};
  Millis last_change_seen{0};
  Millis interval = next_interval({}, false, hours(6));
  int visits = 0;
  while (now < days(730)) {
    now += interval;
    ++visits;
    const Millis last_change = (now / Millis(days(10))) * Millis(days(10));
    const bool changed = last_change > last_change_seen;
    last_change_seen = last_change;
    interval = next_interval(interval, changed, hours(6));
  }
  CHECK(visits > 73);
  CHECK(visits < 250);
}
