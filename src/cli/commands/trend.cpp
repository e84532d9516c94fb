#include "insight/trend.h"

#include <algorithm>
#include <array>
#include <ostream>

#include "app/audits.h"
#include "cli/commands/commands.h"
#include "cli/commands/corrected.h"
#include "cli/commands/judged.h"
#include "cli/commands/known_names.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/together.h"
#include "cli/commands/trend_views.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "insight/split_comparison.h"
#include "render/comparison_table.h"
#include "render/corrected.h"
#include "render/trend_table.h"
#include "store/read.h"
#include "store/read_splits.h"

namespace testigo::cli {
namespace {

constexpr int hours_window_days = 2;  // shown by hour unless said

Result<insight::Bucket> bucket_option(const Arguments& arguments) {
  const std::string word = arguments.value_or("--by", "week");
  if (const auto bucket = insight::parse_bucket(word)) return *bucket;
  return fail(Errc::malformed, "\"" + word + "\" is none of hour, day, week, month", "--by");
}

Result<insight::Split> split_option(const Arguments& arguments) {
  const std::string word = arguments.value_or("--split", "none");
  if (const auto split = insight::parse_split(word)) return *split;
  return fail(Errc::malformed,
              "\"" + word + "\" is none of none, brand, source, language, tag, stage, theme",
              "--split");
}

Result<TrendRequest> read_request(Context& context, const Arguments& arguments) {
  TrendRequest request;
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  request.brand = *brand;
  auto source = source_option(context, arguments);
  if (!source) return fail(std::move(source.error()));
  request.source = *source;
  auto bucket = bucket_option(arguments);
  if (!bucket) return fail(std::move(bucket.error()));
  request.options.bucket = *bucket;
  auto split = split_option(arguments);
  if (!split) return fail(std::move(split.error()));
  request.options.split = *split;
  if (arguments.has("--corrected") && *split == insight::Split::tag)
    return fail(Errc::malformed, "an audit corrects shares of tags, not one tag by itself",
                "--corrected");
  auto window = window_option(context, arguments);
  if (!window) return fail(std::move(window.error()));
  request.options.window = *window;
  if (*bucket == insight::Bucket::hour && !arguments.has("--since"))
    request.options.window.first.days =
        window->last.days - std::chrono::days(hours_window_days - 1);
  return request;
}

// The hours of the window, and those of the rollups that it and the window before need.
Result<void> set_hours(Context& context, store::Store& store, insight::TrendOptions& options) {
  if (options.split == insight::Split::theme)
    return fail(Errc::unsupported, "themes are counted by day, not by hour", "--split");
  options.hours = hours_of(context, options.window);
  auto first = store::first_hour(store);
  if (!first) return fail(std::move(first.error()));
  if (options.hours.first < *first)
    return fail(Errc::limit_exceeded,
                "hours are kept for 35 days; begin on " +
                    to_string(Day{insight::day_of_hour(*first).days + std::chrono::days(1)}) +
                    " or later, or use --by day",
                "--since");
  return {};
}

// Of which the store keeps totals by day; those of others are put together from finer ones.
std::optional<store::KeptSplit> kept(insight::Split split) {
  switch (split) {
    case insight::Split::source:
      return store::KeptSplit::source;
    case insight::Split::language:
      return store::KeptSplit::language;
    case insight::Split::stage:
      return store::KeptSplit::stage;
    case insight::Split::theme:
      return store::KeptSplit::theme;
    case insight::Split::none:
    case insight::Split::brand:
    case insight::Split::tag:
      break;
  }
  return std::nullopt;
}

Result<std::vector<DayTotals>> totals(store::Store& store, const TrendRequest& request) {
  const insight::TrendOptions& options = request.options;
  const store::RollupFilter filter = filter_of(request);
  const bool hourly = options.bucket == insight::Bucket::hour;
  const auto split = kept(options.split);
  if (split && !hourly) return store::split_days(store, *split, filter);
  auto rows = hourly ? store::hourly(store, filter, insight::previous_window(options.hours).first,
                                     options.hours.end)
                     : store::brand_days(store, filter);
  if (!rows) return fail(std::move(rows).error());
  return insight::totals_of(*rows, options.split);
}

// Of sources, each was looked at by itself.
insight::CoveredByValue seen_by_source(std::span<const DayTotals> rows, const Covered& covered) {
  insight::CoveredByValue by_source = covered.by_source;
  for (const DayTotals& row : rows) by_source.try_emplace(row.value, covered.of_any_source);
  return by_source;
}

std::vector<insight::Series> make_series(std::span<const DayTotals> rows, const Covered& covered,
                                         const insight::TrendOptions& options) {
  if (options.split != insight::Split::source)
    return insight::make_trend(rows, covered.days, options);
  return insight::make_split_trend(rows, seen_by_source(rows, covered), options);
}

std::vector<insight::SeriesChange> compared(std::span<const DayTotals> rows, const Covered& covered,
                                            const insight::TrendOptions& options) {
  if (options.split != insight::Split::source)
    return insight::compare_periods(rows, covered.days, options);
  return insight::compare_split_periods(rows, seen_by_source(rows, covered), options);
}

// How `trend` shows its series.
struct Showing {
  bool ratings = false;
  bool corrected = false;
};

void show_series(Context& context, const TrendRequest& request, const Showing& showing,
                 std::span<const DayTotals> rows, const Covered& covered,
                 std::span<const insight::Series> series) {
  const auto remarks = notes_of(context, request);
  if (context.format() != render::Format::table) {
    auto shown = render::trend_rows(series, remarks, showing.ratings);
    if (showing.corrected) render::say_corrected(shown);
    context.out() << render::render_rows(shown, context.format(), context.terminal());
    return;
  }
  if (showing.ratings) {
    context.out() << render::render_ratings(series, context.terminal());
    return;
  }
  context.out() << render::render_trend(series, context.terminal(), remarks);
  if (showing.corrected) context.out() << render::corrected_line(context.terminal());
  const auto changes = compared(rows, covered, request.options);
  context.out() << (series.size() > 1 ? "\n" : "")
                << render::render_comparison(changes, context.terminal());
}

void show_comparison(Context& context, const TrendRequest& request, std::span<const DayTotals> rows,
                     const Covered& covered) {
  const auto changes = compared(rows, covered, request.options);
  if (context.format() == render::Format::table) {
    context.out() << render::render_comparison(changes, context.terminal());
  } else {
    context.out() << render::render_rows(render::comparison_rows(changes), context.format(),
                                         context.terminal());
  }
}

// What is shown instead of the series leaves no room for some of the rest.
Result<void> check_options(const Arguments& arguments) {
  static const std::array<Instead, 5> all = {
      Instead{"--changes",
              {"--before-after", "--consistency", "--compare", "--ratings", "--corrected",
               "--split", "--by"}},
      Instead{"--before-after",
              {"--consistency", "--compare", "--ratings", "--corrected", "--split", "--by"}},
      Instead{"--consistency", {"--compare", "--ratings", "--corrected", "--split", "--by"}},
      Instead{"--compare", {"--ratings", "--corrected", "--by"}},
      Instead{"--ratings", {"--corrected"}}};
  return check_together(arguments, all);
}

ExitCode run(Context& context, const Arguments& arguments) {
  if (auto sound = check_options(arguments); !sound) return context.bad_usage(sound.error());
  auto request = read_request(context, arguments);
  if (!request) return context.bad_usage(request.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  say_if_rules_differ(context, *store);
  if (arguments.has("--changes")) return show_changes(context, *store, *request, arguments);
  if (arguments.has("--before-after"))
    return show_before_after(context, *store, *request, arguments);
  if (arguments.has("--consistency")) return show_consistency(context, *store, *request, arguments);
  insight::TrendOptions& options = request->options;
  const bool hourly = options.bucket == insight::Bucket::hour;
  if (hourly)
    if (auto set = set_hours(context, *store, options); !set) return context.bad_usage(set.error());
  auto rows = totals(*store, *request);
  if (!rows) return context.failed(rows.error());
  auto looked = covered_days(context, *store, filter_of(*request));
  if (!looked) return context.failed(looked.error());
  // A day with mentions without a theme was seen, too.
  if (options.split == insight::Split::theme) {
    const auto days = store::brand_days(*store, filter_of(*request));
    if (!days) return context.failed(days.error());
    for (const DailyRollup& day : *days) looked->days.push_back({day.day, day.day});
  }
  const std::vector<insight::DayRange>& covered = looked->days;
  if (!hourly) options.window = from_first_seen(arguments, options.window, *rows, covered);
  auto series = make_series(*rows, *looked, options);
  if (arguments.has("--corrected")) {
    const auto accuracy = audited_accuracy(context, *store, request->brand);
    if (!accuracy) return context.failed(accuracy.error());
    app::correct_shares(series, *accuracy);
  }
  if (options.bucket == insight::Bucket::day)
    if (const auto factors = insight::weekday_factors(
            *rows, covered, {*filter_of(*request).since, options.window.last}))
      insight::adjust_weekdays(series, *factors);
  if (arguments.has("--compare")) {
    show_comparison(context, *request, *rows, *looked);
  } else {
    show_series(context, *request, {arguments.has("--ratings"), arguments.has("--corrected")},
                *rows, *looked, series);
  }
  const bool empty = std::all_of(series.begin(), series.end(), [](const insight::Series& one) {
    return one.total.mentions == 0;
  });
  return empty && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command trend_command() {
  return {
      "trend",
      "ask",
      "How advocacy and complaints moved, with margins of error",
      {{"--brand", Arity::value, "ID", "of this brand only", false, ""},
       {"--source", Arity::value, "NAME", "of this source only", false, ""},
       {"--by", Arity::value, "B", "hour, day, week or month; week unless said", false, ""},
       {"--split", Arity::value, "S", "brand, source, language, tag, stage or theme", false, ""},
       {"--corrected", Arity::flag, "", "shares as the latest audit's labels correct them", false,
        ""},
       {"--ratings", Arity::flag, "",
        "instead: star ratings, their mean and how many gave each star", false, ""},
       {"--compare", Arity::flag, "", "instead: each series beside the equally long period before",
        false, ""},
       {"--changes", Arity::flag, "",
        "instead: the days from which on net sentiment is another, with the sentences that drove "
        "it",
        false, ""},
       {"--before-after", Arity::value, "DAY",
        "instead: each theme before and after a day, beside a placebo date", false, ""},
       {"--consistency", Arity::flag, "",
        "instead: how far sources, languages and weeks lie apart, beyond chance", false, ""},
       since_option(),
       until_option(),
       {"--fail-empty", Arity::flag, "", "exit 3 when there is no mention", false, ""}},
      {{"trend --brand acme --by month --since 2026-01-01", "net sentiment month by month"},
       {"trend --by hour --since 2d", "the last two days hour by hour; hours are kept for 35 days"},
       {"trend --brand acme --changes", "when it turned, and what was said"},
       {"trend --brand acme --before-after 2026-10-05", "what a new price did, theme by theme"},
       {"trend --split source --ratings", "stars by source and week"},
       {"trend --split theme --compare", "which themes moved beside the 90 days before"},
       {"trend --split theme --format csv > themes.csv", "a column a figure, for a spreadsheet"}},
      run};
}

}  // namespace testigo::cli
