#include "insight/trend.h"

#include <catch2/catch.hpp>

#include "insight/split_comparison.h"

using namespace testigo;
using namespace testigo::insight;

namespace {

Day day(std::string_view text) { return *parse_day(text); }

DailyRollup row(std::string_view on, Tag tag, Polarity polarity, std::int64_t mentions,
                std::string source = "forum") {
  DailyRollup made;
  made.brand = BrandId("acme");
  made.day = day(on);
  made.source = SourceId(std::move(source));
  made.language = "es";
  made.tag = tag;
  made.polarity = polarity;
  made.mentions = mentions;
  return made;
}

DailyRollup unclassified(std::string_view on, std::int64_t mentions) {
  DailyRollup made = row(on, Tag::other, Polarity::neutral, mentions);
  made.tag.reset();
  made.polarity.reset();
  return made;
}

}  // namespace

TEST_CASE("weeks are ISO weeks and months are calendar months", "[insight]") {
  CHECK(bucket_of(day("2026-11-25"), Bucket::week) ==
        DayRange{day("2026-11-23"), day("2026-11-29")});
  CHECK(bucket_of(day("2024-02-10"), Bucket::month) ==
        DayRange{day("2024-02-01"), day("2024-02-29")});
  CHECK(bucket_label(day("2026-11-25"), Bucket::week) == "2026-W48");
  CHECK(bucket_label(day("2026-11-25"), Bucket::month) == "2026-11");
  CHECK(bucket_label(day("2026-11-25"), Bucket::day) == "2026-11-25");
  // The year of an ISO week is its Thursday's.
  CHECK(bucket_label(day("2027-01-01"), Bucket::week) == "2026-W53");
  CHECK(bucket_label(day("2024-12-30"), Bucket::week) == "2025-W01");
  CHECK(bucket_label(day("2023-01-01"), Bucket::week) == "2022-W52");
}

TEST_CASE("a bucket that nobody looked at is a gap, one looked at is a zero", "[insight]") {
  const std::vector rows = {row("2026-11-02", Tag::advocacy, Polarity::positive, 3)};
  const std::vector<DayRange> covered = {{day("2026-11-01"), day("2026-11-03")}};
  const auto series =
      make_trend(totals_of(rows, Split::none), covered,
                 {{day("2026-11-01"), day("2026-11-05")}, Bucket::day, Split::none});
  REQUIRE(series.size() == 1);
  const auto& points = series[0].points;
  REQUIRE(points.size() == 5);
  CHECK_FALSE(points[0].gap);
  CHECK(points[0].mentions == 0);
  CHECK_FALSE(points[0].net.has_value());
  CHECK(points[1].mentions == 3);
  CHECK(points[3].gap);
  CHECK(points[4].gap);
  CHECK(series[0].total.covered_days == 3);
  CHECK(series[0].total.label == "2026-11-01..2026-11-05");
}

TEST_CASE("a day with mentions was seen, whatever the ledger says", "[insight]") {
  const std::vector rows = {row("2026-11-02", Tag::other, Polarity::neutral, 1)};
  const auto series =
      make_trend(totals_of(rows, Split::none), {},
                 {{day("2026-11-01"), day("2026-11-02")}, Bucket::day, Split::none});
  CHECK(series[0].points[0].gap);
  CHECK_FALSE(series[0].points[1].gap);
}

