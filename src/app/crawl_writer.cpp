#include "app/crawl_writer.h"

#include <algorithm>

#include "store/evidence.h"
#include "store/frontier.h"

namespace testigo::app {
namespace {

// A revisit record is as long as the record of a small body: it would save nothing.
constexpr std::size_t worth_a_revisit = 1024;

}  // namespace

CrawlWriter::CrawlWriter(store::Store& store, archive::WarcWriter* archive, const Clock& clock,
                         Settings settings, std::function<void()> on_progress)
    : store_(store),
      archive_(archive),
      clock_(clock),
      settings_(std::move(settings)),
      on_progress_(std::move(on_progress)),
      queue_(settings_.max_queue_bytes),
      thread_([this] { run(); }) {}

CrawlWriter::~CrawlWriter() { queue_.close(); }

void CrawlWriter::add(WriteTask&& task, std::size_t bytes) { queue_.push(std::move(task), bytes); }

void CrawlWriter::want(store::LeaseLimits limits) {
  WriteTask task;
  task.wanted = std::move(limits);
  add(std::move(task), small_task_bytes);
}

std::optional<Supply> CrawlWriter::take_supply() {
  const std::lock_guard lock(mutex_);
  return std::exchange(supply_, std::nullopt);
}

void CrawlWriter::wait_for_supply(Millis longest) {
  std::unique_lock lock(mutex_);
  news_.wait_for(lock, longest, [&] { return supply_ || failed_.load(); });
}

void CrawlWriter::wait_for_news(std::size_t ended, Millis longest) {
  std::unique_lock lock(mutex_);
  news_.wait_for(lock, longest, [&] { return supply_ || failed_.load() || ended_ > ended; });
}

Result<void> CrawlWriter::finish() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
  if (error_) return fail(*error_);
  return {};
}

store::IngestCounts CrawlWriter::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void CrawlWriter::run() {
  while (true) {
    // What is there, up to the batch's size. Empty at the end, or when nothing has come for a
    // while.
    const bool is_settled = !open_.ingestion && !sums_wait_;
    std::vector<WriteTask> tasks =
        is_settled ? queue_.pop_some(settings_.max_batch)
                   : queue_.pop_some(settings_.max_batch, settings_.longest_idle);
    if (tasks.empty() && is_settled) return;
    // After the first failure the queue is only drained, so that nobody waits for room in it.
    if (!error_) write(tasks);
    news_.notify_all();
    on_progress_();
  }
}

void CrawlWriter::write(std::span<WriteTask> tasks) {
  Result<void> written = tasks.empty() ? settle() : put(tasks);
  if (written && open_.ingestion && is_due()) written = commit(store::Sums::may_wait);
  if (written) return;
  open_ = {};
  sums_wait_ = false;
  error_ = std::move(written.error());
  failed_ = true;
}

Result<void> CrawlWriter::put(std::span<WriteTask> tasks) {
  if (auto archived = archive_records(tasks); !archived) {
    if (open_.ingestion)
      static_cast<void>(commit(store::Sums::written));  // what was put before; the reason is this
    return archived;
  }
  return store_batch(tasks);
}

Result<void> CrawlWriter::archive_records(std::span<WriteTask> tasks) {
  if (archive_ == nullptr) return {};
  for (WriteTask& task : tasks) {
    if (!task.exchange) continue;
    if (auto archived = archive_record(task); !archived) return archived;
    open_.has_records = true;
  }
  return {};
}

Result<void> CrawlWriter::archive_record(WriteTask& task) {
  std::optional<EvidenceRef> kept;  // where the same bytes lie already
  if (!task.revisit && task.answer && task.answer->page &&
      task.exchange->page.body_as_sent.size() >= worth_a_revisit) {
    auto known = store::find_payload(store_, task.answer->page->payload_digest);
    if (!known) return fail(std::move(known.error()));
    if (*known) {
      task.revisit = archive::RevisitOf{(*known)->where.payload_digest, "", (*known)->url,
                                        (*known)->fetched_at,
                                        archive::RevisitProfile::identical_payload_digest};
      kept = std::move((*known)->where);
    }
  }
  auto evidence = task.revisit ? archive_->append_revisit(*task.exchange, *task.revisit)
                               : archive_->append(*task.exchange);
  if (!evidence) return fail(std::move(evidence.error()));
  if (!task.answer) return {};
  if (kept) {
    task.answer->evidence = std::move(*kept);
    task.answer->evidence_url = task.revisit->target_uri;
  } else if (!task.revisit) {
    task.answer->evidence = std::move(*evidence);
  }
  return {};
}

Result<void> CrawlWriter::store_batch(std::span<WriteTask> tasks) {
  store::Batch batch;
  batch.run = settings_.run;
  batch.rules = settings_.rules;
  batch.now = clock_.now();
  batch.answers.reserve(tasks.size());
  for (WriteTask& task : tasks) {
    if (task.ends_lease()) ++open_.ends;
    if (task.answer) batch.answers.push_back(std::move(*task.answer));
    if (task.end) batch.ends.push_back(std::move(*task.end));
    if (task.hold) batch.holds.push_back(std::move(*task.hold));
    if (task.answered) batch.answered.push_back(std::move(*task.answered));
    if (task.wanted) batch.wanted = std::move(*task.wanted);
  }
  const bool asked = batch.wanted.has_value();
  if (asked) watches_ = batch.wanted->watches;
  open_.pages += std::count_if(batch.answers.begin(), batch.answers.end(),
                               [](const store::Answer& a) { return a.page.has_value(); });
  if (!open_.ingestion) {
    open_.ingestion.emplace(store_, settings_.rules);
    open_.since = std::chrono::steady_clock::now();
  }
  auto advanced = open_.ingestion->put(std::move(batch));
  if (!advanced) return fail(std::move(advanced.error()));
  open_.counts += advanced->counts;
  if (asked) open_.leases = std::move(advanced->leases);
  return {};
}

bool CrawlWriter::is_due() const {
  return open_.leases || open_.ingestion->is_large() ||
         std::chrono::steady_clock::now() - open_.since >= settings_.longest_transaction;
}

// When there is nothing to do.
Result<void> CrawlWriter::settle() {
  if (open_.ingestion) return commit(store::Sums::written);
  sums_wait_ = false;
  return store::write_sums(store_, clock_.now());
}

Result<void> CrawlWriter::commit(store::Sums sums) {
  if (open_.has_records)
    if (auto synced = archive_->sync(); !synced) return synced;
  if (auto committed = open_.ingestion->commit(sums); !committed) return committed;
  sums_wait_ = sums == store::Sums::may_wait;
  Open done = std::exchange(open_, {});
  pages_ += done.pages;
  {
    const std::lock_guard lock(mutex_);
    counts_ += done.counts;
    ended_ += done.ends;
  }
  return done.leases ? supply(std::move(*done.leases)) : Result<void>{};
}

Result<void> CrawlWriter::supply(std::vector<store::Lease> leases) {
  Supply supply{std::move(leases), std::nullopt, ended_.load(), 0};
  auto states = store::watches(store_);
  if (!states) return fail(std::move(states.error()));
  for (const store::WatchState& state : *states)
    if (std::find(watches_.begin(), watches_.end(), state.watch) != watches_.end())
      supply.waiting += state.waiting;
  if (supply.leases.empty()) {
    auto due = store::next_due(store_, watches_);
    if (!due) return fail(std::move(due.error()));
    supply.next_due = *due;
  }
  const std::lock_guard lock(mutex_);
  supply_ = std::move(supply);
  return {};
}

}  // namespace testigo::app
