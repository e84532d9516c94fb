#include "store/read.h"

#include <cmath>
#include <map>
#include <tuple>

#include "store/read_moments.h"
#include "store/read_splits.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

Sighting said(std::string_view id, std::string_view text, int hours, Tag tag = Tag::complaint) {
  Sighting s = sighting(id, text, tag);
  s.post.posted_at = noon(hours);
  s.day = day_at(noon(hours));
  return s;
}

Store sample() {
  Store store = open_memory();
  Sighting good = said("1", "Battery lasts all week, love it", -48, Tag::advocacy);
  good.post.rating = Rating{5.0, 5.0, 1.0};
  good.verdict.themes = {{"battery", Polarity::positive}};
  Sighting bad = said("2", "Nu recomand, țeapă totală cu bateria", -24);
  bad.verdict.language = "ro";
  bad.post.rating = Rating{1.0, 10.0, 0.0};
  bad.post.author = "Ion";
  Sighting both = said("3", "The battery of mine died after a year", 0);
  both.brands.push_back({BrandId("globex"), Tag::advocacy, 0.4});
  put(store, {good, bad, both});
  return store;
}

std::string found(Store& store, MentionFilter filter) {
  std::string out;
  for (const MentionRow& row : value_of(mentions(store, filter))) {
    out += (out.empty() ? "" : " ") + row.brand.value + ":" + row.url->substr(27);
  }
  return out;
}

std::string found_by(Store& store, std::string text) {
  MentionFilter filter;
  filter.brand = BrandId("acme");
  filter.query = std::move(text);
  return found(store, filter);
}

}  // namespace

TEST_CASE("mentions are found by brand, day, tag and order", "[store]") {
  Store store = sample();
  MentionFilter filter;
  CHECK(found(store, filter) == "globex:3 acme:3 acme:2 acme:1");
  filter.brand = BrandId("acme");
  CHECK(found(store, filter) == "acme:3 acme:2 acme:1");
  filter.order = MentionOrder::oldest;
  CHECK(found(store, filter) == "acme:1 acme:2 acme:3");
  filter.order = MentionOrder::best;
  filter.limit = 1;
  CHECK(found(store, filter) == "acme:1");
  filter.order = MentionOrder::newest;
  filter.offset = 1;
  CHECK(found(store, filter) == "acme:2");
  filter = MentionFilter{};
  filter.since = day_at(noon(-24));
  filter.until = day_at(noon());
  CHECK(found(store, filter) == "acme:2");
  filter = MentionFilter{};
  filter.tags = {Tag::advocacy};
  CHECK(found(store, filter) == "globex:3 acme:1");
  filter = MentionFilter{};
  filter.brand = BrandId("nobody");
  CHECK(found(store, filter).empty());
}

TEST_CASE("the query language asks the full text index and the columns", "[store]") {
  Store store = sample();
  CHECK(found_by(store, "battery") == "acme:3 acme:1");
  CHECK(found_by(store, "BATERIA OR week") == "acme:2 acme:1");
  CHECK(found_by(store, "tepapa").empty());
  CHECK(found_by(store, "teapa") == "acme:2");
  CHECK(found_by(store, "\"battery lasts\"") == "acme:1");
  CHECK(found_by(store, "batter*") == "acme:3 acme:1");
  CHECK(found_by(store, "lang:ro") == "acme:2");
  CHECK(found_by(store, "tag:advocacy battery") == "acme:1");
  CHECK(found_by(store, "theme:battery") == "acme:1");
  CHECK(found_by(store, "source:forum NOT battery") == "acme:2");
  CHECK(found_by(store, "since:2026-03-09") == "acme:3 acme:2");
  CHECK(found_by(store, "rating:>=4") == "acme:1");
  CHECK(found_by(store, "rating:<3") == "acme:2");
  CHECK(found_by(store, "site:forum.example died") == "acme:3");
  CHECK(found_by(store, "author:ana") == "acme:3 acme:1");
  CHECK(found_by(store, "author:ion") == "acme:2");
}

TEST_CASE("what the index cannot say is asked of each row", "[store]") {
  Store store = sample();
  CHECK(found_by(store, "{Battery}") == "acme:1");
  CHECK(found_by(store, "NOT battery") == "acme:2");
  CHECK(found_by(store, "lasts ONEAR/3 week") == "acme:1");
  CHECK(found_by(store, "week ONEAR/3 lasts").empty());
  CHECK(found_by(store, "author:ion OR died") == "acme:3 acme:2");
  CHECK(found_by(store, "rating:5 OR lang:ro") == "acme:2 acme:1");
  MentionFilter filter;
  filter.brand = BrandId("acme");
  filter.query = "NOT {nothing}";
  filter.limit = 1;
  filter.offset = 2;
  CHECK(found(store, filter) == "acme:1");
}

