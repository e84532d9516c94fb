#pragma once

#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "store/read.h"
#include "text/time_zone.h"

namespace testigo::cli {

// The options by which mentions are chosen: QUERY, --brand, --since, --until, --order.
[[nodiscard]] std::vector<Option> mention_filter_options();

// What they ask for. Errc::malformed names the option; a query's error has the caret under its
// spot; Errc::not_found for a brand that the configuration does not have, or another name
// that nothing has (known_names.h), with the nearest one.
[[nodiscard]] Result<store::MentionFilter> mention_filter(Context& context,
                                                          const Arguments& arguments);

// A brand of the configuration, where there is one. Errc::not_found with the nearest.
[[nodiscard]] Result<BrandId> known_brand(Context& context, const std::string& word,
                                          std::string_view where);

// A brand given with --brand, if any, checked against the configuration where there is one.
[[nodiscard]] Result<std::optional<BrandId>> brand_option(Context& context,
                                                          const Arguments& arguments);

// A day of an option; "30d" is the first of the last 30, today among them
// (other than --since: 30 days ago), "today" is today, in the configured zone.
[[nodiscard]] Result<std::optional<Day>> day_option(Context& context, const Arguments& arguments,
                                                    std::string_view name);

// --since and --until where no window is meant unless said. Errc::malformed where the last day lies
// before the first.
struct DayBounds {
  std::optional<Day> since;
  std::optional<Day> until;  // the day after the last one
};
[[nodiscard]] Result<DayBounds> day_options(Context& context, const Arguments& arguments);

// Where days are cut: the configured zone (UTC where there is no configuration).
[[nodiscard]] text::TimeZone configured_zone(Context& context);

// Today in that zone.
[[nodiscard]] Day today(Context& context);

}  // namespace testigo::cli
