#include <algorithm>
#include <ostream>

#include "app/audits.h"
#include "cli/commands/commands.h"
#include "cli/commands/corrected.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "insight/trend.h"
#include "render/trend_table.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

struct TrendRequest {
  std::optional<BrandId> brand;
  std::optional<SourceId> source;
  insight::TrendOptions options;
};

Result<insight::Bucket> bucket_option(const Arguments& arguments) {
  const std::string word = arguments.value_or("--by", "week");
  if (const auto bucket = insight::parse_bucket(word)) return *bucket;
  return fail(Errc::malformed, "\"" + word + "\" is none of day, week, month", "--by");
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
  if (const auto source = arguments.value("--source")) request.source = SourceId(*source);
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
  return request;
}

Result<std::vector<DailyRollup>> rollups(store::Store& store, const TrendRequest& request) {
  store::RollupFilter filter;
  filter.brand = request.brand;
  filter.source = request.source;
  filter.since = insight::previous_window(request.options.window).first;
  filter.until = day_after(request.options.window);
  return request.options.split == insight::Split::theme ? store::theme_daily(store, filter)
                                                        : store::daily(store, filter);
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto request = read_request(context, arguments);
  if (!request) return context.bad_usage(request.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto rows = rollups(*store, *request);
  if (!rows) return context.failed(rows.error());
  auto covered = covered_days(context, *store);
  if (!covered) return context.failed(covered.error());
  // Where nobody said since when, the silence before the first mention is not shown.
  if (!arguments.has("--since"))
    request->options.window = insight::trimmed(request->options.window, *rows, *covered);
  auto series = insight::make_trend(*rows, *covered, request->options);
  if (arguments.has("--corrected")) {
    const auto accuracy = audited_accuracy(context, *store, request->brand);
    if (!accuracy) return context.failed(accuracy.error());
    app::correct_shares(series, *accuracy);
  }
  if (context.format() == render::Format::table) {
    context.out() << render::render_trend(series, context.terminal());
    if (request->options.split == insight::Split::none)
      context.out() << render::render_change(
          insight::compare_periods(*rows, *covered, request->options.window), context.terminal());
  } else {
    context.out() << render::render_rows(render::trend_rows(series), context.format(),
                                         context.terminal());
  }
  const bool empty = std::all_of(series.begin(), series.end(), [](const insight::Series& one) {
    return one.total.mentions == 0;
  });
  return empty && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command trend_command() {
  return {"trend",
          "ask",
          "How advocacy and complaints moved, with margins of error",
          {{"--brand", Arity::value, "ID", "of this brand only", false, ""},
           {"--source", Arity::value, "NAME", "of this source only", false, ""},
           {"--by", Arity::value, "B", "day, week or month; week unless said", false, ""},
           {"--split", Arity::value, "S", "brand, source, language, tag, stage or theme", false, ""},
           {"--corrected", Arity::flag, "", "shares as the latest audit's labels correct them", false, ""},
           since_option(),
           until_option(),
           {"--fail-empty", Arity::flag, "", "exit 3 when there is no mention", false, ""}},
          {{"trend --brand acme --by month --since 2026-01-01", "net sentiment month by month"},
           {"trend --split theme --format csv > themes.csv", "a column a figure, for a spreadsheet"}},
          run};
}

}  // namespace testigo::cli
