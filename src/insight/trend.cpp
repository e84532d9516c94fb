#include "insight/trend.h"

#include <algorithm>
#include <map>
#include <utility>

#include "insight/trend_buckets.h"

namespace testigo::insight {
namespace {

using namespace std::string_view_literals;

constexpr std::array bucket_names = {"hour"sv, "day"sv, "week"sv, "month"sv};
constexpr std::array split_names = {"none"sv, "brand"sv, "source"sv, "language"sv,
                                    "tag"sv,  "stage"sv, "theme"sv};
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

}  // namespace

std::optional<Bucket> parse_bucket(std::string_view name) {
  return named<Bucket>(bucket_names, name);
}
std::string_view to_string(Bucket bucket) { return bucket_names[static_cast<std::size_t>(bucket)]; }

std::optional<Split> parse_split(std::string_view name) { return named<Split>(split_names, name); }
std::string_view to_string(Split split) { return split_names[static_cast<std::size_t>(split)]; }

std::vector<Series> make_trend(std::span<const DailyRollup> rows, std::span<const DayRange> covered,
                               const TrendOptions& options) {
  if (is_empty(options)) return {};
  const Buckets buckets(rows, covered, options);
  const Series blank{{}, buckets.points(), buckets.total()};
  std::map<std::string, Series> by_name;
  for (const auto& row : rows) {
    const auto place = buckets.place_of(row);
    if (!place) continue;
    Series& series = by_name.try_emplace(value_of(row, options.split), blank).first->second;
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

DayRange trimmed(const DayRange& window, std::span<const DailyRollup> rows,
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
  return seen.value_or(window);
}

DayRange previous_window(const DayRange& window) {
  const std::chrono::days length(days_in(window));
  return {{window.first.days - length}, {window.last.days - length}};
}

}  // namespace testigo::insight
