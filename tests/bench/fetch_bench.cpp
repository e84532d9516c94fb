// usage: fetch_bench URLS.txt CONNECTIONS FOLDER
// Asks for every URL of a list by the product's own loop – frontier in a store in FOLDER, robots.txt,
// politeness, transfers – and forgets the answers: what a crawl costs before a page is looked at.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/configuration.h"
#include "app/crawl_ledger.h"
#include "app/crawl_loop.h"
#include "app/crawl_plan.h"
#include "core/embedded.h"

namespace {

using namespace testigo;

constexpr std::size_t queue_bytes = 8 * 1024 * 1024;
constexpr std::size_t task_bytes = 512;

[[noreturn]] void give_up(const Error& error) {
  std::cerr << "fetch_bench: " << describe(error) << '\n';
  std::exit(1);
}

template <class T>
T need(Result<T> result) {
  if (!result) give_up(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::vector<std::string> lines_of(const char* file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

app::Configuration configuration_for(const std::string& url, const std::string& connections) {
  const std::string host = url.substr(7, url.find('/', 7) - 7);
  return need(app::parse_configuration(
      "bench.toml", "[fetch]\nallow_hosts = [\"" + host + "\"]\nignore_gap_on_allowed_hosts = true\n" +
                        "gap = 0.0\nconnections = " + connections + "\nconnections_per_host = " +
                        connections + "\n[brand.brumiva]\n[[brand.brumiva.watch]]\n" +
                        "source = \"pages\"\nurl = \"" + url + "\"\n"));
}

// The one source that is asked; rules to judge by would cost time and judge nothing.
app::RuleBook book_of_pages() {
  app::RuleBook book{{}, classify::Rules(nullptr), {}, {}, {}, {}};
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "rules/sources/pages.toml")
      book.sources.emplace(SourceId("pages"), need(sources::load_source(file.path, file.bytes)));
  return book;
}

// The first request of the watch, for each URL in its place.
void enqueue(store::Store& store, const app::PlannedWatch& watch,
             const std::vector<std::string>& urls, UtcTime now) {
  PageRequest request = need(sources::plan(*watch.source, watch.watch, now)).front();
  request.entry = false;
  request.depth = 1;
  std::vector<PageRequest> requests;
  for (const std::string& url : urls) {
    request.url = request.archive_url = url;
    requests.push_back(request);
  }
  need(store::begin_pass(store, request.watch, now));
  need(store::enqueue(store, requests, now));
}

// In the worker's place: the answer is done with, and nothing of it is kept.
std::size_t forget_pages(app::ByteQueue<app::PageJob>& jobs, app::CrawlWriter& writer,
                         const app::PlannedWatch& watch) {
  std::size_t good = 0;
  while (auto job = jobs.pop()) {
    if (job->status == FetchStatus::fetched && !job->page.body_as_sent.empty()) ++good;
    app::WriteTask task;
    task.answer.emplace();
    task.answer->request = job->lease.key;
    task.answer->fetched_at = job->page.fetched_at;
    task.answer->coverage = app::ledger_line(watch);
    writer.add(std::move(task), task_bytes);
  }
  return good;
}

std::size_t crawl(const std::vector<std::string>& urls, const std::string& connections,
                  const std::string& folder) {
  const app::Configuration configuration = configuration_for(urls.front(), connections);
  const app::RuleBook book = book_of_pages();
  const app::Clock clock;
  const std::atomic<bool> stop = false;
  const std::string path = folder + "/bench.db";
  store::Store store = need(store::Store::open(path));
  std::map<std::string, app::PlannedWatch> watches;
  for (app::PlannedWatch& watch : need(app::planned_watches(configuration, book, clock.now())))
    watches.emplace(std::string(watch.settings.key), std::move(watch));
  enqueue(store, watches.begin()->second, urls, clock.now());

  const fetch::AddressGuard guard(configuration.fetch.allow_hosts);
  fetch::TransferLimits limits;
  limits.max_connections = configuration.fetch.connections;
  const auto transfers = need(fetch::make_curl_transfers(limits, guard, "testigo-bench"));
  app::CrawlWriter writer(store, nullptr, clock, {need(store::begin_run(store, clock.now(), "")), ""},
                          [&] { transfers->wake(); });
  app::ByteQueue<app::PageJob> jobs(queue_bytes);
  const app::CrawlTools tools{configuration, book, clock, path, folder, {}, stop};
  app::LoopBounds bounds;
  bounds.connections = configuration.fetch.connections;
  bounds.connections_per_host = configuration.fetch.connections_per_host;
  bounds.gap = Millis(0);
  bounds.max_pages = static_cast<std::int64_t>(urls.size()) + 1;
  bounds.max_bytes = std::int64_t{1} << 50;
  bounds.hasty_on_trusted = true;
  const std::map<std::string, std::string> secrets;
  app::CrawlLoop loop({*transfers, nullptr, writer, jobs, watches, tools, secrets, guard}, bounds);

  std::size_t good = 0;
  std::jthread worker([&] { good = forget_pages(jobs, writer, watches.begin()->second); });
  loop.run();
  jobs.close();
  worker.join();
  need(writer.finish());
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: fetch_bench URLS.txt CONNECTIONS FOLDER\n";
    return 2;
  }
  const auto urls = lines_of(argv[1]);
  if (urls.empty()) give_up({Errc::not_found, "holds no URLs", argv[1]});
  const std::size_t good = crawl(urls, argv[2], argv[3]);
  std::cout << good << " pages\n";
  return good == urls.size() ? 0 : 1;
}
