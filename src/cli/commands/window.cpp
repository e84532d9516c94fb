#include "cli/commands/window.h"

#include <algorithm>

#include "cli/commands/mention_filter.h"
#include "store/looks.h"
#include "store/read_sums.h"

namespace testigo::cli {

text::TimeZone zone_of(Context& context) {
  auto configuration = context.configuration();
  const auto zone = text::find_time_zone(configuration ? (*configuration)->timezone : "UTC");
  return zone ? *zone : text::TimeZone{};
}

Option since_option() {
  return {"--since", Arity::value, "DAY", "first day; the last 90 days unless said", false, ""};
}

Option until_option() {
  return {"--until", Arity::value, "DAY", "last day; today unless said", false, ""};
}

Result<insight::DayRange> window_option(Context& context, const Arguments& arguments) {
  auto since = day_option(context, arguments, "--since");
  if (!since) return fail(std::move(since.error()));
  auto until = day_option(context, arguments, "--until");
  if (!until) return fail(std::move(until.error()));
  insight::DayRange window;
  window.last = until->value_or(today(context));
  window.first =
      since->value_or(Day{window.last.days - std::chrono::days(default_window_days - 1)});
  if (window.last < window.first)
    return arguments.has("--until")
               ? fail(Errc::malformed, "the last day lies before the first", "--until")
               : fail(Errc::malformed,
                      to_string(window.first) + " is still to come; today is " +
                          to_string(window.last),
                      "--since");
  return window;
}

Day day_after(const insight::DayRange& window) {
  return Day{window.last.days + std::chrono::days(1)};
}

UtcTime end_of(Context& context, const insight::DayRange& window) {
  const UtcTime now = std::chrono::floor<std::chrono::hours>(context.now());
  return std::min(now, text::start_of(day_after(window), zone_of(context)));
}

insight::HourRange hours_of(Context& context, const insight::DayRange& window) {
  using std::chrono::hours;
  const text::TimeZone zone = zone_of(context);
  const auto number = [](UtcTime time) {
    return std::chrono::ceil<hours>(time).time_since_epoch().count();
  };
  // The hour that is running is the last.
  const UtcTime running = std::chrono::floor<hours>(context.now()) + hours(1);
  const UtcTime end = std::min(running, text::start_of(day_after(window), zone));
  return {number(text::start_of(window.first, zone)), number(end)};
}

Result<Covered> covered_days(Context& context, store::Store& store,
                             const store::RollupFilter& filter) {
  auto looks = store::looks(store, filter);
  if (!looks) return fail(std::move(looks.error()));
  const text::TimeZone zone = zone_of(context);
  Covered covered;
  for (const store::LookRow& look : *looks) {
    const insight::DayRange days{text::day_of(look.from, zone), text::day_of(look.to, zone)};
    covered.days.push_back(days);
    if (look.source)
      covered.by_source[look.source->value].push_back(days);
    else
      covered.of_any_source.push_back(days);
  }
  for (auto& [source, days] : covered.by_source)
    days.insert(days.end(), covered.of_any_source.begin(), covered.of_any_source.end());
  return covered;
}

insight::DayRange from_first_seen(const Arguments& arguments, const insight::DayRange& window,
                                  std::span<const DayTotals> rows,
                                  std::span<const insight::DayRange> covered) {
  if (arguments.has("--since")) return window;
  const insight::DayRange seen = insight::trimmed(window, rows, covered);
  return {seen.first, arguments.has("--until") ? window.last : seen.last};
}

Result<std::vector<BrandId>> compared_brands(Context& context, store::Store& store,
                                             const std::optional<BrandId>& brand) {
  auto configuration = context.configuration();
  std::vector<BrandId> brands;
  if (brand) brands.push_back(*brand);
  if (!configuration) {
    auto stored = store::stored_brands(store);
    if (!stored) return stored;
    if (brand && std::find(stored->begin(), stored->end(), *brand) == stored->end())
      return fail(Errc::not_found, "the store has no brand \"" + brand->value + "\"", "--brand");
    return brand ? brands : *stored;
  }
  for (const app::BrandSettings& one : (*configuration)->brands) {
    if (!brand) brands.push_back(one.id);
    if (one.id != brand) continue;
    for (const BrandId& competitor : one.competitors)
      if (std::find(brands.begin(), brands.end(), competitor) == brands.end())
        brands.push_back(competitor);
  }
  return brands;
}

Result<BrandId> one_brand(Context& context, store::Store& store,
                          const std::optional<BrandId>& brand) {
  auto brands = compared_brands(context, store, brand);
  if (!brands) return fail(std::move(brands.error()));
  if (brands->empty())
    return fail(Errc::not_found, "there is no brand yet; name one in testigo.toml", "--brand");
  return brands->front();
}

}  // namespace testigo::cli