TEST_CASE("a query that does not parse is an error with its spot", "[store]") {
  Store store = sample();
  MentionFilter filter;
  filter.query = "(battery";
  const auto refused = mentions(store, filter);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::malformed);
  CHECK(found(store, {}) == "globex:3 acme:3 acme:2 acme:1");
}

TEST_CASE("reading stops where the taker says", "[store]") {
  Store store = sample();
  int rows = 0;
  REQUIRE(for_each_mention(store, {}, [&](const MentionRow&) { return ++rows < 2; }));
  CHECK(rows == 2);
}

TEST_CASE("one mention is found whole by its id or its post's", "[store]") {
  Store store = sample();
  const PostId post = post_id(said("3", "", 0).post);
  const MentionDetail detail =
      value_of(find_mention(store, mention_id(BrandId("globex"), post).value));
  CHECK(detail.row.brand == BrandId("globex"));
  CHECK(detail.row.tag == Tag::advocacy);
  CHECK(detail.verdict.tag == Tag::complaint);
  REQUIRE(detail.verdict.targets.size() == 2);
  CHECK(detail.verdict.targets[0].brand == "acme");
  CHECK(detail.verdict.targets[1].score == 0.4);
  CHECK(value_of(find_mention(store, post.value)).row.post == post);
  const auto none = find_mention(store, 42);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == Errc::not_found);
}

TEST_CASE("daily rows come by brand, source and range, in order", "[store]") {
  Store store = sample();
  const auto all = value_of(daily(store, {}));
  REQUIRE(all.size() == 4);
  CHECK(all[0].brand == BrandId("acme"));
  CHECK(all[0].day == day_at(noon(-48)));
  CHECK(all[0].tag == Tag::advocacy);
  CHECK(all[0].score_sum == 0.7);
  CHECK(all[0].rating_sum == 5.0);
  CHECK(all[1].rating_sum == 1.4);  // 1 of 0..10 in stars
  RollupFilter filter;
  filter.brand = BrandId("acme");
  filter.since = day_at(noon(-24));
  filter.until = day_at(noon());
  const auto some = value_of(daily(store, filter));
  REQUIRE(some.size() == 1);
  CHECK(some[0].language == "ro");
  filter.source = SourceId("elsewhere");
  CHECK(value_of(daily(store, filter)).empty());
  const auto themes = value_of(split_days(store, KeptSplit::theme, {}));
  REQUIRE(themes.size() == 1);
  CHECK(themes[0].value == "battery");
}

TEST_CASE("the store counts what it holds", "[store]") {
  Store store = sample();
  const StoreCounts n = value_of(counts(store));
  CHECK(n.posts == 3);
  CHECK(n.mentions == 4);
  CHECK(n.copies == 0);
  CHECK(n.version == schema_version());
  CHECK(n.bytes > 0);
}

TEST_CASE("a brand's days are its daily rows put together", "[store]") {
  Store store = open_memory();
  for (int i = 0; i < 40; ++i) {
    Sighting s = sighting(std::to_string(i), "text " + std::to_string(i), static_cast<Tag>(i % 4));
    s.post.source = SourceId(i % 3 == 0 ? "forum" : "shop");
    s.post.posted_at = noon(24 * (i % 5));
    s.day = day_at(noon(24 * (i % 5)));
    s.verdict.stage = i % 7 == 0 ? std::nullopt : std::optional(static_cast<Stage>(i % 6));
    if (i % 2 == 0) s.post.rating = Rating{1.0 + i % 5, 5.0, 1.0};
    put(store, {std::move(s)});
  }
  using Sums = std::tuple<std::int64_t, double, double, std::int64_t, StarCounts>;
  const auto sums_of = [](const std::vector<DailyRollup>& rows) {
    std::map<std::tuple<std::string, Day, std::optional<Tag>, std::optional<Polarity>>, Sums> sums;
    for (const DailyRollup& row : rows) {
      auto& [mentions, score, rating, rated, stars] =
          sums[{row.brand.value, row.day, row.tag, row.polarity}];
      mentions += row.mentions;
      score += std::round(row.score_sum * 1e4);
      rating += std::round(row.rating_sum * 1e4);
      rated += row.rated;
      for (std::size_t i = 0; i < stars.size(); ++i) stars[i] += row.stars[i];
    }
    return sums;
  };
  RollupFilter filter;
  filter.brand = BrandId("acme");
  filter.since = day_at(noon(24));
  filter.until = day_at(noon(24 * 4));
  const auto together = value_of(brand_days(store, filter));
  CHECK(together.size() < value_of(daily(store, filter)).size());
  CHECK(sums_of(together) == sums_of(value_of(daily(store, filter))));
  const auto whole = value_of(stage_sums(store, filter));
  std::int64_t mentions = 0, without = 0;
  for (const MomentSums& one : whole) {
    mentions += one.mentions;
    if (one.value.empty()) without = one.mentions;
  }
  CHECK(mentions == 24);
  CHECK(without ==
        std::stoll(ask(store,
                       "SELECT sum(mentions) FROM daily WHERE stage = -1 AND day "
                       "IN (SELECT DISTINCT day FROM daily ORDER BY day LIMIT 3 OFFSET 1)")));
  filter.source = SourceId("shop");
  CHECK(sums_of(value_of(brand_days(store, filter))) == sums_of(value_of(daily(store, filter))));
}

