#include <ostream>

#include "cli/commands/commands.h"
#include "cli/commands/crawl_words.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

Result<app::CrawlOptions> options_of(const Arguments& arguments, const app::RuleBook& book) {
  app::CrawlOptions options;
  if (const auto brand = arguments.value("--brand")) options.selection.brand = BrandId(*brand);
  if (const auto source = arguments.value("--source")) options.selection.source = SourceId(*source);
  options.selection.all = arguments.has("--all");
  options.replay = arguments.values("--replay");
  if (arguments.has("--max-pages")) {
    auto pages = arguments.number("--max-pages", 1, 1, 1'000'000'000);
    if (!pages) return fail(std::move(pages.error()));
    options.max_pages = *pages;
  }
  options.secrets = Context::secrets(book);
  return options;
}

ExitCode tell_dry_run(Context& context, const app::CrawlTools& tools,
                      const app::CrawlOptions& options) {
  auto requests = app::dry_run(tools, options);
  if (!requests) return context.failed(requests.error());
  render::Rows rows{{"watch", "method", "url"}, {}};
  for (const PageRequest& request : *requests)
    rows.rows.push_back({request.watch, request.method, request.archive_url});
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return ExitCode::done;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto configuration = context.configuration();
  if (!configuration) return context.bad_configuration(configuration.error());
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  auto store_path = context.store_path();
  if (!store_path) return context.failed(store_path.error());
  auto archive_folder = context.archive_folder();
  if (!archive_folder) return context.failed(archive_folder.error());
  auto options = options_of(arguments, **book);
  if (!options) return context.bad_usage(options.error());
  auto watches = app::planned_watches(**configuration, **book, context.now());
  if (!watches) return context.bad_configuration(watches.error());

  const app::CrawlTools tools{**configuration, **book,          context.clock(),
                              *store_path,     *archive_folder, progress_on(context),
                              context.stop_by_signal()};
  if (arguments.has("--dry-run")) return tell_dry_run(context, tools, *options);
  auto summary = app::crawl(tools, *options);
  if (!summary) return context.failed(summary.error());
  if (summary->watches.empty()) {
    context.err() << "testigo: nothing is due; see testigo status, or crawl --all\n";
    if (context.json()) tell_summary(context, *summary, (*book)->rules.hash());
    return ExitCode::done;
  }
  tell_summary(context, *summary, (*book)->rules.hash());
  return exit_code_of(*summary);
}

}  // namespace

Command crawl_command() {
  return {"crawl",
          "collect",
          "One pass over the watches that are due",
          {{"--brand", Arity::value, "ID", "this brand's watches only", false, ""},
           {"--source", Arity::value, "NAME", "watches of this source only", false, ""},
           {"--all", Arity::flag, "", "watches and pages that are not due yet, too", false, ""},
           {"--replay", Arity::values, "FILE", "answer from this WARC file instead of the network; may be repeated", false, ""},
           {"--max-pages", Arity::value, "N", "stop after so many answers; the rest waits for the next crawl", false, ""},
           {"--dry-run", Arity::flag, "", "print the first requests and ask nobody", false, ""}},
          {{"crawl", "what is due, politely; interrupted or killed, the next crawl goes on"},
           {"crawl --all --brand acme --json", "everything about one brand; the summary as JSON"},
           {"crawl --replay archive/testigo-20261125-00000.warc.gz --db again.db",
            "the same mentions again, without a network"}},
          run};
}

}  // namespace testigo::cli
