#include "insight/statistics.h"

#include <catch2/catch.hpp>
#include <cmath>

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
  CHECK(all->interval.high == 1.0);
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

TEST_CASE("a mean of stars has the spread of its stars, and stays between 1 and 5", "[insight]") {
  CHECK_FALSE(mean_rating(0.0, {}).has_value());
  CHECK(mean_rating(4.0, {0, 0, 0, 1, 0})->interval == Interval{1.0, 5.0});
  // Two of one star and two of five: s² = 16/3, half width 1.96·√(16/3/4).
  const auto torn = mean_rating(12.0, {2, 0, 0, 0, 2});
  CHECK(torn->value == 3.0);
  CHECK(torn->interval.low == Approx(1.0));  // held at the scale's end
  const auto many = mean_rating(300.0, {50, 0, 0, 0, 50});
  CHECK(many->interval.low == Approx(3.0 - 1.95996 * std::sqrt(4.0404 / 100.0)).margin(1e-4));
}

TEST_CASE("what all say alike has an interval all the same, and a narrower one the more say it",
          "[insight]") {
  // Wilson's bounds of 1 of 1 and 0 of 1 are 0.2065 and 0.7935: 1 − √(0.7935² + 0.7935²).
  const auto one = net_sentiment(1, 0, 1);
  CHECK(one->value == 1.0);
  CHECK(one->interval.low == Approx(1.0 - 0.79346 * std::sqrt(2.0)).margin(1e-4));
  CHECK(one->interval.high == 1.0);
  const auto four = net_sentiment(0, 4, 4);
  CHECK(four->interval.low == -1.0);
  CHECK(four->interval.high == Approx(-1.0 + 0.48989 * std::sqrt(2.0)).margin(1e-4));
  const auto neutral = net_sentiment(0, 0, 4);
  CHECK(neutral->interval.low == Approx(-0.48989).margin(1e-4));
  CHECK(neutral->interval.high == Approx(0.48989).margin(1e-4));
  CHECK(net_sentiment(1000, 0, 1000)->interval.low > 0.99);
  const Estimate change = difference(*net_sentiment(3, 0, 3), *net_sentiment(1, 0, 1));
  CHECK(change.interval.low < -0.5);
  CHECK(change.interval.high > 0.5);
  const auto three = mean_rating(15.0, {0, 0, 0, 0, 3});
  CHECK(three->interval.low < 4.0);
  CHECK(three->interval.high == 5.0);
  CHECK(mean_rating(5000.0, {0, 0, 0, 0, 1000})->interval.low > 4.97);
}

TEST_CASE("p-values of many tests are adjusted as Benjamini and Hochberg do", "[insight]") {
  CHECK(false_discovery({}).empty());
  const std::vector<double> p = {0.04, 0.01, 0.03, 0.8};
  const auto adjusted = false_discovery(p);
  CHECK(adjusted[1] == Approx(0.04));
  CHECK(adjusted[2] == Approx(0.04 / 3.0 * 4.0));
  CHECK(adjusted[0] == Approx(0.04 / 3.0 * 4.0));
  CHECK(adjusted[3] == Approx(0.8));
}

TEST_CASE("a difference at the edge of its interval has a p of one in twenty", "[insight]") {
  CHECK(two_sided_p({0.3, {0.0, 0.6}}) == Approx(0.05).margin(1e-6));
  CHECK(two_sided_p({0.0, {-0.1, 0.1}}) == 1.0);
  CHECK(two_sided_p({0.0, {0.0, 0.0}}) == 1.0);
  CHECK(two_sided_p({2.0, {2.0, 2.0}}) == 0.0);
}
