#include "insight/consistency.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

void add(std::vector<DailyRollup>& rows, std::string source, std::int64_t good, std::int64_t bad,
         std::string_view day = "2026-11-02") {
  DailyRollup row;
  row.brand = BrandId("acme");
  row.source = SourceId(std::move(source));
  row.language = "en";
  row.day = *parse_day(day);
  row.polarity = Polarity::positive;
  row.mentions = good;
  rows.push_back(row);
  row.polarity = Polarity::negative;
  row.mentions = bad;
  rows.push_back(row);
}

const std::vector<BrandId> acme = {BrandId("acme")};

}  // namespace

TEST_CASE("sources that say the same have no spread, those that do not have theirs", "[insight]") {
  std::vector<DailyRollup> same, apart;
  for (const char* source : {"forum", "shop", "blog"}) add(same, source, 60, 40);
  add(apart, "forum", 900, 100);
  add(apart, "shop", 100, 900);
  const Consistency even = consistency_of(same, acme)[0];
  CHECK(even.groups == 3);
  CHECK(even.net->value == Approx(0.2));
  CHECK(*even.spread == 0.0);
  CHECK(*even.beyond_chance == 0.0);
  const Consistency torn = consistency_of(apart, acme)[0];
  // ±0.8 about 0: their standard deviation, over k − 1, is 0.8·√2, but for what chance adds.
  CHECK(*torn.spread == Approx(1.1312).margin(0.001));
  CHECK(*torn.beyond_chance > 0.99);
  CHECK(torn.lowest->name == "shop");
  CHECK(torn.highest->name == "forum");
}

TEST_CASE("what chance does alone is no spread", "[insight]") {
  std::vector<DailyRollup> rows;
  add(rows, "forum", 7, 3);
  add(rows, "shop", 4, 6);
  add(rows, "blog", 3, 1);  // too few for a group
  const auto found = consistency_of(rows, acme);
  REQUIRE(found.size() == 3);
  CHECK(found[0].groups == 2);
  CHECK(found[0].classified == 20);
  CHECK(found[0].small);
  CHECK(*found[0].spread < 0.35);
  CHECK(found[1].across == Across::language);
  CHECK_FALSE(found[1].spread.has_value());
  CHECK(found[1].lowest->name == "en");
  CHECK(found[2].lowest->name == "2026-W45");
}

TEST_CASE("groups in which all say one thing, and a brand of which nothing is said", "[insight]") {
  std::vector<DailyRollup> rows;
  add(rows, "forum", 20, 0);
  add(rows, "shop", 20, 0);
  CHECK(*consistency_of(rows, acme)[0].spread == 0.0);
  const std::vector<BrandId> other = {BrandId("globex")};
  const auto none = consistency_of(rows, other);
  CHECK(none[0].groups == 0);
  CHECK_FALSE(none[0].net.has_value());
  CHECK_FALSE(none[0].lowest.has_value());
}
