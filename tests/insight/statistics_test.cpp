#include "insight/statistics.h"

#include <catch2/catch.hpp>

using namespace testigo::insight;

TEST_CASE("Wilson's interval is that of the textbooks", "[insight]") {
  // Newcombe 1998, table I: 81 of 263 and 0 of 20.
  const auto textbook = share(81, 263);
  REQUIRE(textbook.has_value());
  CHECK(textbook->value == Approx(0.30798).margin(1e-5));
  CHECK(textbook->interval.low == Approx(0.2553).margin(1e-4));
  CHECK(textbook->interval.high == Approx(0.3662).margin(1e-4));
  const auto none = share(0, 20);
  CHECK(none->interval.low == 0.0);
  CHECK(none->interval.high == Approx(0.1611).margin(1e-4));
  const auto all = share(20, 20);
  CHECK(all->interval.high == 1.0);
  CHECK(all->interval.low == Approx(0.8389).margin(1e-4));
}

TEST_CASE("an empty sample has no figure, rather than zero", "[insight]") {
  CHECK_FALSE(share(0, 0).has_value());
  CHECK_FALSE(net_sentiment(0, 0, 0).has_value());
}

TEST_CASE("net sentiment counts the neutral in its denominator", "[insight]") {
  // p = 0.5, n = 0.3, N = 100: ± 1.96·√((0.8 − 0.04)/100) = ± 0.17087
  const auto net = net_sentiment(50, 30, 100);
  REQUIRE(net.has_value());
  CHECK(net->value == Approx(0.2));
  CHECK(net->interval.low == Approx(0.2 - 0.17087).margin(1e-5));
  CHECK(net->interval.high == Approx(0.2 + 0.17087).margin(1e-5));
}

TEST_CASE("net sentiment stays within its range", "[insight]") {
  const auto all = net_sentiment(7, 0, 7);
  CHECK(all->value == 1.0);
  CHECK(all->interval == Interval{1.0, 1.0});
  const auto one = net_sentiment(1, 1, 2);
  CHECK(one->interval.low == -1.0);
  CHECK(one->interval.high == 1.0);
}

TEST_CASE("half widths of a difference add in quadrature", "[insight]") {
  const Estimate change = difference({0.5, {0.2, 0.8}}, {0.1, {-0.3, 0.5}});
  CHECK(change.value == Approx(0.4));
  CHECK(change.interval.low == Approx(-0.1));
  CHECK(change.interval.high == Approx(0.9));
}
