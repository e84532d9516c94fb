#include "render/trend_table.h"

#include <catch2/catch.hpp>

#include "render/comparison_table.h"
#include "render/coverage_table.h"

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

namespace {

Day day(std::string_view text) { return *parse_day(text); }

DailyRollup row(std::string_view on, Tag tag, Polarity polarity, std::int64_t mentions) {
  DailyRollup made;
  made.brand = BrandId("acme");
  made.day = day(on);
  made.source = SourceId("forum");
  made.tag = tag;
  made.polarity = polarity;
  made.mentions = mentions;
  return made;
}

std::vector<Series> sample() {
  const std::vector rows = {row("2026-11-02", Tag::advocacy, Polarity::positive, 60),
                            row("2026-11-03", Tag::complaint, Polarity::negative, 20),
                            row("2026-11-10", Tag::complaint, Polarity::negative, 4),
                            row("2026-11-11", Tag::other, Polarity::neutral, 6)};
  const std::vector<DayRange> covered = {{day("2026-11-01"), day("2026-11-29")}};
  return make_trend(totals_of(rows, Split::none), covered,
                    {{day("2026-11-02"), day("2026-12-06")}, Bucket::week, Split::none});
}

}  // namespace

TEST_CASE("a trend is drawn with intervals, small samples and gaps", "[render]") {
  CHECK("\n" + render_trend(sample(), {100, false}) == R"(
net sentiment ▆▃   
mentions      █▂▁▁ 

when      mentions        advocacy     complaint    net  95% interval    -1         0        +1
2026-W45        80    75% [65, 83]  25% [17, 35]  +0.50  [+0.31, +0.69]  ··········███├─●─┤···
2026-W46        10 ~    0% [0, 28]  40% [17, 69]  -0.40  [-0.70, -0.10]  ···├──●──┤█··········
2026-W47         0               –             –      –
2026-W48         0               –             –      –
2026-W49    not seen
all             90    67% [56, 76]  27% [19, 37]  +0.40  [+0.22, +0.58]  ··········██├─●─┤····
~ fewer than 30 classified: read with care
not seen: no crawl looked there, which is not zero
)");
}

TEST_CASE("trend rows have null where nothing is known", "[render]") {
  const Rows rows = trend_rows(sample());
  REQUIRE(rows.rows.size() == 5);
  for (const auto& values : rows.rows) REQUIRE(values.size() == rows.columns.size());
  const std::string lines = render_rows(rows, Format::jsonl);
  const std::string gap = lines.substr(lines.rfind("{\"series\""));
  CHECK(gap.find("\"bucket\":\"2026-W49\"") != std::string::npos);
  CHECK(gap.find("\"gap\":true,\"mentions\":null") != std::string::npos);
  CHECK(lines.find("\"bucket\":\"2026-W47\",\"begin\":\"2026-11-16\",\"end\":\"2026-11-22\","
                   "\"covered_days\":7,\"gap\":false,\"mentions\":0") != std::string::npos);
}

TEST_CASE("rows of ratings have each star's share with its interval", "[render]") {
  DailyRollup rated = row("2026-11-02", Tag::advocacy, Polarity::positive, 40);
  rated.rated = 40;
  rated.rating_sum = 180.0;
  rated.stars = {0, 0, 0, 20, 20};
  const std::vector one = {rated};
  const auto series =
      make_trend(totals_of(one, Split::none), {},
                 {{day("2026-11-02"), day("2026-11-08")}, Bucket::week, Split::none});
  const Rows rows = trend_rows(series, {}, true);
  REQUIRE(rows.rows.at(0).size() == rows.columns.size());
  const std::string line = render_rows(rows, Format::jsonl);
  CHECK(line.find("\"star1_share\":0,\"star1_low\":0,\"star1_high\":0.0876") != std::string::npos);
  CHECK(line.find("\"star5_share\":0.5,\"star5_low\":0.35") != std::string::npos);
}

TEST_CASE("a change says whether it is more than noise", "[render]") {
  const std::vector rows = {row("2026-11-01", Tag::complaint, Polarity::negative, 60),
                            row("2026-11-03", Tag::advocacy, Polarity::positive, 40),
                            row("2026-11-09", Tag::advocacy, Polarity::positive, 90),
                            row("2026-11-10", Tag::complaint, Polarity::negative, 20)};
  const DayRange window{day("2026-11-08"), day("2026-11-14")};
  const auto compared = [&](std::span<const DailyRollup> these) {
    const std::vector<DayRange> seen = {
        {these.empty() ? day("2026-12-01") : these[0].day, day("2026-12-01")}};
    return render_comparison(
        compare_periods(totals_of(these, Split::none), seen, {window, Bucket::day, Split::none}),
        {});
  };
  CHECK(compared(rows) ==
        "mentions 110 (+10), net sentiment +0.64 [+0.49, +0.78], before -0.20: notably better\n");
  CHECK(compared(std::span(rows).last(2)) ==
        "mentions 110, net sentiment +0.64 [+0.49, +0.78]; the period before was not seen\n");
  CHECK(compared({}) == "mentions 0; the period before was not seen\n");
}

