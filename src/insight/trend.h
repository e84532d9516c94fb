#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/day_totals.h"
#include "core/rollup.h"
#include "core/time.h"
#include "core/verdict.h"
#include "insight/statistics.h"

namespace testigo::insight {

// A run of days, both ends included.
struct DayRange {
  Day first;
  Day last;

  friend bool operator==(const DayRange&, const DayRange&) = default;
};
[[nodiscard]] std::int64_t days_in(const DayRange& range);

// Hours [first, end) since 1970 in UTC: only the last weeks have them (`v_hourly`).
struct HourRange {
  std::int64_t first = 0;
  std::int64_t end = 0;

  friend bool operator==(const HourRange&, const HourRange&) = default;
};
[[nodiscard]] Day day_of_hour(std::int64_t hour);         // in UTC
[[nodiscard]] std::string hour_label(std::int64_t hour);  // "2026-11-25T14:00Z"

// Weeks are ISO 8601's: Monday to Sunday. Hours are UTC's.
enum class Bucket : std::uint8_t { hour, day, week, month };
[[nodiscard]] std::optional<Bucket> parse_bucket(std::string_view name);
[[nodiscard]] std::string_view to_string(Bucket bucket);

// The whole bucket in which a day lies; for hours the day itself.
[[nodiscard]] DayRange bucket_of(Day day, Bucket bucket);
// "2026-11-25", "2026-W48", "2026-11". ISO weeks belong to the year of their Thursday.
[[nodiscard]] std::string bucket_label(Day day, Bucket bucket);

enum class Split : std::uint8_t { none, brand, source, language, tag, stage, theme };
[[nodiscard]] std::optional<Split> parse_split(std::string_view name);
[[nodiscard]] std::string_view to_string(Split split);

// Sums over the rollup rows of one bucket (or of a whole period), and what follows from them.
struct Point {
  DayRange days;                  // cut to the trend's window
  std::string label;              // bucket_label; for a total "2026-11-01..2026-11-30"
  std::int64_t covered_days = 0;  // of the window's days in this bucket, those that were seen
  bool gap = false;               // nothing was seen: draw no zero

  std::int64_t mentions = 0;                 // unclassified included
  std::int64_t classified = 0;               // those with a polarity: N of every share below
  std::array<std::int64_t, 5> tags{};        // by Tag
  std::array<std::int64_t, 4> polarities{};  // by Polarity
  double score_sum = 0.0;
  double rating_sum = 0.0;  // stars
  std::int64_t rated = 0;
  StarCounts stars{};

  std::optional<Estimate> net;       // net_sentiment(); empty where N is 0
  std::optional<Estimate> advocacy;  // share of the tag among the tagged
  std::optional<Estimate> complaint;
  std::optional<double> mean_score;  // score_sum / classified, in [-1, 1]
  std::optional<Estimate> rating;    // mean_rating(), in stars
  bool small = false;                // N under small_sample: show greyed
  // Of a day, where weekday_factors() are known: mentions / the factor of its weekday.
  std::optional<double> adjusted_mentions;

  [[nodiscard]] std::int64_t count(Tag tag) const { return tags[static_cast<std::size_t>(tag)]; }
  [[nodiscard]] std::int64_t count(Polarity polarity) const {
    return polarities[static_cast<std::size_t>(polarity)];
  }
};

// One line of a chart: the buckets of a window in order, none missing.
struct Series {
  std::string name;  // the split's value; "" where nothing is split; "unclassified" for no value
  std::vector<Point> points;
  Point total;  // over the window
};

// How much of a window was seen: that many of its days, or of its hours where buckets are hours.
struct Exposure {
  std::int64_t seen = 0;
  std::int64_t of = 0;
  bool in_hours = false;

