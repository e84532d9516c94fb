#include "insight/journey.h"

#include <algorithm>
#include <ostream>

#include "app/moments.h"
#include "cli/commands/commands.h"
#include "cli/commands/known_names.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "render/journey_table.h"
#include "store/read_moments.h"

namespace testigo::cli {
namespace {

struct JourneyRequest {
  store::RollupFilter filter;
  std::string framework;
  render::Ui ui = render::Ui::en;
};

Result<JourneyRequest> read_request(Context& context, const Arguments& arguments) {
  JourneyRequest request;
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  request.filter.brand = *brand;
  auto window = window_option(context, arguments);
  if (!window) return fail(std::move(window.error()));
  request.filter.since = window->first;
  request.filter.until = day_after(*window);
  auto source = source_option(context, arguments);
  if (!source) return fail(std::move(source.error()));
  request.filter.source = *source;
  request.framework = arguments.value_or("--framework", "five_moments");
  const std::string word = arguments.value_or("--ui", "en");
  const auto ui = render::parse_ui(word);
  if (!ui) return fail(Errc::malformed, "\"" + word + "\" is none of en, es, ro", "--ui");
  request.ui = *ui;
  return request;
}

Result<std::vector<MomentSums>> sums_for(store::Store& store, const store::RollupFilter& filter,
                                         app::JourneyAxis axis) {
  switch (axis) {
    case app::JourneyAxis::stage:
      return store::stage_sums(store, filter);
    case app::JourneyAxis::service:
      return store::facet_sums(store, filter, Axis::service);
    case app::JourneyAxis::cycle:
      return store::facet_sums(store, filter, Axis::cycle);
    case app::JourneyAxis::degree:
      break;
  }
  return store::degree_sums(store, filter);
}

std::vector<render::NamedMoment> named(std::vector<insight::Moment> journey,
                                       const app::Framework& framework, const app::Moments& moments,
                                       std::string_view language) {
  std::vector<render::NamedMoment> out;
  for (std::size_t i = 0; i < journey.size(); ++i) {
    const bool is_other = i >= framework.moments.size();
    const auto& names = is_other ? moments.other() : framework.names[i];
    out.push_back({std::move(journey[i]), std::string(app::name_in(names, language))});
  }
  return out;
}

ExitCode show(Context& context, store::Store& store, const JourneyRequest& request,
              const app::Moments& moments, const app::Framework& framework) {
  auto sums = sums_for(store, request.filter, framework.axis);
  if (!sums) return context.failed(sums.error());
  const std::string_view language = render::to_string(request.ui);
  const auto journey = named(
      insight::make_journey(*sums, framework.moments, framework.axis != app::JourneyAxis::degree),
      framework, moments, language);
  if (context.format() == render::Format::table) {
    const std::string title =
        request.filter.brand->value + ": " + std::string(app::name_in(framework.name, language));
    context.out() << render::render_journey(title, journey, request.ui, context.terminal());
  } else {
    context.out() << render::render_rows(render::journey_rows(framework.id, journey),
                                         context.format(), context.terminal());
  }
  return std::any_of(journey.begin(), journey.end(),
                     [](const auto& one) { return one.moment.mentions > 0; })
             ? ExitCode::done
             : ExitCode::nothing_matched;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto request = read_request(context, arguments);
  if (!request) return context.bad_usage(request.error());
  auto files = rule_texts(context);
  if (!files) return context.bad_configuration(files.error());
  auto moments = app::Moments::load(*files);
  if (!moments) return context.bad_configuration(moments.error());
  auto framework = moments->find(request->framework);
  if (!framework) return context.bad_usage(framework.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto brand = one_brand(context, *store, request->filter.brand);
  if (!brand) return context.bad_usage(brand.error());
  request->filter.brand = *brand;
  const ExitCode shown = show(context, *store, *request, *moments, **framework);
  return shown == ExitCode::nothing_matched && !arguments.has("--fail-empty") ? ExitCode::done
                                                                              : shown;
}

}  // namespace

Command journey_command() {
  return {"journey",
          "ask",
          "What is said of each moment of the customer's way, and the weakest link",
          {{"--brand", Arity::value, "ID", "the brand; the first one unless said", false, ""},
           {"--source", Arity::value, "NAME", "of this source only", false, ""},
           {"--framework", Arity::value, "F",
            "five_moments unless said; also four_moments, extended_moments, service_cycle, "
            "service_moments, glory_pain, stellar_bitter, or your own",
            false, ""},
           {"--ui", Arity::value, "L", "names in en, es or ro; en unless said", false, ""},
           since_option(),
           until_option(),
           {"--fail-empty", Arity::flag, "", "exit 3 when there is no mention", false, ""}},
          {{"journey --brand acme", "five moments of truth, with margins of error"},
           {"journey --brand acme --framework service_cycle --ui es",
            "the seven-step service cycle, in Spanish"}},
          run};
}

}  // namespace testigo::cli