TEST_CASE("series beside the period before stand in a table", "[render]") {
  std::vector rows = {row("2026-11-02", Tag::complaint, Polarity::negative, 60),
                      row("2026-11-09", Tag::advocacy, Polarity::positive, 90),
                      row("2026-11-09", Tag::advocacy, Polarity::positive, 3)};
  rows[2].source = SourceId("blog\x1b[2J");
  const std::vector<DayRange> weeks = {{day("2026-11-01"), day("2026-11-14")}};
  const auto changes =
      compare_periods(totals_of(rows, Split::source), weeks,
                      {{day("2026-11-08"), day("2026-11-14")}, Bucket::day, Split::source});
  CHECK("\n" + render_comparison(changes, {100, false}) ==
        R"(
beside the period before
series    mentions   by    net    before    change  95% interval
forum           90  +30  +1.00     -1.00     +2.00  [+1.90, +2.10]  notably better
blog)"
        "\uFFFD"
        R"([2J         3   +3  +1.00 ~       –         –
)");
  const std::string lines = render_rows(comparison_rows(changes), Format::jsonl);
  CHECK(lines.find(R"("series":"forum","begin":"2026-11-08","end":"2026-11-14","gap":false,)"
                   R"("mentions":90,"net":1)") != std::string::npos);
}

