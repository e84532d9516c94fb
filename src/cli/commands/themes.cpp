#include "insight/themes.h"

#include <algorithm>
#include <ostream>

#include "app/new_phrases.h"
#include "cli/commands/commands.h"
#include "cli/commands/known_names.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "render/phrases_table.h"
#include "render/themes_table.h"
#include "store/read_themes.h"

namespace testigo::cli {
namespace {

constexpr std::int64_t most_themes = 10'000;

// The window is cut as `trend` cuts it, so that both set the same days side by side.
Result<render::RankedThemes> ranks(Context& context, store::Store& store,
                                   store::RollupFilter filter, insight::DayRange window,
                                   const Arguments& arguments) {
  filter.since = insight::previous_window(window).first;
  filter.until = day_after(window);
  const auto days = store::brand_days(store, filter);
  if (!days) return fail(days.error());
  const auto totals = insight::totals_of(*days, insight::Split::none);
  const auto covered = covered_days(context, store, filter);
  if (!covered) return fail(covered.error());
  window = from_first_seen(arguments, window, totals, covered->days);
  const insight::DayRange earlier = insight::previous_window(window);
  filter.since = window.first;
  filter.until = day_after(window);
  const auto now = store::theme_sums(store, filter);
  if (!now) return fail(now.error());
  filter.since = earlier.first;
  filter.until = day_after(earlier);
  const auto before = store::theme_sums(store, filter);
  if (!before) return fail(before.error());
  const auto seen_now = insight::exposure_of(totals, covered->days, window);
  const auto seen_before = insight::exposure_of(totals, covered->days, earlier);
  return render::RankedThemes{insight::rank_themes(*now, *before, seen_now, seen_before), seen_now,
                              seen_before};
}

Result<std::vector<insight::QuotedPhrase>> phrases(Context& context, store::Store& store,
                                                   const store::RollupFilter& filter,
                                                   const insight::DayRange& window) {
  auto files = rule_texts(context);
  if (!files) return fail(std::move(files.error()));
  auto words = app::AskingWords::load(*files);
  if (!words) return fail(std::move(words.error()));
  app::PhraseRequest request{*filter.brand, filter.brand->value, filter.source, window,
                             zone_of(context)};
  auto configuration = context.configuration();
  if (configuration)
    if (const app::BrandSettings* brand = (*configuration)->find_brand(*filter.brand))
      request.brand_name = brand->name;
  return app::quoted_phrases(store, *words, request);
}

template <class Item>
void cut(std::vector<Item>& items, std::int64_t limit) {
  if (limit > 0) items.resize(std::min(items.size(), static_cast<std::size_t>(limit)));
}

template <class Shown, class Render, class MakeRows>
ExitCode show(Context& context, const Arguments& arguments, const Shown& shown, bool empty,
              Render render, MakeRows make_rows) {
  if (context.format() == render::Format::table) {
    context.out() << render(shown, context.terminal());
  } else {
    context.out() << render::render_rows(make_rows(shown), context.format(), context.terminal());
  }
  return empty && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto brand = brand_option(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto window = window_option(context, arguments);
  if (!window) return context.bad_usage(window.error());
  auto limit = arguments.number("--limit", 0, 0, most_themes);
  if (!limit) return context.bad_usage(limit.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto about = one_brand(context, *store, *brand);
  if (!about) return context.bad_usage(about.error());
  store::RollupFilter filter;
  filter.brand = *about;
  auto source = source_option(context, arguments);
  if (!source) return context.bad_usage(source.error());
  filter.source = *source;
  if (arguments.has("--phrases")) {
    auto found = phrases(context, *store, filter, *window);
    if (!found) return context.failed(found.error());
    cut(*found, *limit);
    return show(context, arguments, *found, found->empty(), render::render_phrases,
                render::phrase_rows);
  }
  auto ranked = ranks(context, *store, std::move(filter), *window, arguments);
  if (!ranked) return context.failed(ranked.error());
  cut(ranked->themes, *limit);
  return show(context, arguments, *ranked, ranked->themes.empty(), render::render_themes,
              render::theme_rows);
}

}  // namespace

Command themes_command() {
  return {
      "themes",
      "ask",
      "What it is about, by volume, pain and growth",
      {{"--brand", Arity::value, "ID", "the brand; the first one unless said", false, ""},
       {"--source", Arity::value, "NAME", "of this source only", false, ""},
       {"--phrases", Arity::flag, "",
        "instead: what more people say than in the period before, in their words", false, ""},
       since_option(),
       until_option(),
       {"--limit", Arity::value, "N", "so many of the highest rank; all unless said", false, "-n"},
       {"--fail-empty", Arity::flag, "", "exit 3 when there is no mention", false, ""}},
      {{"themes --brand acme --since 30d", "the last 30 days beside the 30 before"},
       {"themes --brand acme --since 30d --phrases", "what is new in their own words"},
       {"themes --brand acme --limit 5 --format md", "the five that hurt most"}},
      run};
}

}  // namespace testigo::cli