  [[nodiscard]] bool whole() const { return seen == of; }
};

// How often beside before, each as mentions of a day that was seen: ((now + 1) / days seen) /
// ((before + 1) / days seen before); 1 is no change. The interval is that of a ratio of two
// Poisson rates on the logarithmic scale: e^(±1.96·√(1/(now + 1) + 1/(before + 1))) times it.
// Empty where nothing was seen of either period.
[[nodiscard]] std::optional<Estimate> growth(std::int64_t now, const Exposure& seen_now,
                                             std::int64_t before, const Exposure& seen_before);

// A period's total against that of the equally long period just before it.
struct Change {
  Point now;
  Point before;
  Exposure seen_now;
  Exposure seen_before;
  std::int64_t mentions = 0;       // now − before, of what was seen
  std::optional<Estimate> growth;  // growth() of the mentions
  std::optional<Estimate> net;     // difference(); empty where either has no N or is a gap
  std::optional<double> p;         // two_sided_p() of net
  bool notable = false;            // p is at most `level` and neither sample is small
};

// That of each series. Where there are several, p is adjusted by false_discovery() among those with
// enough of both, so that a long list does not find changes by its length.
struct SeriesChange {
  std::string name;  // as of Series
  Change change;
};

struct TrendOptions {
  DayRange window;
  Bucket bucket = Bucket::day;
  Split split = Split::none;
  HourRange hours{};  // the window where buckets are hours
};

// Rollup rows with their value of the split.
[[nodiscard]] std::vector<DayTotals> totals_of(std::span<const DailyRollup> rows, Split split);

// Of a window of days: those that crawls looked at, and those of rows with mentions.
[[nodiscard]] Exposure exposure_of(std::span<const DayTotals> rows,
                                   std::span<const DayRange> covered, const DayRange& window);

// A series for each value of `rows`. Rows outside the window are passed over. `covered` are the
// days that crawls saw (any order, overlaps allowed); a day with mentions counts as seen. A bucket
// none of whose days was seen is a gap. Series are sorted by mentions, most first, then by name;
// without rows and split there is one empty series. Linear in rows plus buckets × series. Where
// buckets are hours, rows are those with an hour, and an hour was seen if its UTC day was.
[[nodiscard]] std::vector<Series> make_trend(std::span<const DayTotals> rows,
                                             std::span<const DayRange> covered,
                                             const TrendOptions& options);

// The same where each value was looked at by itself, as sources are: a value's buckets are gaps
// where none of its own days was seen. One that was looked at, but of which nothing was said, is a
// series of zeros.
using CoveredByValue = std::map<std::string, std::vector<DayRange>>;
[[nodiscard]] std::vector<Series> make_split_trend(std::span<const DayTotals> rows,
                                                   const CoveredByValue& covered,
                                                   const TrendOptions& options);

// The window without the silence before anything was seen, for a question whose first day nobody
// said, and without its last day where only that was not seen yet: today's look is still to come.
// A longer silence at the end is a gap and stays. The window itself where nothing was seen at all.
[[nodiscard]] DayRange trimmed(const DayRange& window, std::span<const DayTotals> rows,
                               std::span<const DayRange> covered);

// `rows` and `covered` should reach over both periods: window and previous_window(window).
[[nodiscard]] DayRange previous_window(const DayRange& window);
[[nodiscard]] HourRange previous_window(const HourRange& window);
[[nodiscard]] std::vector<SeriesChange> compare_periods(std::span<const DayTotals> rows,
                                                        std::span<const DayRange> covered,
                                                        const TrendOptions& options);

// How busy each weekday is beside the average day, Monday first: (n/c + 1)/(d + 1), where n
// mentions fell on the d seen days of that weekday and c is the mean of all seen days. The 1 holds
// a factor near 1 while there are few weeks. Empty under `least_weekday_days` seen days or
// `least_weekday_mentions`.
using WeekdayFactors = std::array<double, 7>;
[[nodiscard]] std::optional<WeekdayFactors> weekday_factors(std::span<const DayTotals> rows,
                                                            std::span<const DayRange> covered,
                                                            const DayRange& days);
inline constexpr std::int64_t least_weekday_days = 28;      // four weeks
inline constexpr std::int64_t least_weekday_mentions = 70;  // ten a weekday

// Sets adjusted_mentions of points that are days.
void adjust_weekdays(std::span<Series> series, const WeekdayFactors& factors);

}  // namespace testigo::insight
