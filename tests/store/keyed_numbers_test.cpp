#include "store/keyed_numbers.h"

#include <catch2/catch.hpp>
#include <string>

using testigo::store::KeyedNumbers;

TEST_CASE("a key's number is found among thousands, and no other's", "[store]") {
  KeyedNumbers numbers;
  CHECK(numbers.find("") == 0);
  numbers.put("", 9);
  for (int i = 1; i <= 5000; ++i) numbers.put(std::string(80, 'k') + std::to_string(i), i);
  CHECK(numbers.size() == 5001);
  CHECK(numbers.find("") == 9);
  int wrong = 0;
  for (int i = 1; i <= 5000; ++i)
    if (numbers.find(std::string(80, 'k') + std::to_string(i)) != i) ++wrong;
  CHECK(wrong == 0);
  CHECK(numbers.find(std::string(80, 'k')) == 0);
  CHECK(numbers.find(std::string("\0", 1)) == 0);
  numbers.put("", 10);
  CHECK(numbers.find("") == 10);
  CHECK(numbers.size() == 5001);
  numbers.clear();
  CHECK(numbers.size() == 0);
  CHECK(numbers.find("") == 0);
}
