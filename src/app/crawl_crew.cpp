#include "app/crawl_crew.h"

#include <algorithm>
#include <string_view>
#include <thread>

namespace testigo::app {
namespace {

constexpr std::size_t max_queue_bytes = 5 * 1024 * 1024;  // of pages that wait for a worker
constexpr std::size_t max_put_off = 20;                   // reasons for which requests wait
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

// What those wait for that the crawl has ended without.
void tell_put_off(const std::map<std::string, std::size_t>& reasons,
                  std::vector<std::string>& messages) {
  std::size_t left = max_put_off;
  for (const auto& [why, requests] : reasons) {
    if (left-- == 0) return;
    const std::string who = requests == 1 ? " request waits" : " requests wait";
    messages.push_back(std::to_string(requests) + who + " after a failed attempt: " + why);
  }
}

// Without the place in a list and what it quotes: alike where one thing is told of many items.
std::string form_of(std::string_view message) {
  std::string form(message.substr(0, message.find(": \"")));
  std::erase_if(form, [](char c) { return c >= '0' && c <= '9'; });
  return form;
}

}  // namespace

Crew::Crew(const CrawlTools& tools, const CrawlOptions& options, Stage& stage, store::RunId run,
           const Means& means)
    : judge_({stage.classifier, stage.brands, stage.switches}, stage.zone, tools.book.own_words),
      worker_(stage.watches, judge_, tools.book.tracking, readings_, worker_bounds(tools, options)),
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
  for (const auto& [form, drift] : told_)
    if (drift.more > 0 && drift.line < messages_.size())
      messages_[drift.line] += "; and so of " + std::to_string(drift.more) + " more " +
                               (drift.more == 1 ? "answer" : "answers");
  messages_.insert(messages_.begin(), loop_.messages().begin(), loop_.messages().end());
  for (std::string& message : messages_)
    if (std::find(summary.messages.begin(), summary.messages.end(), message) ==
        summary.messages.end())
      summary.messages.push_back(std::move(message));
  tell_put_off(loop_.put_off(), summary.messages);
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

// What one answer says of its source's shape others say too: the first is told with its address.
void Crew::tell(const std::string& address, const std::string& message) {
  std::string line = address + ": " + message;
  if (message.starts_with("source drifted")) {
    const std::string form = form_of(message);
    if (messages_.size() >= max_messages && !told_.contains(form)) return;
    const auto [told, is_new] = told_.try_emplace(form, Told{address, address, 0, 0});
    Told& drift = told->second;
    if (!is_new && drift.first != address) {
      drift.more += drift.last == address ? 0 : 1;
      drift.last = address;
      return;
    }
    if (is_new) drift.line = messages_.size();
  }
  if (messages_.size() < max_messages) messages_.push_back(std::move(line));
}

void Crew::note(const PageWork& done) {
  const std::lock_guard lock(mutex_);
  if (!done.failure.empty()) failed_ = true;
  if (done.answer.coverage.left_out > 0) left_out_ = true;
  if (!done.failure.empty()) tell(done.answer.evidence_url, done.failure);
  for (const std::string& message : done.messages) {
    if (message.starts_with("source drifted"))
      tell(done.answer.evidence_url, message);
    else if (messages_.size() < max_messages)
      messages_.push_back(message);
  }
}

}  // namespace testigo::app