TEST_CASE("figures of a point follow from its counts", "[insight]") {
  auto good = row("2026-11-02", Tag::advocacy, Polarity::positive, 20);
  good.score_sum = 12.0;
  good.rating_sum = 45.0;
  good.rated = 10;
  good.stars = {0, 0, 0, 5, 5};
  auto bad = row("2026-11-03", Tag::complaint, Polarity::negative, 15);
  bad.score_sum = -9.0;
  const std::vector rows = {good, bad, unclassified("2026-11-04", 7),
                            row("2026-11-09", Tag::other, Polarity::neutral, 99)};
  const auto series =
      make_trend(totals_of(rows, Split::none), {},
                 {{day("2026-11-02"), day("2026-11-08")}, Bucket::week, Split::none});
  REQUIRE(series[0].points.size() == 1);
  const Point& point = series[0].points[0];
  CHECK(point.mentions == 42);
  CHECK(point.classified == 35);
  CHECK(point.count(Tag::advocacy) == 20);
  CHECK(point.count(Polarity::negative) == 15);
  CHECK(point.net->value == Approx(5.0 / 35.0));
  CHECK(point.complaint->value == Approx(15.0 / 35.0));
  CHECK(*point.mean_score == Approx(3.0 / 35.0));
  CHECK(point.rating->value == Approx(4.5));
  CHECK(point.stars == StarCounts{0, 0, 0, 5, 5});
  CHECK_FALSE(point.small);
}

TEST_CASE("fewer than thirty classified are flagged", "[insight]") {
  const std::vector rows = {row("2026-11-02", Tag::other, Polarity::neutral, 29),
                            unclassified("2026-11-02", 50),
                            row("2026-11-03", Tag::other, Polarity::neutral, 30)};
  const auto series =
      make_trend(totals_of(rows, Split::none), {},
                 {{day("2026-11-02"), day("2026-11-03")}, Bucket::day, Split::none});
  CHECK(series[0].points[0].small);
  CHECK_FALSE(series[0].points[1].small);
}

TEST_CASE("a split gives a series for each value, most mentions first", "[insight]") {
  const std::vector rows = {row("2026-11-02", Tag::advocacy, Polarity::positive, 2, "blog"),
                            row("2026-11-02", Tag::complaint, Polarity::negative, 5, "shop"),
                            row("2026-11-03", Tag::complaint, Polarity::negative, 2, "app"),
                            unclassified("2026-11-02", 1)};
  const DayRange window{day("2026-11-02"), day("2026-11-03")};
  const auto names = [&](Split split) {
    std::string joined;
    for (const auto& series : make_trend(totals_of(rows, split), {}, {window, Bucket::day, split}))
      joined += series.name + ":" + std::to_string(series.total.mentions) + " ";
    return joined;
  };
  CHECK(names(Split::source) == "shop:5 app:2 blog:2 forum:1 ");
  CHECK(names(Split::tag) == "complaint:7 advocacy:2 unclassified:1 ");
  CHECK(names(Split::language) == "es:10 ");
  CHECK(names(Split::none) == ":10 ");
}

TEST_CASE("outer buckets are cut to the window", "[insight]") {
  const auto series =
      make_trend({}, {}, {{day("2026-11-25"), day("2026-12-02")}, Bucket::week, Split::none});
  REQUIRE(series[0].points.size() == 2);
  CHECK(series[0].points[0].days == DayRange{day("2026-11-25"), day("2026-11-29")});
  CHECK(series[0].points[1].days == DayRange{day("2026-11-30"), day("2026-12-02")});
  CHECK(make_trend({}, {}, {{day("2026-11-25"), day("2026-11-24")}, Bucket::day, Split::none})
            .empty());
}

TEST_CASE("an open window begins with what was seen, and keeps the gap at its end", "[insight]") {
  const DayRange open{day("0001-01-01"), day("2026-11-06")};
  const std::vector rows = {row("2026-11-02", Tag::other, Polarity::neutral, 1)};
  const std::vector<DayRange> covered = {{day("2026-11-04"), day("2026-11-05")}};
  CHECK(trimmed(open, totals_of(rows, Split::none), covered) ==
        DayRange{day("2026-11-02"), day("2026-11-05")});
  CHECK(trimmed({open.first, day("2026-11-05")}, totals_of(rows, Split::none), covered).last ==
        day("2026-11-05"));
  CHECK(trimmed({open.first, day("2026-11-07")}, totals_of(rows, Split::none), covered) ==
        DayRange{day("2026-11-02"), day("2026-11-07")});
  CHECK(trimmed(open, {}, {}) == open);
  CHECK(trimmed({day("2026-11-03"), day("2026-11-04")}, totals_of(rows, Split::none), covered) ==
        DayRange{day("2026-11-04"), day("2026-11-04")});
}

