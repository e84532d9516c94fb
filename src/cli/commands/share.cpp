#include <algorithm>
#include <ostream>

#include "app/audits.h"
#include "app/switch_words.h"
#include "cli/commands/commands.h"
#include "cli/commands/corrected.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "insight/share.h"
#include "render/share_table.h"
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
  } else {
    context.out() << render::render_rows(render::voice_rows(voices), context.format(),
                                         context.terminal());
  }
  return std::any_of(voices.begin(), voices.end(),
                     [](const insight::Voice& voice) { return voice.mentions > 0; });
}

Result<std::vector<insight::Crossing>> crossings(Context& context, store::Store& store,
                                                 const ShareRequest& request) {
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  auto files = rule_texts(context);
  if (!files) return fail(std::move(files.error()));
  auto words = app::SwitchWords::load(*files);
  if (!words) return fail(std::move(words.error()));
  store::SwitchingFilter filter;
  filter.brands = request.brands;
  filter.since = request.window.first;
  filter.until = day_after(request.window);
  auto posts = store::switching_posts(store, filter);
  if (!posts) return fail(std::move(posts.error()));
  const app::BrandBook brands(**configuration);
  std::vector<insight::Crossing> found;
  for (const store::SwitchingPost& post : *posts) {
    if (request.source && post.source != *request.source) continue;
    if (auto crossing = app::crossing_of(post, brands, *words)) found.push_back(*crossing);
  }
  return found;
}

Result<bool> show_switches(Context& context, store::Store& store, const ShareRequest& request) {
  auto found = crossings(context, store, request);
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

ExitCode run(Context& context, const Arguments& arguments) {
  auto brand = brand_option(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto window = window_option(context, arguments);
  if (!window) return context.bad_usage(window.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto brands = compared_brands(context, *store, *brand);
  if (!brands) return context.bad_usage(brands.error());
  ShareRequest request{std::move(*brands), *window, {}, arguments.has("--corrected")};
  if (const auto source = arguments.value("--source")) request.source = SourceId(*source);
  auto shown = arguments.has("--switches") ? show_switches(context, *store, request)
                                           : show_voices(context, *store, request);
  if (!shown) return context.failed(shown.error());
  return !*shown && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command share_command() {
  return {"share",
          "ask",
          "Share of voice and of advocacy among brands, and who goes where",
          {{"--brand", Arity::value, "ID", "this brand and its competitors; all brands unless said", false, ""},
           {"--source", Arity::value, "NAME", "of this source only", false, ""},
           {"--switches", Arity::flag, "", "instead: from which brand to which, and about what", false, ""},
           {"--corrected", Arity::flag, "", "shares of advocacy as the latest audit's labels correct them", false, ""},
           since_option(),
           until_option(),
           {"--fail-empty", Arity::flag, "", "exit 3 when there is nothing to show", false, ""}},
          {{"share --brand acme --since 2026-01-01", "acme beside its competitors"},
           {"share --switches --format json", "who goes where, with quotes"}},
          run};
}

}  // namespace testigo::cli
