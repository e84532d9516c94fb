#include "store/keyed_numbers.h"

#include <catch2/catch.hpp>
#include <initializer_list>

using testigo::store::KeyedNumbers;
using testigo::store::NumberKey;

namespace {

NumberKey key_of(std::initializer_list<std::uint64_t> words) {
  NumberKey key;
  for (const std::uint64_t word : words) key.add(word);
  return key;
}

}  // namespace

TEST_CASE("a key's number is found among thousands, and no other's", "[store]") {
  KeyedNumbers numbers;
  CHECK(numbers.find({}) == 0);
  numbers.put({}, 9);
  for (std::uint64_t i = 1; i <= 5000; ++i)
    numbers.put(key_of({7, i}), static_cast<std::int64_t>(i));
  CHECK(numbers.size() == 5001);
  CHECK(numbers.find({}) == 9);
  int wrong = 0;
  for (std::uint64_t i = 1; i <= 5000; ++i)
    if (numbers.find(key_of({7, i})) != static_cast<std::int64_t>(i)) ++wrong;
  CHECK(wrong == 0);
  CHECK(numbers.find(key_of({7})) == 0);
  CHECK(numbers.find(key_of({7, 5001})) == 0);
  numbers.put({}, 10);
  CHECK(numbers.find({}) == 10);
  CHECK(numbers.size() == 5001);
  numbers.clear();
  CHECK(numbers.size() == 0);
  CHECK(numbers.find({}) == 0);
}

TEST_CASE("keys tell how many words there are, which, and in what order", "[store]") {
  CHECK(key_of({1, 2}) == key_of({1, 2}));
  CHECK(key_of({1, 2}) != key_of({2, 1}));
  CHECK(key_of({0}) != key_of({}));
  CHECK(key_of({0, 0}) != key_of({0}));
  // What sends one half to nought must not make all that follows alike.
  const std::uint64_t stuck = 0x8ebc6af09c88c6e3U;
  CHECK(key_of({stuck, 1}) != key_of({stuck, 2}));
  CHECK(key_of({stuck, 1}) != key_of({1}));
}
