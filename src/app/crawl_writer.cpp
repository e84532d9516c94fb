#include "app/crawl_writer.h"

#include <algorithm>

namespace testigo::app {

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

void CrawlWriter::add(WriteTask task, std::size_t bytes) { queue_.push(std::move(task), bytes); }

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
  while (auto first = queue_.pop()) {
    std::vector<WriteTask> tasks;
    tasks.push_back(std::move(*first));
    while (tasks.size() < settings_.max_batch) {
      auto more = queue_.try_pop();
      if (!more) break;
      tasks.push_back(std::move(*more));
    }
    const auto leases = static_cast<std::size_t>(
        std::count_if(tasks.begin(), tasks.end(), [](const WriteTask& t) { return t.ends_lease(); }));
    auto written = error_ ? Result<void>(fail(*error_)) : write(std::move(tasks));
    if (!written && !error_) {
      error_ = std::move(written.error());
      failed_ = true;
    }
    ended_ += leases;
    on_progress_();
  }
}

Result<void> CrawlWriter::write(std::vector<WriteTask> tasks) {
  if (auto archived = archive_records(tasks); !archived) return archived;
  if (auto stored = store_answers(tasks); !stored) return stored;
  for (const WriteTask& task : tasks) {
    if (task.postponement) {
      auto done = store::postpone(store_, task.postponement->key, task.postponement->not_before,
                                  task.postponement->reason);
      if (!done) return done;
    }
    if (!task.burial) continue;
    if (auto done = store::bury(store_, task.burial->key, task.burial->reason); !done) return done;
    auto counted = store::add_coverage(store_, settings_.run, task.burial->coverage);
    if (!counted) return counted;
  }
  return {};
}

Result<void> CrawlWriter::archive_records(std::vector<WriteTask>& tasks) {
  if (archive_ == nullptr) return {};
  bool wrote = false;
  for (WriteTask& task : tasks) {
    if (!task.exchange) continue;
    auto evidence = task.revisit ? archive_->append_revisit(*task.exchange, *task.revisit)
                                 : archive_->append(*task.exchange);
    if (!evidence) return fail(std::move(evidence.error()));
    wrote = true;
    if (task.answer && !task.revisit) task.answer->evidence = std::move(*evidence);
  }
  return wrote ? archive_->sync() : Result<void>{};
}

Result<void> CrawlWriter::store_answers(std::vector<WriteTask>& tasks) {
  store::Batch batch;
  batch.run = settings_.run;
  batch.rules = settings_.rules;
  batch.now = clock_.now();
  for (WriteTask& task : tasks)
    if (task.answer) batch.answers.push_back(std::move(*task.answer));
  if (batch.answers.empty()) return {};
  auto counts = store::ingest(store_, batch);
  if (!counts) return fail(std::move(counts.error()));
  pages_ += static_cast<std::int64_t>(batch.answers.size());
  const std::lock_guard lock(mutex_);
  counts_ += *counts;
  return {};
}

}  // namespace testigo::app
