#include "insight/trend.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "insight/trend_buckets.h"

namespace testigo::insight {
namespace {

using namespace std::string_view_literals;

constexpr std::array bucket_names = {"hour"sv, "day"sv, "week"sv, "month"sv};
constexpr std::array split_names = {"none"sv, "brand"sv, "source"sv, "language"sv,
                                    "tag"sv,  "stage"sv, "theme"sv};
constexpr std::string_view no_value = "unclassified";

template <class Enum, class Names>
std::optional<Enum> named(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

void sort_by_mentions(std::vector<Series>& series) {
  std::sort(series.begin(), series.end(), [](const Series& a, const Series& b) {
    if (a.total.mentions != b.total.mentions) return a.total.mentions > b.total.mentions;
    return a.name < b.name;
  });
}

std::string value_of(const DailyRollup& row, Split split) {
  switch (split) {
    case Split::none:
      return {};
    case Split::brand:
      return row.brand.value;
    case Split::source:
      return row.source.value;
    case Split::language:
      return row.language;
    case Split::tag:
      return std::string(row.tag ? to_string(*row.tag) : no_value);
    case Split::stage:
      return std::string(row.stage ? to_string(*row.stage) : no_value);
    case Split::theme:
      break;
  }
  return std::string(no_value);
}

}  // namespace

std::optional<Bucket> parse_bucket(std::string_view name) {
  return named<Bucket>(bucket_names, name);
}
std::string_view to_string(Bucket bucket) { return bucket_names[static_cast<std::size_t>(bucket)]; }

std::optional<Split> parse_split(std::string_view name) { return named<Split>(split_names, name); }
std::string_view to_string(Split split) { return split_names[static_cast<std::size_t>(split)]; }

std::vector<DayTotals> totals_of(std::span<const DailyRollup> rows, Split split) {
  std::vector<DayTotals> all;
  all.reserve(rows.size());
  for (const DailyRollup& row : rows) all.push_back(totals_of(row, value_of(row, split)));
  return all;
}

std::vector<Series> make_trend(std::span<const DayTotals> rows, std::span<const DayRange> covered,
                               const TrendOptions& options) {
  if (is_empty(options)) return {};
  const Buckets buckets(rows, covered, options);
  const Series blank{{}, buckets.points(), buckets.total()};
  std::map<std::string, Series> by_name;
  for (const auto& row : rows) {
    const auto place = buckets.place_of(row);
    if (!place) continue;
    Series& series = by_name.try_emplace(row.value, blank).first->second;
    add(series.points[*place], row);
    add(series.total, row);
  }
  if (by_name.empty() && options.split == Split::none) by_name.try_emplace("", blank);
  std::vector<Series> all;
  for (auto& [name, series] : by_name) {
    series.name = name;
    for (Point& point : series.points) finish(point);
    finish(series.total);
    all.push_back(std::move(series));
  }
  sort_by_mentions(all);
  return all;
}

std::vector<Series> make_split_trend(std::span<const DayTotals> rows, const CoveredByValue& covered,
                                     const TrendOptions& options) {
  if (is_empty(options)) return {};
  std::map<std::string, std::vector<DayTotals>> by_value;
  for (const auto& [value, days] : covered) by_value.try_emplace(value);
  for (const DayTotals& row : rows) by_value[row.value].push_back(row);
  std::vector<Series> all;
  for (const auto& [value, own] : by_value) {
    const auto days = covered.find(value);
    const std::span<const DayRange> seen =
        days == covered.end() ? std::span<const DayRange>() : std::span(days->second);
    auto series = make_trend(own, seen, options);
    if (series.empty()) {
      const Buckets buckets(own, seen, options);
      if (buckets.total().gap) continue;
      series.push_back({value, buckets.points(), buckets.total()});
      for (Point& point : series.front().points) finish(point);
      finish(series.front().total);
    }
    std::move(series.begin(), series.end(), std::back_inserter(all));
  }
  sort_by_mentions(all);
  return all;
}

DayRange trimmed(const DayRange& window, std::span<const DayTotals> rows,
                 std::span<const DayRange> covered) {
  std::optional<DayRange> seen;
  const auto widen = [&](Day first, Day last) {
    first = std::max(first, window.first);
    last = std::min(last, window.last);
    if (last < first) return;
    if (!seen) seen = DayRange{first, last};
    seen->first = std::min(seen->first, first);
    seen->last = std::max(seen->last, last);
  };
  for (const DayRange& range : covered) widen(range.first, range.last);
  for (const auto& row : rows) widen(row.day, row.day);
  if (!seen) return window;
  const bool is_last_to_come = seen->last.days + std::chrono::days(1) == window.last.days;
  return {seen->first, is_last_to_come ? seen->last : window.last};
}

DayRange previous_window(const DayRange& window) {
  const std::chrono::days length(days_in(window));
  return {{window.first.days - length}, {window.last.days - length}};
}

}  // namespace testigo::insight
