#include "classify/atoms.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

using namespace testigo::classify;
using testigo::text::TokenKind;

TEST_CASE("atoms are told apart by kind and text", "[classify]") {
  AtomSets sets;
  const AtomId word = sets.word("art");
  const AtomId stem = sets.stem("art");
  const AtomId kind = AtomSets::of_kind(TokenKind::url);
  CHECK(sets.word("art") == word);
  CHECK(word != stem);
  CHECK(sets.word("cart") != word);
  CHECK(AtomSets::kind_of(word) == AtomSets::Kind::word);
  CHECK(AtomSets::kind_of(stem) == AtomSets::Kind::stem);
  CHECK(AtomSets::kind_of(kind) == AtomSets::Kind::token_kind);
  CHECK(sets.text_of(word) == "art");
  CHECK(sets.text_of(stem) == "art");
  CHECK(AtomSets::token_kind_of(kind) == TokenKind::url);
}

TEST_CASE("a set has one number, however it is listed", "[classify]") {
  AtomSets sets;
  const AtomId red = sets.word("red");
  const AtomId blue = sets.word("blue");
  const auto intern = [&](std::vector<AtomId> atoms) { return sets.intern(atoms); };
  const std::uint32_t both = intern({blue, red, blue});
  CHECK(intern({red, blue}) == both);
  CHECK(sets.atoms(both).size() == 2);
  CHECK(sets.intern(red) == intern({red, red}));
  CHECK(sets.intern(red) != both);
  CHECK(sets.size() == 2);
}

TEST_CASE("sets keep their numbers and atoms, however many there are", "[classify]") {
  AtomSets sets;
  constexpr AtomId count = 3000;
  const auto pair = [](AtomId first) { return std::vector<AtomId>{first, first + count}; };
  for (AtomId i = 0; i < count; ++i) {
    auto atoms = pair(i);
    REQUIRE(sets.intern(atoms) == i);
  }
  for (AtomId i = 0; i < count; ++i) {
    auto atoms = pair(i);
    REQUIRE(sets.intern(atoms) == i);
    REQUIRE(std::ranges::equal(sets.atoms(i), pair(i)));
  }
  CHECK(sets.size() == count);
}
