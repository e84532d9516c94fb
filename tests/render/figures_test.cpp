#include "render/figures.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "render/spark.h"

using namespace testigo::render;

TEST_CASE("figures are written as people read them", "[render]") {
  CHECK(fixed(-0.001, 2) == "0.00");
  CHECK(signed_fixed(0.314, 2) == "+0.31");
  CHECK(signed_fixed(-0.314, 2) == "-0.31");
  CHECK(signed_fixed(0.001, 2) == "0.00");
  CHECK(fixed(std::nan(""), 2) == "–");
  CHECK(fixed(1e308, 2).size() == 312);
  CHECK(percent(0.425) == "42%");
  CHECK(grouped(0) == "0");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(grouped(999) == "999");
  CHECK(byte_size(999) == "999 B");
  CHECK(byte_size(1'400'000) == "1.4 MB");
  CHECK(byte_size(999'999) == "1.0 MB");
  CHECK(duration(std::chrono::milliseconds(850)) == "850 ms");
  CHECK(duration(std::chrono::milliseconds(12'345)) == "12.3 s");
  CHECK(duration(std::chrono::milliseconds(59'999)) == "1 min 0 s");
  CHECK(duration(std::chrono::hours(25)) == "25 h 0 min");
  CHECK(counted(1, "page") == "1 page");
  CHECK(counted(1200, "copy", "copies") == "1,200 copies");
}

TEST_CASE("a sparkline shows gaps as blanks", "[render]") {
  using Values = std::vector<std::optional<double>>;
  CHECK(sparkline(Values{0.0, 1.0, std::nullopt, 7.0}) == "▁▂ █");
  CHECK(sparkline(Values{-1.0, 0.0, 1.0, 5.0}, {-1.0, 1.0}) == "▁▅██");
  CHECK(sparkline(Values{0.0, 0.0}) == "▁▁");
  CHECK(sparkline(Values{}).empty());
  CHECK(sparkline(Values{std::nan("")}) == "▁");
}

TEST_CASE("a bar shows its value and interval", "[render]") {
  CHECK(interval_bar(0.5, 0.3, 0.7, {0.0, 1.0}, 11) == "███├─●─┤···");
  CHECK(interval_bar(0.5, 0.5, 0.5, {0.0, 1.0}, 11) == "█████●·····");
  CHECK(interval_bar(-0.4, -0.6, -0.2, {-1.0, 1.0}, 11) == "··├●┤█·····");
  CHECK(interval_bar(9.0, 8.0, 10.0, {0.0, 1.0}, 5) == "████●");
}
