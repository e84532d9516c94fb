#include <chrono>
#include <filesystem>
#include <ostream>
#include <thread>

#include "app/files.h"
#include "cli/commands/commands.h"
#include "cli/commands/crawl_words.h"
#include "cli/context.h"
#include "core/digest.h"
#include "core/embedded.h"
#include "insight/trend.h"
#include "render/explain.h"
#include "render/trend_table.h"
#include "serve/demo_site.h"
#include "serve/http_server.h"
#include "store/read.h"
#include "text/time_zone.h"

namespace testigo::cli {
namespace {

constexpr std::string_view demo_brand = "brumiva";
constexpr int trend_days = 182;    // the demo web's posts reach back half a year
constexpr std::size_t quotes = 3;  // of each kind

// The demo web, listening on loopback for as long as this lives.
struct DemoWeb {
  std::unique_ptr<serve::DemoSite> site;
  serve::HttpServer server;
};

Result<DemoWeb> start_web(UtcTime now, std::uint16_t port) {
  auto loaded = serve::DemoSite::load(embedded_files(), now);
  if (!loaded) return fail(std::move(loaded.error()));
  auto site = std::make_unique<serve::DemoSite>(std::move(*loaded));
  serve::ServerOptions options;
  options.port = port;
  const serve::DemoSite* answers = site.get();
  auto server = serve::HttpServer::start(
      options, [answers](const serve::Request& request) { return answers->answer(request); });
  if (!server) return fail(std::move(server.error()));
  return DemoWeb{std::move(site), std::move(*server)};
}

std::string configuration_text(std::uint16_t port) {
  std::string text;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "data/demo/testigo.toml") text = std::string(file.bytes);
  const std::string mark = "{port}";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.replace(at, mark.size(), std::to_string(port));
  return text;
}

ExitCode serve_until_stopped(Context& context, std::uint16_t port) {
  const auto& stop = context.stop_by_signal();
  auto web = start_web(context.now(), port);
  if (!web) return context.failed(web.error());
  context.out() << web->server.origin() << '\n' << std::flush;
  context.err() << "the demo web is open; end it with Ctrl-C\n";
  while (!stop.load()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return ExitCode::done;
}

void tell_trend(Context& context, store::Store& store, const app::Configuration& configuration) {
  const auto zone = text::find_time_zone(configuration.timezone);
  const Day today = text::day_of(context.now(), zone ? *zone : text::TimeZone{});
  insight::TrendOptions options;
  options.window = {Day{today.days - std::chrono::days(trend_days - 1)}, today};
  options.bucket = insight::Bucket::week;
  store::RollupFilter filter;
  filter.brand = BrandId(std::string(demo_brand));
  filter.since = options.window.first;
  const auto rows = store::daily(store, filter);
  if (!rows) return;
  const std::vector covered = {options.window};
  context.out() << "\nTrend of " << demo_brand << ", week by week\n"
                << render::render_trend(
                       insight::make_trend(insight::totals_of(*rows, options.split), covered,
                                           options),
                       context.terminal());
}

void tell_quote(Context& context, store::Store& store, const store::MentionRow& row) {
  const auto detail = store::find_mention(store, row.id.value);
  if (!detail) return;
  auto underlines =
      render::underlines_of(detail->verdict.why, Axis::tag, to_string(*row.tag), Field::text, 3);
  context.out() << '\n'
                << render::render_explained(row.text, std::move(underlines), context.terminal())
                << "  " << row.language << ", " << row.source.value << ", "
                << to_iso8601(row.posted_at.value_or(row.collected_at)).substr(0, 10) << ", id "
                << show_key(row.id.value) << '\n';
}

void tell_quotes(Context& context, store::Store& store, Tag tag, store::MentionOrder order) {
  store::MentionFilter filter;
  filter.brand = BrandId(std::string(demo_brand));
  filter.tags = {tag};
  filter.shares_only = true;
  filter.order = order;
  filter.limit = quotes;
  const auto rows = store::mentions(store, filter);
  if (!rows) return;
  context.out() << (tag == Tag::complaint ? "\nWorst complaints, and why they are tagged so\n"
                                          : "\nBest advocacy, and why it is tagged so\n");
  for (const store::MentionRow& row : *rows) tell_quote(context, store, row);
}

void tell_next(Context& context, store::Store& store, const std::string& file) {
  store::MentionFilter filter;
  filter.tags = {Tag::complaint};
  filter.limit = 1;
  const auto rows = store::mentions(store, filter);
  const std::string id =
      rows && !rows->empty() ? show_key(rows->front().id.value) : std::string("ID");
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  context.out() << "\nNext, try:\n"
                << "  export PATH=" << program.parent_path().string() << ":$PATH\n"
                << "  export TESTIGO_CONFIG=" << file << '\n'
                << "  testigo mentions 'tag:complaint theme:delivery'\n"
                << "  testigo trend --brand " << demo_brand << " --split language --by month\n"
                << "  testigo why " << id << '\n'
                << "  testigo evidence show " << id << '\n'
                << "  testigo evidence verify\n";
}

// A folder of the demo's own, emptied of what an earlier demo left there.
Result<std::filesystem::path> fresh_folder(const Arguments& arguments) {
  const std::filesystem::path folder = arguments.value_or("--dir", "testigo-demo");
  std::error_code error;
  const auto configuration = folder / "testigo.toml";
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder, error)) {
    if (!std::filesystem::exists(configuration))
      return fail(Errc::refused, "the folder holds other things; name another with --dir",
                  folder.string());
    for (const char* name : {"testigo.toml", "testigo.db", "testigo.db-wal", "testigo.db-shm",
                             "testigo.db.lock", "archive"})
      std::filesystem::remove_all(folder / name, error);
  }
  std::filesystem::create_directories(folder, error);
  if (error) return fail(Errc::io, "cannot be made: " + error.message(), folder.string());
  return folder;
}

