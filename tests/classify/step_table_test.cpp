#include "classify/step_table.h"

#include <catch2/catch.hpp>

using namespace testigo::classify;

TEST_CASE("steps are found again and come in order, however many there are", "[classify]") {
  constexpr std::uint32_t nodes = 1000;
  constexpr std::uint32_t met = 97;
  StepTable table;
  for (std::uint32_t i = 0; i < nodes * met; ++i) {
    const std::uint32_t shuffled = i * 7919 % (nodes * met);  // 7919 is prime: each comes once
    table.at(shuffled / met, shuffled % met) = shuffled + 1;
  }
  CHECK(table.at(3, 5) == 3 * met + 5 + 1);
  const auto steps = table.sorted(nodes);
  REQUIRE(steps.size() == nodes * met);
  bool all_in_place = true;
  for (std::uint32_t i = 0; i < steps.size(); ++i)
    all_in_place = all_in_place && steps[i].node == i / met && steps[i].met == i % met &&
                   steps[i].next == i + 1;
  CHECK(all_in_place);
}
