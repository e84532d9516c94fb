#include "app/crawl.h"

#include <algorithm>
#include <thread>

#include "app/crawl_lock.h"
#include "app/crawl_loop.h"
#include "archive/replay.h"
#include "store/read.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

constexpr std::size_t max_queue_bytes = 32 * 1024 * 1024;  // of pages that wait for a worker

// What one crawl stands on, opened in order; closed in the opposite one.
struct Stage {
  store::Store store;     // the writer's connection
  store::Store frontier;  // the asking thread's
  text::TimeZone zone;
  classify::Classifier classifier;
  BrandBook brands;
  std::map<std::string, PlannedWatch> watches;
};

std::string user_agent(const Configuration& configuration) {
  std::string agent = "testigo/" TESTIGO_VERSION;
  if (!configuration.contact.empty()) agent += " (+" + configuration.contact + ")";
  return agent;
}

Result<std::vector<PlannedWatch>> wanted_watches(const CrawlTools& tools,
                                                 const CrawlOptions& options,
                                                 store::Store& frontier) {
  auto watches = planned_watches(tools.configuration, tools.book, tools.clock.now());
  if (!watches) return watches;
  auto states = store::watches(frontier);
  if (!states) return fail(std::move(states.error()));
  WatchSelection selection = options.selection;
  if (!options.replay.empty()) selection.all = true;
  return select_watches(std::move(*watches), selection, *states, tools.clock.now());
}

Result<Stage> set_up(const CrawlTools& tools, const CrawlOptions& options) {
  auto store = store::Store::open(tools.store_path);
  if (!store) return fail(std::move(store.error()));
  auto frontier = store::Store::open(tools.store_path);
  if (!frontier) return fail(std::move(frontier.error()));
  auto zone = text::find_time_zone(tools.configuration.timezone);
  if (!zone) return fail(std::move(zone.error()));
  auto watches = wanted_watches(tools, options, *frontier);
  if (!watches) return fail(std::move(watches.error()));
  Stage stage{std::move(*store), std::move(*frontier), std::move(*zone),
              classify::Classifier(tools.book.rules), BrandBook(tools.configuration), {}};
  for (PlannedWatch& watch : *watches) {
    std::string key = watch.settings.key;
    stage.watches.emplace(std::move(key), std::move(watch));
  }
  return stage;
}

LoopBounds bounds_of(const CrawlTools& tools, const CrawlOptions& options) {
  const FetchSettings& fetch = tools.configuration.fetch;
  LoopBounds bounds;
  bounds.connections = fetch.connections;
  bounds.connections_per_host = fetch.connections_per_host;
  bounds.gap = fetch.gap;
  bounds.max_pages = std::min(fetch.max_pages, options.max_pages.value_or(fetch.max_pages));
  bounds.max_bytes = fetch.max_bytes;
  bounds.max_time = std::chrono::duration_cast<Millis>(fetch.max_time);
  bounds.hasty_on_trusted = fetch.ignore_gap_on_allowed_hosts;
  return bounds;
}

fetch::TransferLimits transfer_limits(const FetchSettings& fetch) {
  fetch::TransferLimits limits;
  limits.max_body_bytes = fetch.max_body_bytes;
  limits.max_decoded_bytes = 4 * fetch.max_body_bytes;
  limits.max_connections = fetch.connections;
  return limits;
}

// Requests of the frontier that no longer belong anywhere are the store's to forget; entry requests
// of every watch are asked at most once a pass.
Result<void> begin_passes(Stage& stage, UtcTime now) {
  for (const auto& [key, watch] : stage.watches) {
    auto pass = store::begin_pass(stage.frontier, key, now);
    if (!pass) return fail(std::move(pass.error()));
    auto entries = sources::plan(*watch.source, watch.watch, now);
    if (!entries) return fail(entries.error().code, entries.error().what, watch.settings.where);
    if (auto added = store::enqueue(stage.frontier, *entries, now); !added)
      return fail(std::move(added.error()));
  }
  return {};
}

Result<std::size_t> finish_passes(Stage& stage, UtcTime now, store::RunId run) {
  std::size_t left = 0;
  for (const auto& [key, watch] : stage.watches) {
    auto finished = store::finish_pass(stage.frontier, key, now);
    if (!finished) return fail(std::move(finished.error()));
  }
  auto states = store::watches(stage.frontier);
  if (!states) return fail(std::move(states.error()));
  for (const store::WatchState& state : *states) {
    const auto watch = stage.watches.find(state.watch);
    if (watch == stage.watches.end() || state.waiting == 0) continue;
    left += state.waiting;
    CoverageCounts counts;
    counts.brand = watch->second.settings.brand;
    counts.source = watch->second.settings.source;
    counts.capped = static_cast<std::int64_t>(state.waiting);
    if (auto added = store::add_coverage(stage.frontier, run, counts); !added)
      return fail(std::move(added.error()));
  }
  return left;
}