TEST_CASE("notes stand under the buckets they mark, harmless", "[render]") {
  const std::vector<Note> notes = {{day("2026-11-04"), "price up\x1b[2J", BrandId("acme")}};
  const std::string shown = render_trend(sample(), {100, false}, notes);
  CHECK(shown.find("2026-W45 * ") != std::string::npos);
  CHECK(shown.find("* 2026-11-04  price up\uFFFD[2J (acme)\n") != std::string::npos);
  const std::string lines = render_rows(trend_rows(sample(), notes), Format::jsonl);
  CHECK(lines.find(R"("notes":[{"day":"2026-11-04","text":"price up\u001b[2J"}])") !=
        std::string::npos);
}

TEST_CASE("ratings are shown with their mean and how many gave each star", "[render]") {
  DailyRollup rated = row("2026-11-02", Tag::advocacy, Polarity::positive, 40);
  rated.rated = 40;
  rated.rating_sum = 180.0;
  rated.stars = {0, 0, 0, 20, 20};
  const std::vector rows = {rated, row("2026-11-10", Tag::other, Polarity::neutral, 5)};
  const auto series =
      make_trend(totals_of(rows, Split::none), {},
                 {{day("2026-11-02"), day("2026-11-15")}, Bucket::week, Split::none});
  CHECK("\n" + render_ratings(series, {100, false}) == R"(
mean of 1 to 5 stars ▇ 

when      ratings    mean  95% interval         1★         2★         3★            4★            5★
2026-W45       40    4.50  [4.34, 4.66]  0% [0, 9]  0% [0, 9]  0% [0, 9]  50% [35, 65]  50% [35, 65]
2026-W46        0       –                        –          –          –             –             –
all            40    4.50  [4.34, 4.66]  0% [0, 9]  0% [0, 9]  0% [0, 9]  50% [35, 65]  50% [35, 65]
)");
  CHECK(render_ratings(sample(), {100, false}) == "nothing is rated here\n");
}

TEST_CASE("a crawl's summary says what was seen and what was not", "[render]") {
  CrawlSummary summary;
  summary.run = 3;
  summary.took = std::chrono::milliseconds(4'200);
  summary.pages = 41;
  summary.bytes = 1'234'567;
  summary.posts = 310;
  summary.new_posts = 300;
  summary.revisions = 1;
  summary.copies = 1;
  summary.new_mentions = 298;
  summary.unclassified = 2;
  CoverageCounts forum;
  forum.brand = BrandId("acme");
  forum.source = SourceId("forum");
  forum.asked = forum.allowed = 30;
  forum.blocked = 2;
  forum.reasons = {{"robots", 1}, {"http 403", 1}};
  CoverageCounts shop = forum;
  shop.source = SourceId("shop");
  shop.blocked = 0;
  shop.asked = shop.allowed = 11;
  shop.failed = 1;
  shop.capped = 3;
  shop.reasons = {{"dns\x1b[2J", 1}, {"max_pages", 3}};
  summary.coverage = {shop, forum};
  summary.troubles = {"shop: https://a.example/x\x1b[2J timed out; the next crawl tries again"};
  CHECK("\n" + render_crawl_summary(summary, {100, false}) ==
        "\nRun 3: 41 pages (1.2 MB) in 4.2 s\n"
        "310 posts seen: 300 new, 1 edited, 1 copy; 298 new mentions, 2 unclassified\n"
        "\n"
        "brand  source  asked  allowed  blocked  refused  capped  failed  empty  unchanged  seen\n"
        "acme   forum      30       30        2        0       0       0      0          0   94%\n"
        "acme   shop       11       11        0        0       3       1      0          0   71%\n"
        "all               41       41        2        0       3       1      0          0   87%\n"
        "acme forum: blocked 2: http 403 1, robots 1\n"
        "acme shop: capped 3, failed 1: max_pages 3, dns\uFFFD[2J 1\n"
        "\n"
        "! shop: https://a.example/x\uFFFD[2J timed out; the next crawl tries again\n"
        "Done in part: see what was capped, failed or left out above; what waits the next crawl "
        "asks, the rest is asked again when its watch is due, or with: testigo crawl --all\n");
  summary.coverage[0].reasons = {{"max_pages of the source", 3}};
  CHECK(render_crawl_summary(summary, {100, false}).find("crawl --all\na limit") !=
        std::string::npos);
  summary.coverage[0].failed = 0;
  const std::string told = render_crawl_summary(summary, {100, false});
  CHECK(told.find("Done in part: a limit \"of the source\" holds for each crawl") !=
        std::string::npos);
  CHECK(told.find("tries again.") == std::string::npos);
  CHECK(
      render_rows(coverage_rows(std::vector{shop}), Format::jsonl) ==
      R"({"run":null,"brand":"acme","source":"shop","asked":11,"allowed":11,"blocked":0,)"
      R"("refused_by_page":0,"capped":3,"failed":1,"empty":0,"unchanged":0,"items":0,"left_out":0,)"
      R"("reasons":{"dns\u001b[2J":1,"max_pages":3}})"
      "\n");
}

TEST_CASE("what drifted is counted, and a line names the first of many reasons", "[render]") {
  CoverageCounts forum;
  forum.brand = BrandId("acme");
  forum.source = SourceId("forum");
  forum.asked = forum.allowed = 2;
  forum.items = 20;
  forum.left_out = 5;
  for (char field = 'a'; field < 'a' + 10; ++field)
    forum.reasons["source drifted: /" + std::string(1, field) + " is missing"] = 1;
  const std::string shown = render_coverage(std::vector{forum}, {100, false});
  CHECK(shown.find("   75%\n") != std::string::npos);
  CHECK(shown.find("acme forum: left out 5 of 20 items: source drifted: /a is missing 1, ") !=
        std::string::npos);
  CHECK(shown.find("/h is missing 1, and 2 reasons more\n") != std::string::npos);
}

TEST_CASE("a bucket that was seen in part says how many of its days", "[render]") {
  const std::vector rows = {row("2026-10-05", Tag::other, Polarity::neutral, 310),
                            row("2026-11-02", Tag::other, Polarity::neutral, 170)};
  const std::vector<DayRange> seen = {{day("2026-10-01"), day("2026-11-19")}};
  const TrendOptions months{{day("2026-10-01"), day("2026-11-30")}, Bucket::month, Split::none};
  const std::string shown =
      render_trend(make_trend(totals_of(rows, Split::none), seen, months), {100, false});
  CHECK(shown.find("2026-10       310             ") != std::string::npos);
  CHECK(shown.find("2026-11       170     19 of 30") != std::string::npos);
  CHECK(shown.find("all           480     50 of 61") != std::string::npos);
  CHECK(shown.find("nobody looked at") != std::string::npos);
  CHECK(render_trend(sample(), {100, false}).find("days seen") == std::string::npos);
}

TEST_CASE("periods that were not seen alike are compared by what a seen day had", "[render]") {
  const std::vector rows = {row("2026-11-05", Tag::other, Polarity::neutral, 99),
                            row("2026-11-09", Tag::other, Polarity::neutral, 199)};
  const std::vector<DayRange> seen = {{day("2026-11-05"), day("2026-11-14")}};
  const TrendOptions week{{day("2026-11-08"), day("2026-11-14")}, Bucket::day, Split::none};
  const auto changes = compare_periods(totals_of(rows, Split::none), seen, week);
  CHECK(changes[0].change.growth->value == Approx(2.0 * 3.0 / 7.0));
  const std::string line = render_comparison(changes, {});
  CHECK(line.find("mentions 199 (×0.9 [0.7, 1.1] a day that was seen; seen 7 of 7 days, before 3 "
                  "of 7), net") == 0);
  const TrendOptions split{week.window, Bucket::day, Split::source};
  const std::string table =
      render_comparison(compare_periods(totals_of(rows, Split::source), seen, split), {100, false});
  CHECK(table.find("before: seen 7 of 7 days, before 3 of 7") != std::string::npos);
  CHECK(table.find("×0.9 [0.7, 1.1]") != std::string::npos);
  const Rows values = comparison_rows(changes);
  REQUIRE(values.rows[0].size() == values.columns.size());
  const std::string json = render_rows(values, Format::jsonl);
  CHECK(json.find(R"("seen_by":"day","window":7,"window_seen":7,"before_seen":3})") !=
        std::string::npos);
}
