#include "app/brief.h"

#include <array>
#include <fstream>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/commands/together.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "render/brief_page.h"

namespace testigo::cli {
namespace {

constexpr std::int64_t most_topics = 1'000;

Result<insight::Brief> make(Context& context, store::Store& store,
                            const insight::BriefOptions& options) {
  auto files = rule_texts(context);
  if (!files) return fail(std::move(files.error()));
  auto words = app::AskingWords::load(*files);
  if (!words) return fail(std::move(words.error()));
  auto configuration = context.configuration();
  const app::Configuration none;
  const app::Configuration& known = configuration ? **configuration : none;
  const app::BrandBook brands(known);
  std::vector<BrandId> competitors;
  if (const app::BrandSettings* brand = known.find_brand(options.brand))
    competitors = brand->competitors;
  return app::brief_of({store, *words, brands, std::move(competitors), zone_of(context)}, options);
}

std::string brand_name(Context& context, const BrandId& brand) {
  auto configuration = context.configuration();
  const app::BrandSettings* known = configuration ? (*configuration)->find_brand(brand) : nullptr;
  return known != nullptr ? known->name : brand.value;
}

// The page as the options ask for it. Errc::malformed for a format that it has not.
Result<std::string> rendered(Context& context, const Arguments& arguments,
                             const insight::Brief& brief) {
  if (context.json()) return render::brief_json(brief);
  const auto page = render::brief_document(brief, brand_name(context, brief.brand));
  if (arguments.has("--html")) return render::to_html(page);
  if (context.format() == render::Format::md) return render::to_markdown(page);
  if (context.format() == render::Format::table)
    return render::to_terminal(page, context.terminal());
  return fail(Errc::malformed, "a brief is a page: table, md, json or --html", "--format");
}

Result<void> write(Context& context, const Arguments& arguments, const std::string& text) {
  const auto file = arguments.value("--output");
  if (!file) {
    context.out() << text;
    return {};
  }
  std::ofstream out(*file, std::ios::binary);
  out << text;
  out.flush();
  if (!out) return fail(Errc::io, "cannot be written", *file);
  return {};
}

Result<insight::BriefOptions> read_options(Context& context, const Arguments& arguments) {
  insight::BriefOptions options;
  auto window = window_option(context, arguments);
  if (!window) return fail(std::move(window.error()));
  options.window = *window;
  options.today = today(context);
  auto most = arguments.number("--limit", static_cast<std::int64_t>(options.most), 1, most_topics);
  if (!most) return fail(std::move(most.error()));
  options.most = static_cast<std::size_t>(*most);
  return options;
}

ExitCode run(Context& context, const Arguments& arguments) {
  const std::array<Instead, 1> page = {Instead{"--html", {"--json", "--format"}}};
  if (auto sound = check_together(arguments, page); !sound) return context.bad_usage(sound.error());
  auto brand = brand_option(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto options = read_options(context, arguments);
  if (!options) return context.bad_usage(options.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto about = one_brand(context, *store, *brand);
  if (!about) return context.bad_usage(about.error());
  options->brand = *about;
  auto brief = make(context, *store, *options);
  if (!brief) return context.failed(brief.error());
  auto text = rendered(context, arguments, *brief);
  if (!text) return context.bad_usage(text.error());
  if (auto written = write(context, arguments, *text); !written)
    return context.failed(written.error());
  return brief->topics.empty() && arguments.has("--fail-empty") ? ExitCode::nothing_matched
                                                                : ExitCode::done;
}

}  // namespace

Command brief_command() {
  return {"brief",
          "ask",
          "What to publish next: open questions, what to amplify, whom to answer",
          {{"--brand", Arity::value, "ID", "the brand; the first one unless said", false, ""},
           since_option(),
           until_option(),
           {"--limit", Arity::value, "N",
            "questions, and quotes of each other kind; 10 unless said", false, "-n"},
           {"--html", Arity::flag, "", "a page of one file, without scripts", false, ""},
           {"--output", Arity::value, "FILE", "write there instead of to stdout", false, "-o"},
           {"--fail-empty", Arity::flag, "", "exit 3 when nobody asks anything", false, ""}},
          {{"brief --brand acme --format md -o brief.md", "for the editors' wiki"},
           {"brief --brand acme --html -o brief.html", "to open, print or send"}},
          run};
}

}  // namespace testigo::cli