// The threads of a crawl, and what they hand each other.
class Crew {
 public:
  Crew(const CrawlTools& tools, const CrawlOptions& options, Stage& stage, store::RunId run,
       fetch::Transfers& transfers, ReplayTransfers* replay, archive::WarcWriter* archive,
       const fetch::AddressGuard& guard)
      : judge_(stage.classifier, stage.brands, stage.zone),
        worker_(stage.watches, judge_, tools.book.tracking,
                {4 * tools.configuration.fetch.max_body_bytes, "testigo"}),
        jobs_(max_queue_bytes),
        writer_(stage.store, archive, tools.clock, {run, tools.book.rules.hash()},
                [&transfers] { transfers.wake(); }),
        loop_({stage.frontier, run, transfers, replay, writer_, jobs_, stage.watches, tools,
               options.secrets, guard},
              bounds_of(tools, options)) {}

  Result<void> run() {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(1U, cores - 1); ++i)
      workers.emplace_back([this] { work(); });
    auto asked = loop_.run();
    jobs_.close();
    for (std::jthread& worker : workers) worker.join();
    auto written = writer_.finish();
    if (!written) return written;
    return asked;
  }

  void report(CrawlSummary& summary) {
    summary.totals.pages += writer_.pages();
    summary.totals.bytes += loop_.bytes();
    summary.counts += writer_.counts();
    for (const auto& [kind, count] : loop_.failures()) summary.failures[kind] += count;
    for (std::string& message : messages_)
      if (std::find(summary.messages.begin(), summary.messages.end(), message) ==
          summary.messages.end())
        summary.messages.push_back(std::move(message));
    summary.partial = summary.partial || loop_.partial() || entry_failed_;
    summary.interrupted = summary.interrupted || loop_.interrupted();
  }

 private:
  static constexpr std::size_t max_messages = 200;  // a drifting source says the same of each page

  void work() {
    while (auto job = jobs_.pop()) {
      const bool entry = job->lease.request.entry;
      PageWork done = worker_.work(std::move(*job));
      note(done, entry);
      const std::size_t weight = done.weight();
      WriteTask task;
      task.exchange = std::move(done.exchange);
      task.revisit = std::move(done.revisit);
      task.answer = std::move(done.answer);
      writer_.add(std::move(task), weight);
    }
  }

  void note(const PageWork& done, bool entry) {
    const std::lock_guard lock(mutex_);
    if (!done.failure.empty() && entry) entry_failed_ = true;
    if (messages_.size() >= max_messages) return;
    if (!done.failure.empty())
      messages_.push_back(done.answer.evidence_url + ": " + done.failure);
    messages_.insert(messages_.end(), done.messages.begin(), done.messages.end());
  }

  Judge judge_;
  PageWorker worker_;
  ByteQueue<PageJob> jobs_;
  CrawlWriter writer_;
  CrawlLoop loop_;
  std::mutex mutex_;
  std::vector<std::string> messages_;
  bool entry_failed_ = false;
};

Result<void> crawl_network(const CrawlTools& tools, const CrawlOptions& options, Stage& stage,
                           CrawlSummary& summary) {
  const fetch::AddressGuard guard(tools.configuration.fetch.allow_hosts);
  auto transfers = fetch::make_curl_transfers(transfer_limits(tools.configuration.fetch), guard,
                                              user_agent(tools.configuration));
  if (!transfers) return fail(std::move(transfers.error()));
  archive::WriterOptions archive_options;
  archive_options.folder = tools.archive_folder;
  archive_options.software = "testigo/" TESTIGO_VERSION;
  archive_options.contact = tools.configuration.contact;
  auto archive = archive::WarcWriter::open(archive_options, tools.clock.now());
  if (!archive) return fail(std::move(archive.error()));
  if (auto begun = begin_passes(stage, tools.clock.now()); !begun) return begun;
  Crew crew(tools, options, stage, summary.run, **transfers, nullptr, &*archive, guard);
  auto ran = crew.run();
  crew.report(summary);
  const auto& messages = archive->messages();
  summary.messages.insert(summary.messages.end(), messages.begin(), messages.end());
  return ran;
}

