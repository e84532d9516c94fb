#pragma once

#include <span>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "insight/trend.h"
#include "store/read.h"
#include "text/time_zone.h"

namespace testigo::cli {

// --since and --until of commands that look at a window of days.
[[nodiscard]] Option since_option();
[[nodiscard]] Option until_option();

// The window they ask for; the last default_window_days up to today unless said. Errc::malformed
// names the option.
[[nodiscard]] Result<insight::DayRange> window_option(Context& context, const Arguments& arguments);
inline constexpr int default_window_days = 90;  // a quarter: long enough for weeks to be compared

// The configured zone; UTC where there is none.
[[nodiscard]] text::TimeZone zone_of(Context& context);

// What the store's filters take as `until`.
[[nodiscard]] Day day_after(const insight::DayRange& window);

// When the window ends: with its last day in the configured zone, or, if that is not over, now, in
// whole hours, so that the same --now gives the same answer.
[[nodiscard]] UtcTime end_of(Context& context, const insight::DayRange& window);

// The hours of a window, up to now at the latest: from the first that begins in it (UTC's, which
// are no whole hours everywhere).
[[nodiscard]] insight::HourRange hours_of(Context& context, const insight::DayRange& window);

// The days on which crawls and imports looked for what is said of a brand, and of each source those
// on which they looked there.
struct Covered {
  std::vector<insight::DayRange> days;           // of any of them
  std::vector<insight::DayRange> of_any_source;  // where it is not known which
  insight::CoveredByValue by_source;             // these included
};
[[nodiscard]] Result<Covered> covered_days(Context& context, store::Store& store,
                                           const store::RollupFilter& filter);

// The window from what was first seen on, where nobody said since when: insight::trimmed(). A day
// that was named is kept.
[[nodiscard]] insight::DayRange from_first_seen(const Arguments& arguments,
                                                const insight::DayRange& window,
                                                std::span<const DayTotals> rows,
                                                std::span<const insight::DayRange> covered);

// The brands that are compared: that of --brand with its competitors first; else all that are
// configured, or, without a configuration, all that are stored. Errc::not_found for an unknown one.
[[nodiscard]] Result<std::vector<BrandId>> compared_brands(Context& context, store::Store& store,
                                                           const std::optional<BrandId>& brand);

// The one brand a page is about: that of --brand, else the only one there is, else the first in the
// configuration. Errc::not_found where the store has none.
[[nodiscard]] Result<BrandId> one_brand(Context& context, store::Store& store,
                                        const std::optional<BrandId>& brand);

}  // namespace testigo::cli