TEST_CASE("a change is notable only beyond its interval and with enough of both", "[insight]") {
  const DayRange window{day("2026-11-08"), day("2026-11-14")};
  CHECK(previous_window(window) == DayRange{day("2026-11-01"), day("2026-11-07")});
  std::vector rows = {row("2026-11-02", Tag::complaint, Polarity::negative, 60),
                      row("2026-11-03", Tag::advocacy, Polarity::positive, 40),
                      row("2026-11-09", Tag::advocacy, Polarity::positive, 80),
                      row("2026-11-10", Tag::complaint, Polarity::negative, 20)};
  const auto compared = [&] {
    return compare_periods(totals_of(rows, Split::none), {}, {window, Bucket::week, Split::none})
        .at(0)
        .change;
  };
  CHECK(compared().mentions == 0);
  CHECK(compared().net->value == Approx(0.8));
  CHECK(compared().notable);
  for (auto& each : rows) each.mentions /= 10;
  CHECK_FALSE(compared().notable);
  rows.erase(rows.begin(), rows.begin() + 2);
  CHECK_FALSE(compared().net.has_value());
  CHECK(compared().before.gap);
}

TEST_CASE("each series is compared, and a long list finds nothing by its length", "[insight]") {
  const TrendOptions options{{day("2026-11-08"), day("2026-11-14")}, Bucket::week, Split::source};
  std::vector<DailyRollup> rows;
  const auto add = [&](const std::string& source, std::int64_t good, std::int64_t bad) {
    rows.push_back(row("2026-11-02", Tag::advocacy, Polarity::positive, 50, source));
    rows.push_back(row("2026-11-02", Tag::complaint, Polarity::negative, 50, source));
    rows.push_back(row("2026-11-09", Tag::advocacy, Polarity::positive, good, source));
    rows.push_back(row("2026-11-09", Tag::complaint, Polarity::negative, bad, source));
  };
  add("forum", 65, 35);  // p is 0.03
  rows.push_back(row("2026-11-03", Tag::other, Polarity::neutral, 9, "gone"));
  auto alone = compare_periods(totals_of(rows, options.split), {}, options);
  REQUIRE(alone.size() == 2);
  CHECK(alone[0].change.notable);
  CHECK(alone[1].name == "gone");
  CHECK(alone[1].change.mentions == -9);
  for (int i = 0; i < 9; ++i) add("blog" + std::to_string(i), 50, 50);
  const auto many = compare_periods(totals_of(rows, options.split), {}, options);
  CHECK(many.size() == 11);
  for (const SeriesChange& one : many) CHECK_FALSE(one.change.notable);
}

TEST_CASE("hours are buckets of their own, and begin where the window does", "[insight]") {
  const auto hour = [](std::string_view time) {
    return to_unix_ms(*parse_iso8601(time)) / 3'600'000;
  };
  DailyRollup one = row("2026-11-02", Tag::advocacy, Polarity::positive, 3);
  one.hour = hour("2026-11-02T22:00:00Z");
  DailyRollup earlier = one;
  earlier.hour = hour("2026-11-02T20:00:00Z");
  TrendOptions options{{day("2026-11-03"), day("2026-11-03")}, Bucket::hour, Split::none};
  options.hours = {hour("2026-11-02T21:00:00Z"), hour("2026-11-03T00:00:00Z")};
  const std::vector rows = {one, earlier};
  const auto series = make_trend(totals_of(rows, options.split), {}, options);
  REQUIRE(series[0].points.size() == 3);
  CHECK(series[0].points[0].label == "2026-11-02T21:00Z");
  CHECK(series[0].points[1].mentions == 3);
  CHECK(series[0].total.mentions == 3);
  CHECK_FALSE(series[0].points[2].gap);  // its day was seen
  CHECK(compare_periods(totals_of(rows, options.split), {}, options).at(0).change.before.mentions ==
        3);
  CHECK(hour_label(-1) == "1969-12-31T23:00Z");
  options.hours.end = options.hours.first;
  CHECK(make_trend(totals_of(rows, options.split), {}, options).empty());
}