// Whether any entry request has an answer in the archive that was not yet given.
bool anything_left(const Stage& stage, const ReplayTransfers& transfers, UtcTime now) {
  for (const auto& [key, watch] : stage.watches) {
    const auto entries = sources::plan(*watch.source, watch.watch, now);
    if (!entries) continue;
    for (const PageRequest& entry : *entries)
      if (transfers.replay().left(entry.method, entry.archive_url, entry.body) > 0) return true;
  }
  return false;
}

// Each pass of the recorded crawls is gone through again, in order of time.
Result<void> crawl_archive(const CrawlTools& tools, const CrawlOptions& options, Stage& stage,
                           CrawlSummary& summary) {
  auto replay = archive::Replay::open(options.replay);
  if (!replay) return fail(std::move(replay.error()));
  summary.messages = replay->messages();
  const fetch::AddressGuard guard(tools.configuration.fetch.allow_hosts);
  ReplayTransfers transfers(std::move(*replay));
  do {
    if (auto begun = begin_passes(stage, tools.clock.now()); !begun) return begun;
    Crew crew(tools, options, stage, summary.run, transfers, &transfers, nullptr, guard);
    auto ran = crew.run();
    crew.report(summary);
    if (!ran) return ran;
    if (auto left = finish_passes(stage, tools.clock.now(), summary.run); !left)
      return fail(std::move(left.error()));
  } while (!summary.interrupted && anything_left(stage, transfers, tools.clock.now()));
  return {};
}

int exit_code(const CrawlSummary& summary) {
  return summary.interrupted ? 130 : summary.partial ? 5 : 0;
}

}  // namespace

Result<CrawlSummary> crawl(const CrawlTools& tools, const CrawlOptions& options) {
  auto lock = CrawlLock::take(tools.store_path);
  if (!lock) return fail(std::move(lock.error()));
  auto stage = set_up(tools, options);
  if (!stage) return fail(std::move(stage.error()));
  if (auto reclaimed = store::reclaim_killed_runs(stage->store, tools.clock.now()); !reclaimed)
    return fail(std::move(reclaimed.error()));
  const auto started = std::chrono::steady_clock::now();
  CrawlSummary summary;
  for (const auto& [key, watch] : stage->watches) summary.watches.push_back(key);
  if (stage->watches.empty()) return summary;

  auto run = store::begin_run(stage->store, tools.clock.now(), tools.book.rules.hash());
  if (!run) return fail(std::move(run.error()));
  summary.run = *run;
  auto crawled = options.replay.empty() ? crawl_network(tools, options, *stage, summary)
                                        : crawl_archive(tools, options, *stage, summary);
  if (!crawled) {
    // The reason is the crawl's; that the run could not be closed either adds nothing to it.
    static_cast<void>(store::end_run(stage->store, *run, tools.clock.now(), 1));
    return fail(std::move(crawled.error()));
  }
  auto left = finish_passes(*stage, tools.clock.now(), *run);
  if (!left) return fail(std::move(left.error()));
  summary.left = *left;
  summary.partial = summary.partial || *left > 0;
  auto coverage = store::coverage(stage->store, *run);
  if (!coverage) return fail(std::move(coverage.error()));
  summary.coverage = std::move(*coverage);
  summary.totals.elapsed =
      std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - started);
  auto ended = store::end_run(stage->store, *run, tools.clock.now(), exit_code(summary));
  if (!ended) return fail(std::move(ended.error()));
  return summary;
}

Result<std::vector<PageRequest>> dry_run(const CrawlTools& tools, const CrawlOptions& options) {
  auto watches = planned_watches(tools.configuration, tools.book, tools.clock.now());
  if (!watches) return fail(std::move(watches.error()));
  std::vector<store::WatchState> states;
  if (auto store = store::Store::open(tools.store_path, {.read_only = true, .create = false})) {
    auto known = store::watches(*store);
    if (!known) return fail(std::move(known.error()));
    states = std::move(*known);
  }
  auto chosen =
      select_watches(std::move(*watches), options.selection, states, tools.clock.now());
  if (!chosen) return fail(std::move(chosen.error()));
  std::vector<PageRequest> requests;
  for (const PlannedWatch& watch : *chosen) {
    auto entries = sources::plan(*watch.source, watch.watch, tools.clock.now());
    if (!entries) return fail(entries.error().code, entries.error().what, watch.settings.where);
    requests.insert(requests.end(), entries->begin(), entries->end());
  }
  return requests;
}

}  // namespace testigo::app
