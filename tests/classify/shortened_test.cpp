#include "classify/shortened.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo::classify;

TEST_CASE("runs of a letter are cut down", "[classify]") {
  CHECK(Shortened("goood", {3, 2}).view() == "good");
  CHECK(Shortened("excellentttt", {3, 1}).view() == "excellent");
  CHECK(Shortened("feelll", {2, 1}).view() == "fel");
  CHECK(Shortened("so", {3, 1}).view() == "so");
  CHECK(Shortened("", {3, 1}).view().empty());
  CHECK(Shortened("ñññ", {3, 1}).view() == "ñññ");
}

TEST_CASE("of a long word the first bytes are kept", "[classify]") {
  CHECK(Shortened(std::string(1000, 'a'), {3, 2}).view() == "aa");
  CHECK(Shortened(std::string(1000, 'a') + "b", {2000, 1}).view() == std::string(64, 'a'));
}
