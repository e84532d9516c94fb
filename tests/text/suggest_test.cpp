#include "text/suggest.h"

#include <array>
#include <catch2/catch.hpp>
#include <string>

using namespace testigo::text;

TEST_CASE("edits are counted, a swap of neighbours as one", "[text]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("source", "source") == 0);
  CHECK(edit_distance("soruce", "source") == 1);
  CHECK(edit_distance("sorce", "source") == 1);
  CHECK(edit_distance("", "tag") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("only a near candidate is suggested", "[text]") {
  constexpr std::array<std::string_view, 4> names = {"lang", "source", "tag", "stage"};
  CHECK(did_you_mean("langg", names) == "lang");
  CHECK(did_you_mean("sorce", names) == "source");
  CHECK(did_you_mean("stge", names) == "stage");
  CHECK_FALSE(did_you_mean("colour", names).has_value());
  CHECK_FALSE(did_you_mean("", names).has_value());
}

TEST_CASE("very long words are compared by their beginnings", "[text]") {
  CHECK(edit_distance(std::string(100'000, 'a'), std::string(100'000, 'a') + "b") == 0);
  constexpr std::array<std::string_view, 1> names = {"lang"};
  CHECK_FALSE(did_you_mean(std::string(100'000, 'a'), names).has_value());
}
