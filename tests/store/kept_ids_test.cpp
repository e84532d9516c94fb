#include "store/kept_ids.h"

#include <algorithm>
#include <set>

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

std::vector<std::string> kept(Store& store, std::size_t limit, std::uint64_t turn) {
  return value_of(kept_ids(store, BrandId("acme"), SourceId("forum"), limit, turn));
}

}  // namespace

TEST_CASE("ids of kept posts come up in turns, each once before any again", "[store]") {
  Store store = open_memory();
  CHECK(kept(store, 10, 0).empty());
  put(store, {sighting("1", "The hinge broke"), sighting("2", "The lid broke"),
              sighting("3", "The knob broke"), sighting("4", "The cord broke"),
              sighting("5", "The base broke")});
  CHECK(kept(store, 10, 7).size() == 5);
  std::vector<std::string> all;
  for (std::uint64_t turn = 0; turn < 5; ++turn)
    for (const std::string& id : kept(store, 2, turn)) all.push_back(id);
  CHECK(all.size() == 10);
  for (const std::string& id : std::set(all.begin(), all.end()))
    CHECK(std::count(all.begin(), all.end(), id) == 2);
  CHECK(kept(store, 0, 1).empty());
  CHECK(value_of(kept_ids(store, BrandId("globex"), SourceId("forum"), 10, 0)).empty());
  CHECK(value_of(kept_ids(store, BrandId("acme"), SourceId("shop"), 10, 0)).empty());
}
