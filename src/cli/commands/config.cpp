#include <ostream>

#include "app/crawl_plan.h"
#include "app/files.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "render/figures.h"

namespace testigo::cli {
namespace {

// Everything that crawl would find wrong before it asks anybody anything.
Result<std::size_t> checked_watches(Context& context) {
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  auto book = context.rule_book();
  if (!book) return fail(std::move(book.error()));
  auto watches = app::planned_watches(**configuration, **book, context.now());
  if (!watches) return fail(std::move(watches.error()));
  return watches->size();
}

ExitCode check(Context& context, const Arguments&) {
  auto watches = checked_watches(context);
  if (!watches) return context.bad_configuration(watches.error());
  const app::Configuration& configuration = **context.configuration();
  const auto brands = static_cast<std::int64_t>(configuration.brands.size());
  context.out() << configuration.file << ": good, " << render::counted(brands, "brand") << ", "
                << render::counted(static_cast<std::int64_t>(*watches), "watch", "watches") << '\n';
  if (configuration.contact.empty())
    context.err() << "testigo: " << configuration.file
                  << ": \"contact\" is missing; sites want to know whom to write to, such as "
                     "contact = \"mailto:you@example.com\"\n";
  return ExitCode::done;
}

ExitCode show(Context& context, const Arguments&) {
  auto found = context.configuration();
  if (!found) return context.bad_configuration(found.error());
  const app::Configuration& configuration = **found;
  const auto path = [&](const std::string& name) {
    return app::resolve_path(configuration.folder, name);
  };
  render::Rows rows{{"setting", "value"}, {}};
  const auto add = [&](std::string name, std::string value) {
    rows.rows.push_back({std::move(name), std::move(value)});
  };
  add("file", configuration.file);
  add("store", path(configuration.store));
  add("archive", path(configuration.archive));
  add("contact", configuration.contact);
  add("timezone", configuration.timezone);
  add("rules", configuration.rules ? path(*configuration.rules) : "built in");
  for (const app::BrandSettings& brand : configuration.brands) {
    add("brand." + brand.id.value + ".query", brand.query);
    for (const app::WatchSettings& watch : brand.watches)
      add("watch", watch.key + " every " + std::to_string(watch.every.count() / 60) + " min");
  }
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return ExitCode::done;
}

}  // namespace

Command config_check_command() {
  return {"config check", "set up", "Read testigo.toml and say what is wrong with it", {},
          {{"config check", "exit 0 when it is good, 4 with file, line and mend when it is not"}},
          check};
}

Command config_show_command() {
  return {"config show", "set up", "Print the configuration as it is understood", {},
          {{"config show --json", "for scripts"}}, show};
}

}  // namespace testigo::cli
