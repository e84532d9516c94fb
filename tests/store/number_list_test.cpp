#include "store/number_list.h"

#include "store/connection.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

TEST_CASE("numbers go into a list as characters and come back, also through SQL", "[store]") {
  const std::vector<std::size_t> numbers{
      0, 1, 126, 127, 2'046, 2'047, 53'247, 53'248, 65'535, 100'000, 1'048'576, max_listed_number};
  std::string list;
  for (const std::size_t number : numbers) append_listed(list, number);
  CHECK(listed_numbers(list) == numbers);
  Store store = open_memory();
  Connection& c = store.connection();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CHECK(c.integer("SELECT c - iif(c < 65536, 1, 12288) FROM "
                    "(SELECT unicode(substr(?1, ?2, 1)) AS c)",
                    list, i + 1) == static_cast<std::int64_t>(numbers[i]));
  }
}

TEST_CASE("a number beyond what a character holds is the greatest", "[store]") {
  std::string list;
  append_listed(list, max_listed_number + 1);
  CHECK(listed_numbers(list) == std::vector{max_listed_number});
}

TEST_CASE("bytes that are no list give some numbers and no harm", "[store]") {
  CHECK(listed_numbers("").empty());
  CHECK(listed_numbers("\xff\xed\xa0\x80").size() >= 1);
  CHECK(listed_numbers(std::string_view("\0", 1)).size() == 1);
}