TEST_CASE("the days of a split are its daily rows put together, and v_split_daily shows them",
          "[store]") {
  Store store = open_memory();
  for (int i = 0; i < 40; ++i) {
    Sighting s = sighting(std::to_string(i), "text " + std::to_string(i), static_cast<Tag>(i % 5));
    s.post.source = SourceId(i % 3 == 0 ? "forum" : "shop");
    s.post.posted_at = noon(24 * (i % 4));
    s.day = day_at(noon(24 * (i % 4)));
    s.verdict.language = i % 2 == 0 ? "es" : "ro";
    s.verdict.stage = i % 7 == 0 ? std::nullopt : std::optional(static_cast<Stage>(i % 6));
    s.verdict.themes = {{i % 2 == 0 ? "price" : "app", Polarity::mixed}};
    if (i % 2 == 0) s.post.rating = Rating{1.0 + i % 5, 5.0, 1.0};
    put(store, {std::move(s)});
  }
  using Key = std::pair<Day, std::string>;
  const auto added = [](const std::vector<DayTotals>& rows) {
    std::map<Key, DayTotals> sums;
    for (const DayTotals& row : rows) {
      DayTotals& sum = sums[{row.day, row.value}];
      sum.mentions += row.mentions;
      for (std::size_t i = 0; i < sum.tags.size(); ++i) sum.tags[i] += row.tags[i];
      for (std::size_t i = 0; i < sum.polarities.size(); ++i)
        sum.polarities[i] += row.polarities[i];
      for (std::size_t i = 0; i < sum.stars.size(); ++i) sum.stars[i] += row.stars[i];
      sum.rated += row.rated;
      sum.rating_sum += row.rating_sum;
      sum.score_sum = std::round((sum.score_sum + row.score_sum) * 1e4) / 1e4;
    }
    return sums;
  };
  RollupFilter filter;
  filter.brand = BrandId("acme");
  filter.since = day_at(noon(24));
  const auto rows = value_of(daily(store, filter));
  for (const KeptSplit split : {KeptSplit::source, KeptSplit::language, KeptSplit::stage}) {
    std::vector<DayTotals> expected;
    for (const DailyRollup& row : rows)
      expected.push_back(totals_of(row, split == KeptSplit::source     ? row.source.value
                                        : split == KeptSplit::language ? row.language
                                        : row.stage ? std::string(to_string(*row.stage))
                                                    : std::string("unclassified")));
    const auto kept = value_of(split_days(store, split, filter));
    CHECK(added(kept) == added(expected));
    CHECK(added(kept).size() == kept.size());
    RollupFilter shop = filter;
    shop.source = SourceId("shop");
    std::int64_t mentions = 0;
    for (const DayTotals& row : value_of(split_days(store, split, shop))) mentions += row.mentions;
    CHECK(mentions == 20);
  }
  // Of one source themes are counted anew, and come out as they are kept.
  const auto themes = added(value_of(split_days(store, KeptSplit::theme, filter)));
  std::vector<DayTotals> counted;
  for (const char* source : {"forum", "shop"}) {
    filter.source = SourceId(source);
    for (const DayTotals& row : value_of(split_days(store, KeptSplit::theme, filter)))
      counted.push_back(row);
  }
  CHECK(themes.size() == 3);
  CHECK(added(counted) == themes);
  CHECK(ask(store,
            "SELECT split, value, sum(mentions), sum(mixed_polarity), sum(rated) "
            "FROM v_split_daily WHERE split IN ('source', 'theme') GROUP BY 1, 2") ==
        "source|forum|14|0|7\nsource|shop|26|0|13\ntheme|app|20|20|0\ntheme|price|20|20|20");
  CHECK(faults(store).empty());
}