ExitCode run_whole_road(Context& context, const std::filesystem::path& folder, const DemoWeb& web) {
  const std::string file = (folder / "testigo.toml").string();
  const std::string text = configuration_text(web.server.port());
  auto configuration = app::parse_configuration(file, text);
  if (!configuration) return context.bad_configuration(configuration.error());
  if (auto written = app::write_new_file(file, text); !written)
    return context.failed(written.error());
  context.use_configuration(*configuration);
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  const auto store_path = context.store_path();
  const auto archive_folder = context.archive_folder();
  const app::CrawlTools tools{*configuration,          **book,
                              context.clock(),         *store_path,
                              *archive_folder,         progress_on(context),
                              context.stop_by_signal()};
  app::CrawlOptions options;
  options.selection.all = true;
  context.out() << "A small web about one brand and its competitor is open at "
                << web.server.origin() << "; crawling it.\n\n";
  auto summary = app::crawl(tools, options);
  if (!summary) return context.failed(summary.error());
  tell_summary(context, *summary, (*book)->rules.hash());
  auto store = store::Store::open(*store_path);
  if (!store) return context.failed(store.error());
  tell_trend(context, *store, *configuration);
  tell_quotes(context, *store, Tag::complaint, store::MentionOrder::worst);
  tell_quotes(context, *store, Tag::advocacy, store::MentionOrder::best);
  tell_next(context, *store, std::filesystem::absolute(file).string());
  return summary->interrupted ? ExitCode::interrupted : ExitCode::done;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto port = arguments.number("--port", 0, 0, 65'535);
  if (!port) return context.bad_usage(port.error());
  if (arguments.has("--serve"))
    return serve_until_stopped(context, static_cast<std::uint16_t>(*port));
  auto folder = fresh_folder(arguments);
  if (!folder) return context.failed(folder.error());
  auto web = start_web(context.now(), static_cast<std::uint16_t>(*port));
  if (!web) return context.failed(web.error());
  return run_whole_road(context, *folder, *web);
}

}  // namespace

Command demo_command() {
  return {
      "demo",
      "collect",
      "The whole road on a bundled web site: crawl, tags, trend, quotes",
      {{"--serve", Arity::flag, "", "only open the demo web on loopback, until Ctrl-C", false, ""},
       {"--port", Arity::value, "N", "where it listens; a free port unless said", false, ""},
       {"--dir", Arity::value, "FOLDER", "where store and archive go; testigo-demo unless said",
        false, ""}},
      {{"demo", "ends by itself; prints what to try next"},
       {"demo --serve --port 8090", "a web to crawl with your own configuration"}},
      run};
}

}  // namespace testigo::cli
