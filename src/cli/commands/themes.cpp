#include <algorithm>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "insight/themes.h"
#include "render/themes_table.h"
#include "store/read_themes.h"

namespace testigo::cli {
namespace {

constexpr std::int64_t most_themes = 10'000;

// Whether a crawl reached the window.
bool was_seen(std::span<const insight::DayRange> covered, const insight::DayRange& window) {
  return std::any_of(covered.begin(), covered.end(), [&](const insight::DayRange& range) {
    return range.first <= window.last && window.first <= range.last;
  });
}

Result<std::vector<insight::ThemeRank>> ranks(Context& context, store::Store& store,
                                              store::RollupFilter filter,
                                              const insight::DayRange& window) {
  const insight::DayRange earlier = insight::previous_window(window);
  filter.since = window.first;
  filter.until = day_after(window);
  auto now = store::theme_sums(store, filter);
  if (!now) return fail(std::move(now.error()));
  filter.since = earlier.first;
  filter.until = day_after(earlier);
  auto before = store::theme_sums(store, filter);
  if (!before) return fail(std::move(before.error()));
  auto covered = covered_days(context, store);
  if (!covered) return fail(std::move(covered.error()));
  return insight::rank_themes(*now, *before, !before->empty() || was_seen(*covered, earlier));
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
  if (const auto source = arguments.value("--source")) filter.source = SourceId(*source);
  auto themes = ranks(context, *store, std::move(filter), *window);
  if (!themes) return context.failed(themes.error());
  if (*limit > 0) themes->resize(std::min(themes->size(), static_cast<std::size_t>(*limit)));
  if (context.format() == render::Format::table) {
    context.out() << render::render_themes(*themes, context.terminal());
  } else {
    context.out() << render::render_rows(render::theme_rows(*themes), context.format(),
                                         context.terminal());
  }
  return themes->empty() && arguments.has("--fail-empty") ? ExitCode::nothing_matched
                                                          : ExitCode::done;
}

}  // namespace

Command themes_command() {
  return {"themes",
          "ask",
          "What it is about, by volume, pain and growth",
          {{"--brand", Arity::value, "ID", "the brand; the first one unless said", false, ""},
           {"--source", Arity::value, "NAME", "of this source only", false, ""},
           since_option(),
           until_option(),
           {"--limit", Arity::value, "N", "so many of the highest rank; all unless said", false, "-n"},
           {"--fail-empty", Arity::flag, "", "exit 3 when there is no mention", false, ""}},
          {{"themes --brand acme --since 30d", "the last 30 days beside the 30 before"},
           {"themes --brand acme --limit 5 --format md", "the five that hurt most"}},
          run};
}

}  // namespace testigo::cli
