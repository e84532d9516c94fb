#include <ostream>

#include "app/recoveries.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "render/recoveries_table.h"

namespace testigo::cli {
namespace {

void show(Context& context, const insight::Recoveries& made) {
  if (context.json())
    context.out() << render::recoveries_json(made);
  else if (context.format() == render::Format::table)
    context.out() << render::render_recoveries(made, context.terminal());
  else
    context.out() << render::render_rows(render::survival_rows(made), context.format(),
                                         context.terminal());
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto brand = brand_option(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto window = window_option(context, arguments);
  if (!window) return context.bad_usage(window.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto about = one_brand(context, *store, *brand);
  if (!about) return context.bad_usage(about.error());
  auto made = app::recoveries_of(*store, *about, *window, end_of(context, *window));
  if (!made) return context.failed(made.error());
  show(context, *made);
  return made->pains == 0 && arguments.has("--fail-empty") ? ExitCode::nothing_matched
                                                           : ExitCode::done;
}

}  // namespace

Command recoveries_command() {
  return {"recoveries",
          "ask",
          "Whose complaint ended well, after how long, and how often the brand replied",
          {{"--brand", Arity::value, "ID", "the brand; the first one unless said", false, ""},
           since_option(),
           until_option(),
           {"--fail-empty", Arity::flag, "", "exit 3 when nobody complained", false, ""}},
          {{"recoveries --brand acme --since 2026-01-01", "share recovered after 1, 7, 14, 30, 90 days"},
           {"recoveries --brand acme --format csv > curve.csv", "the survival curve's steps"}},
          run};
}

}  // namespace testigo::cli
