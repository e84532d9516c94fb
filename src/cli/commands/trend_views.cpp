#include "cli/commands/trend_views.h"

#include <algorithm>
#include <ostream>

#include "app/changes.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/window.h"
#include "insight/before_after.h"
#include "insight/consistency.h"
#include "render/changes_table.h"
#include "render/consistency_table.h"
#include "store/read_names.h"
#include "store/read_splits.h"

namespace testigo::cli {
namespace {

constexpr std::int64_t most_days_about = 28;  // whole weeks: each side has every weekday as often
constexpr std::int64_t most_days_asked = 366;

// How many days before and after the date are looked at: four weeks, or as many as --since and
// --until leave on both sides.
Result<int> days_about(const TrendRequest& request, const Arguments& arguments, Day date) {
  const insight::DayRange& window = request.options.window;
  std::int64_t days = insight::days_in({date, window.last});
  if (arguments.has("--since"))
    days = std::min(days, (date.days - window.first.days).count());
  else
    days = std::min(days, most_days_about);
  if (days < 1)
    return fail(Errc::malformed, "there must be a day before and a day after " + to_string(date),
                "--before-after");
  return static_cast<int>(std::min(days, most_days_asked));
}

// Why a table is empty.
void say_where_days_are(Context& context, store::Store& store, Day since, Day until) {
  context.err() << "no mention from " << to_string(since) << " to "
                << to_string(Day{until.days - std::chrono::days(1)});
  const auto days = store::stored_days(store);
  if (days && *days)
    context.err() << "; the store has those of " << to_string((*days)->first) << " to "
                  << to_string((*days)->last);
  context.err() << '\n';
}

ExitCode exit_for(bool empty, const Arguments& arguments) {
  return empty && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

store::RollupFilter filter_of(const TrendRequest& request) {
  store::RollupFilter filter;
  filter.brand = request.brand;
  filter.source = request.source;
  filter.since = insight::previous_window(request.options.window).first;
  filter.until = day_after(request.options.window);
  return filter;
}

std::vector<insight::Note> notes_of(Context& context, const TrendRequest& request) {
  std::vector<insight::Note> found;
  auto configuration = context.configuration();
  if (!configuration) return found;
  const insight::DayRange& window = request.options.window;
  for (const insight::Note& note : (*configuration)->notes) {
    const bool of_brand = !request.brand || !note.brand || note.brand == request.brand;
    if (of_brand && window.first <= note.day && note.day <= window.last) found.push_back(note);
  }
  return found;
}

ExitCode show_changes(Context& context, store::Store& store, const TrendRequest& request,
                      const Arguments& arguments) {
  auto changes = app::explained_changes(
      store, {request.brand, request.source, request.options.window, zone_of(context)});
  if (!changes) return context.failed(changes.error());
  const auto remarks = notes_of(context, request);
  if (context.format() == render::Format::table) {
    context.out() << render::render_changes(*changes, remarks, context.terminal());
  } else {
    context.out() << render::render_rows(render::change_rows(*changes, remarks), context.format(),
                                         context.terminal());
  }
  return exit_for(changes->empty(), arguments);
}

ExitCode show_before_after(Context& context, store::Store& store, const TrendRequest& request,
                           const Arguments& arguments) {
  auto date = day_option(context, arguments, "--before-after");
  if (!date) return context.bad_usage(date.error());
  auto days = days_about(request, arguments, **date);
  if (!days) return context.bad_usage(days.error());
  store::RollupFilter filter = filter_of(request);
  filter.since = Day{(*date)->days - std::chrono::days(2 * *days)};
  filter.until = Day{(*date)->days + std::chrono::days(*days)};
  auto rows = store::brand_days(store, filter);
  if (!rows) return context.failed(rows.error());
  auto themes = store::split_days(store, store::KeptSplit::theme, filter);
  if (!themes) return context.failed(themes.error());
  if (rows->empty()) say_where_days_are(context, store, *filter.since, *filter.until);
  const auto found = insight::before_and_after(*rows, *themes, **date, *days);
  if (context.format() == render::Format::table) {
    context.out() << render::render_before_after(found, context.terminal());
  } else {
    context.out() << render::render_rows(render::before_after_rows(found), context.format(),
                                         context.terminal());
  }
  return exit_for(rows->empty(), arguments);
}

ExitCode show_consistency(Context& context, store::Store& store, const TrendRequest& request,
                          const Arguments& arguments) {
  auto brands = compared_brands(context, store, request.brand);
  if (!brands) return context.bad_usage(brands.error());
  if (request.brand) brands->assign({*request.brand});
  store::RollupFilter filter = filter_of(request);
  filter.since = request.options.window.first;
  auto rows = store::daily(store, filter);
  if (!rows) return context.failed(rows.error());
  const auto found = insight::consistency_of(*rows, *brands);
  if (context.format() == render::Format::table) {
    context.out() << render::render_consistency(found, context.terminal());
  } else {
    context.out() << render::render_rows(render::consistency_rows(found), context.format(),
                                         context.terminal());
  }
  return exit_for(rows->empty(), arguments);
}

}  // namespace testigo::cli