TEST_CASE("a weekday's mentions are set beside what that weekday brings", "[insight]") {
  std::vector<DailyRollup> rows;
  DayRange weeks{day("2026-10-05"), day("2026-11-29")};  // eight, from a Monday on
  for (Day at = weeks.first; at <= weeks.last; at.days += std::chrono::days(1)) {
    const bool monday = std::chrono::weekday(at.days) == std::chrono::Monday;
    rows.push_back(row(to_string(at), Tag::other, Polarity::neutral, monday ? 40 : 10));
  }
  const auto factors = weekday_factors(totals_of(rows, Split::none), {}, weeks);
  REQUIRE(factors.has_value());
  // c = 100/7, n = 320, d = 8: (320·7/100 + 1)/9
  CHECK(factors->at(0) == Approx(23.4 / 9.0));
  CHECK(factors->at(3) == Approx((80.0 * 7.0 / 100.0 + 1.0) / 9.0));
  auto series = make_trend(totals_of(rows, Split::none), {}, {weeks, Bucket::day, Split::none});
  adjust_weekdays(series, *factors);
  CHECK(*series[0].points[0].adjusted_mentions == Approx(40.0 / (23.4 / 9.0)));
  CHECK_FALSE(weekday_factors(totals_of(rows, Split::none), {}, {weeks.first, day("2026-10-31")})
                  .has_value());
  CHECK_FALSE(weekday_factors({}, std::vector{weeks}, weeks).has_value());
}

TEST_CASE("each source has gaps of its own, and one that was quiet is a series of zeros",
          "[insight]") {
  const std::vector rows = {row("2026-11-02", Tag::advocacy, Polarity::positive, 3)};
  const DayRange all{day("2026-11-01"), day("2026-11-03")};
  const CoveredByValue covered = {{"forum", {{day("2026-11-01"), day("2026-11-02")}}},
                                  {"quiet", {{day("2026-11-01"), day("2026-11-01")}}},
                                  {"before", {{day("2026-10-01"), day("2026-10-31")}}}};
  const auto series =
      make_split_trend(totals_of(rows, Split::source), covered, {all, Bucket::day, Split::source});
  REQUIRE(series.size() == 2);
  const auto gaps = [](const Series& one) {
    std::string text;
    for (const Point& point : one.points)
      text += point.gap ? "- " : std::to_string(point.mentions) + " ";
    return one.name + " " + text;
  };
  CHECK(gaps(series[0]) == "forum 0 3 - ");
  CHECK(gaps(series[1]) == "quiet 0 - - ");
  CHECK(series[1].total.mentions == 0);
  CHECK(make_split_trend({}, CoveredByValue{}, {all, Bucket::day, Split::source}).empty());
}

TEST_CASE("each source is compared over the days of its own that were seen", "[insight]") {
  const std::vector rows = {row("2026-11-03", Tag::advocacy, Polarity::positive, 3),
                            row("2026-11-01", Tag::advocacy, Polarity::positive, 3)};
  const TrendOptions options{{day("2026-11-03"), day("2026-11-04")}, Bucket::day, Split::source};
  const CoveredByValue covered = {{"forum", {{day("2026-11-03"), day("2026-11-04")}}},
                                  {"shop", {{day("2026-11-01"), day("2026-11-04")}}}};
  const auto changes = compare_split_periods(totals_of(rows, Split::source), covered, options);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].name == "forum");
  CHECK(changes[0].change.seen_now.seen == 2);
  CHECK(changes[0].change.seen_before.seen == 1);  // its own mention's day
  CHECK(changes[0].change.growth->value == Approx(0.5));
}
