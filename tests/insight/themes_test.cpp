#include "insight/themes.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace testigo;
using namespace testigo::insight;

namespace {

ThemeSums sums(std::string theme, std::int64_t good, std::int64_t bad) {
  return {std::move(theme), good + bad, {good, bad, 0, 0}};
}

constexpr Exposure whole{30, 30};

}  // namespace

TEST_CASE("themes are ranked by volume, pain and growth", "[insight]") {
  const std::vector now = {sums("price", 30, 10), sums("app", 1, 19), sums("sound", 50, 0)};
  const std::vector before = {sums("price", 20, 19), sums("app", 4, 5), sums("screen", 1, 1)};
  const auto themes = rank_themes(now, before, whole, whole);
  REQUIRE(themes.size() == 4);
  CHECK(themes[0].theme == "app");
  CHECK(themes[0].growth->value == Approx(2.1));
  CHECK(themes[0].growth->interval.low < 2.1);
  CHECK(themes[0].rank == Approx(20 * 0.95 * 2.1));
  CHECK(themes[0].small);
  CHECK(themes[1].theme == "price");
  CHECK(themes[1].rank == Approx(40 * 0.25 * 41.0 / 40.0));
  CHECK_FALSE(themes[1].small);
  CHECK(themes[2].theme == "sound");
  CHECK(themes[3].theme == "screen");
  CHECK(themes[3].mentions == 0);
  CHECK(themes[3].growth->value == Approx(1.0 / 3.0));
}

TEST_CASE("against a period that nobody saw there is no growth", "[insight]") {
  const auto themes = rank_themes(std::vector{sums("app", 0, 10)}, {}, whole, {0, 30});
  REQUIRE(themes.size() == 1);
  CHECK_FALSE(themes[0].growth.has_value());
  CHECK(themes[0].rank == Approx(10.0));
  CHECK(rank_themes({}, {}, whole, whole).empty());
}

TEST_CASE("growth is of what a seen day had, not of days that nobody saw", "[insight]") {
  const std::vector now = {sums("price", 10, 29)};
  const std::vector before = {sums("price", 9, 10)};
  const auto themes = rank_themes(now, before, whole, {15, 30});
  CHECK(themes[0].growth->value == Approx(1.0));
  CHECK(themes[0].growth->interval.low == Approx(std::exp(-z95 * std::sqrt(1.0 / 40 + 1.0 / 20))));
  CHECK(rank_themes(now, before, {15, 30}, whole)[0].growth->value == Approx(4.0));
  CHECK_FALSE(rank_themes(now, before, {0, 30}, whole)[0].growth.has_value());
}
