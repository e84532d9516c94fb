#include "insight/share.h"

#include <algorithm>
#include <array>
#include <ostream>

#include "app/audits.h"
#include "app/bursts.h"
#include "app/switch_ends.h"
#include "cli/commands/commands.h"
#include "cli/commands/corrected.h"
#include "cli/commands/judged.h"
#include "cli/commands/known_names.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/commands/together.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "insight/loyalty.h"
#include "render/corrected.h"
#include "render/look_alikes_table.h"
#include "render/loyalty_table.h"
#include "render/share_table.h"
#include "store/read_standing.h"
#include "store/read_sums.h"
#include "store/read_switching.h"

namespace testigo::cli {
namespace {

struct ShareRequest {
  std::vector<BrandId> brands;
  insight::DayRange window;
  std::optional<SourceId> source;
  bool corrected = false;
};

// True where there was something to show.
Result<bool> show_voices(Context& context, store::Store& store, const ShareRequest& request) {
  store::RollupFilter filter;
  filter.source = request.source;
  filter.since = request.window.first;
  filter.until = day_after(request.window);
  auto sums = store::brand_sums(store, request.brands, filter);
  if (!sums) return fail(std::move(sums.error()));
  auto voices = insight::share_of_voice(*sums);
  if (request.corrected) {
    const auto accuracy = audited_accuracy(context, store, std::nullopt);
    if (!accuracy) return fail(accuracy.error());
    app::correct_advocates(voices, *sums, *accuracy);
  }
  if (context.format() == render::Format::table) {
    context.out() << render::render_voices(voices, context.terminal());
    if (request.corrected) context.out() << render::corrected_line(context.terminal());
  } else {
    auto rows = render::voice_rows(voices);
    if (request.corrected) render::say_corrected(rows);
    context.out() << render::render_rows(rows, context.format(), context.terminal());
  }
  return std::any_of(voices.begin(), voices.end(),
                     [](const insight::Voice& voice) { return voice.mentions > 0; });
}

bool contains(const std::vector<BrandId>& brands, const BrandId& brand) {
  return std::find(brands.begin(), brands.end(), brand) != brands.end();
}

// Whether one of its ends is asked for; where the post says neither, whether it names one that is.
bool is_asked(const insight::Crossing& crossing, const store::SwitchingPost& post,
              const std::vector<BrandId>& brands) {
  if (!crossing.from.empty() || !crossing.to.empty())
    return contains(brands, crossing.from) || contains(brands, crossing.to);
  return std::any_of(post.brands.begin(), post.brands.end(),
                     [&](const store::BrandView& view) { return contains(brands, view.brand); });
}

Result<std::vector<insight::Crossing>> crossings(Context& context, store::Store& store,
                                                 const ShareRequest& request, Intent intent) {
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  auto files = rule_texts(context);
  if (!files) return fail(std::move(files.error()));
  auto words = app::SwitchWords::load(*files);
  if (!words) return fail(std::move(words.error()));
  store::SwitchingFilter filter;
  filter.brands = request.brands;  // and all others, which may be the other end
  for (const app::BrandSettings& brand : (*configuration)->brands)
    if (!contains(request.brands, brand.id)) filter.brands.push_back(brand.id);
  filter.since = request.window.first;
  filter.until = day_after(request.window);
  filter.intent = intent;
  auto posts = store::switching_posts(store, filter);
  if (!posts) return fail(std::move(posts.error()));
  const app::BrandBook brands(**configuration);
  std::vector<insight::Crossing> found;
  for (const store::SwitchingPost& post : *posts) {
    if (request.source && post.source != *request.source) continue;
    const auto crossing = app::crossing_of(post, brands, *words);
    if (crossing && is_asked(*crossing, post, request.brands)) found.push_back(*crossing);
  }
  return found;
}

Result<bool> show_switches(Context& context, store::Store& store, const ShareRequest& request) {
  auto found = crossings(context, store, request, Intent::switch_to);
  if (!found) return fail(std::move(found.error()));
  const auto matrix = insight::switch_matrix(*found);
  if (context.format() == render::Format::table) {
    context.out() << render::render_switches(matrix, context.terminal());
  } else {
    context.out() << render::render_rows(render::switch_rows(matrix), context.format(),
                                         context.terminal());
  }
  return !matrix.empty();
}

Result<bool> show_loyalty(Context& context, store::Store& store, const ShareRequest& request) {
  store::RollupFilter filter;
  filter.source = request.source;
  filter.since = request.window.first;
  filter.until = day_after(request.window);
  std::vector<BrandStanding> standings;
  for (const BrandId& brand : request.brands) {
    auto standing = store::brand_standing(store, brand, filter);
    if (!standing) return fail(std::move(standing.error()));
    standings.push_back(std::move(*standing));
  }
  // Without a configuration nobody knows how brands are called: the intents stay their posts'.
  if (context.configuration()) {
    const auto churn = crossings(context, store, request, Intent::churn);
    if (!churn) return fail(churn.error());
    const auto switches = crossings(context, store, request, Intent::switch_to);
    if (!switches) return fail(switches.error());
    for (BrandStanding& one : standings) insight::count_departures(one, *churn, *switches);
  }
  const auto loyalty = insight::loyalty_of(standings);
  if (context.format() == render::Format::table) {
    context.out() << render::render_loyalty(loyalty, context.terminal());
  } else {
    context.out() << render::render_rows(render::loyalty_rows(loyalty), context.format(),
                                         context.terminal());
  }
  return std::any_of(standings.begin(), standings.end(),
                     [](const BrandStanding& one) { return one.mentions > 0; });
}

// Of the first of the brands.
Result<bool> show_bursts(Context& context, store::Store& store, const ShareRequest& request) {
  if (request.brands.empty()) return false;
  auto files = rule_texts(context);
  if (!files) return fail(std::move(files.error()));
  auto words = app::AskingWords::load(*files);
  if (!words) return fail(std::move(words.error()));
  app::BurstRequest asked{request.brands.front(), request.brands.front().value, request.source,
                          request.window, zone_of(context)};
  auto configuration = context.configuration();
  if (configuration)
    if (const app::BrandSettings* brand = (*configuration)->find_brand(asked.brand))
      asked.brand_name = brand->name;
  auto found = app::look_alikes(store, *words, asked);
  if (!found) return fail(std::move(found.error()));
  if (context.format() == render::Format::table) {
    context.out() << render::render_look_alikes(*found, context.terminal());
  } else {
    context.out() << render::render_rows(render::look_alike_rows(*found), context.format(),
                                         context.terminal());
  }
  return !found->bursts.empty() || !found->syndicated.empty();
}

Result<void> check_options(const Arguments& arguments) {
  static const std::array<Instead, 3> all = {
      Instead{"--switches", {"--loyalty", "--bursts", "--corrected"}},
      Instead{"--loyalty", {"--bursts", "--corrected"}}, Instead{"--bursts", {"--corrected"}}};
  return check_together(arguments, all);
}

ExitCode run(Context& context, const Arguments& arguments) {
  if (auto sound = check_options(arguments); !sound) return context.bad_usage(sound.error());
  auto brand = brand_option(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto window = window_option(context, arguments);
  if (!window) return context.bad_usage(window.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto brands = compared_brands(context, *store, *brand);
  if (!brands) return context.bad_usage(brands.error());
  ShareRequest request{std::move(*brands), *window, {}, arguments.has("--corrected")};
  auto source = source_option(context, arguments);
  if (!source) return context.bad_usage(source.error());
  request.source = *source;
  const auto show = arguments.has("--switches")  ? show_switches
                    : arguments.has("--loyalty") ? show_loyalty
                    : arguments.has("--bursts")  ? show_bursts
                                                 : show_voices;
  say_if_rules_differ(context, *store);
  auto shown = show(context, *store, request);
  if (!shown) return context.failed(shown.error());
  return !*shown && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command share_command() {
  return {"share",
          "ask",
          "Share of voice and of advocacy among brands, and who goes where",
          {{"--brand", Arity::value, "ID", "this brand and its competitors; all brands unless said",
            false, ""},
           {"--source", Arity::value, "NAME", "of this source only", false, ""},
           {"--switches", Arity::flag, "", "instead: from which brand to which, and about what",
            false, ""},
           {"--corrected", Arity::flag, "",
            "shares of advocacy as the latest audit's labels correct them", false, ""},
           {"--loyalty", Arity::flag, "",
            "instead: fans and detractors by author, and who means to buy again, leave or switch",
            false, ""},
           {"--bursts", Arity::flag, "",
            "instead: bursts of look-alike praise and copied posts of the brand, and its shares "
            "with each as one voice",
            false, ""},
           since_option(),
           until_option(),
           {"--fail-empty", Arity::flag, "", "exit 3 when there is nothing to show", false, ""}},
          {{"share --brand acme --since 2026-01-01", "acme beside its competitors"},
           {"share --switches --format json", "who goes where, with quotes"},
           {"share --brand acme --loyalty", "net advocacy, churn and repurchase"}},
          run};
}

}  // namespace testigo::cli
