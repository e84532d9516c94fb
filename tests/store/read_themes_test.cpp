#include "store/read_themes.h"

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

TEST_CASE("sums of themes are those of their daily rows", "[store]") {
  Store store = open_memory();
  Sighting one = sighting("1", "The app never worked");
  one.verdict.themes = {{"app", Polarity::negative}, {"price", Polarity::positive}};
  Sighting two = sighting("2", "The app works");
  two.verdict.themes = {{"app", Polarity::positive}};
  put(store, {one, two});
  RollupFilter filter;
  filter.brand = BrandId("acme");
  CHECK(value_of(theme_sums(store, filter)) ==
        std::vector<ThemeSums>{{"app", 2, {1, 1, 0, 0}}, {"price", 1, {1, 0, 0, 0}}});
  filter.source = SourceId("elsewhere");
  CHECK(value_of(theme_sums(store, filter)).empty());
  filter.source = SourceId("forum");
  filter.until = day_at(noon(-48));
  CHECK(value_of(theme_sums(store, filter)).empty());
  CHECK(value_of(theme_sums(store, {})).empty());
}
