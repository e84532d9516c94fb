#include "classify/groups.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace testigo::classify;

TEST_CASE("numbers come by group, in the order in which they were given", "[classify]") {
  const std::vector<Groups::Entry> entries = {{2, 9}, {0, 5}, {2, 1}, {0, 5}, {2, 4}};
  const Groups groups(entries, 4);
  const auto is = [&](std::size_t group, std::vector<std::uint32_t> numbers) {
    return std::ranges::equal(groups[group], numbers);
  };
  CHECK(is(0, {5, 5}));
  CHECK(is(1, {}));
  CHECK(is(2, {9, 1, 4}));
  CHECK(is(3, {}));
  CHECK(Groups({}, 1)[0].empty());
}
