#include "app/crawl_crew.h"

#include <algorithm>
#include <thread>

namespace testigo::app {
namespace {

constexpr std::size_t max_queue_bytes = 8 * 1024 * 1024;  // of pages that wait for a worker
constexpr std::size_t max_messages = 200;  // a drifting source says the same of each page

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
  if (options.replay.empty()) bounds.max_per_host_daily = fetch.max_per_host_daily;
  return bounds;
}

PageWorker::Bounds worker_bounds(const CrawlTools& tools, const CrawlOptions& options) {
  PageWorker::Bounds bounds;
  bounds.max_decoded_bytes = 4 * tools.configuration.fetch.max_body_bytes;
  bounds.agent = "testigo";
  for (const auto& [name, value] : options.secrets) bounds.secrets.push_back(value);
  return bounds;
}

}  // namespace

Crew::Crew(const CrawlTools& tools, const CrawlOptions& options, Stage& stage, store::RunId run,
           const Means& means)
    : judge_(stage.classifier, stage.brands, stage.zone, tools.book.own_words),
      worker_(stage.watches, judge_, tools.book.tracking, worker_bounds(tools, options)),
      jobs_(max_queue_bytes),
      writer_(stage.store, means.archive, tools.clock, {run, tools.book.rules.hash()},
              [&means] { means.transfers.wake(); }),
      loop_({means.transfers, means.replay, writer_, jobs_, stage.watches, tools, options.secrets,
             means.guard},
            bounds_of(tools, options)) {}

Result<void> Crew::run() {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < std::max(1U, cores - 1); ++i) workers.emplace_back([this] { work(); });
  loop_.run();
  jobs_.close();
  for (std::jthread& worker : workers) worker.join();
  return writer_.finish();
}

void Crew::report(CrawlSummary& summary) {
  summary.totals.pages += writer_.pages();
  summary.totals.bytes += loop_.bytes();
  summary.counts += writer_.counts();
  for (const auto& [kind, count] : loop_.failures()) summary.failures[kind] += count;
  messages_.insert(messages_.begin(), loop_.messages().begin(), loop_.messages().end());
  for (std::string& message : messages_)
    if (std::find(summary.messages.begin(), summary.messages.end(), message) ==
        summary.messages.end())
      summary.messages.push_back(std::move(message));
  summary.stopped_by = loop_.stopped_by();
  summary.partial = summary.partial || loop_.partial() || failed_ || left_out_;
  summary.interrupted = summary.interrupted || loop_.interrupted();
}

void Crew::work() {
  while (auto job = jobs_.pop()) {
    PageWork done = worker_.work(std::move(*job));
    note(done);
    heed_wait(done);
    const std::size_t weight = done.weight();
    WriteTask task;
    task.exchange = std::move(done.exchange);
    task.revisit = std::move(done.revisit);
    task.answer = std::move(done.answer);
    writer_.add(std::move(task), weight);
  }
}

void Crew::heed_wait(const PageWork& done) {
  if (!done.wait) return;
  if (const auto destination = destination_of(done.answer.evidence_url))
    loop_.leave_alone(destination->host, *done.wait);
}

void Crew::note(const PageWork& done) {
  const std::lock_guard lock(mutex_);
  if (!done.failure.empty()) failed_ = true;
  if (done.answer.coverage.left_out > 0) left_out_ = true;
  if (messages_.size() >= max_messages) return;
  if (!done.failure.empty()) messages_.push_back(done.answer.evidence_url + ": " + done.failure);
  messages_.insert(messages_.end(), done.messages.begin(), done.messages.end());
}

}  // namespace testigo::app
