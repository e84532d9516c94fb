#include "classify/vocabulary.h"

#include <catch2/catch.hpp>

using namespace testigo::classify;

TEST_CASE("a word keeps its number, however many follow", "[classify]") {
  Vocabulary words;
  const auto word = [](std::uint32_t i) {  // shorter and longer than a chunk
    return (i % 2 == 0 ? "w" : "a longer word ") + std::to_string(i);
  };
  for (std::uint32_t i = 0; i < 3000; ++i) {
    REQUIRE(words.add(word(i)) == i);
    if (i == 1000) words.reserve(5000);
  }
  CHECK(words.size() == 3000);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    REQUIRE(words.find(word(i)) == i);
    REQUIRE(words.word(i) == word(i));
    REQUIRE(words.add(word(i)) == i);
  }
  CHECK(words.find("w3001") == Vocabulary::none);
  CHECK(words.find("a longer word 3000") == Vocabulary::none);
}

TEST_CASE("another spelling means the word until it is one of its own", "[classify]") {
  Vocabulary words;
  const std::uint32_t not_to = words.add("couldn't");
  words.alias("couldnt", not_to);
  words.alias("couldn't", 7);
  CHECK(words.find("couldnt") == not_to);
  CHECK(words.find("couldn't") == not_to);
  CHECK(words.size() == 1);
  const std::uint32_t own = words.add("couldnt");
  CHECK(own == 1);
  CHECK(words.find("couldnt") == own);
  CHECK(words.word(own) == "couldnt");
  CHECK(words.word(not_to) == "couldn't");
}

TEST_CASE("stems are found at the beginning of words", "[classify]") {
  StemTrie stems;
  const std::uint32_t in = stems.add("in");
  const std::uint32_t insult = stems.add("insult");
  const std::uint32_t oddly = stems.add("\xC8\x99t");
  CHECK(stems.add("insult") == insult);
  CHECK(stems.longest("insulted") == insult);
  CHECK(stems.longest("insulin") == in);
  CHECK(stems.longest("in") == in);
  CHECK(stems.longest("\xC8\x99tia") == oddly);
  for (const std::string_view other : {"", "i", "an", "i\xC8", "\xC8", "\xC8\x98t", "ni"})
    CHECK(stems.longest(other) == StemTrie::none);
  CHECK(stems.all("insulted") == std::vector<std::uint32_t>{in, insult});
  CHECK(stems.all("inn") == std::vector<std::uint32_t>{in});
  CHECK(stems.all("i").empty());
  CHECK(stems.all("ox").empty());
}
