#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "app/byte_queue.h"
#include "app/clock.h"
#include "archive/warc_writer.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::app {

// One thing for the writer to do. The record is on disk before anything of it is committed.
struct WriteTask {
  std::optional<archive::Exchange> exchange;
  std::optional<archive::RevisitOf> revisit;
  std::optional<store::Answer> answer;
  std::optional<store::LeaseEnd> end;
  std::optional<store::HostHold> hold;
  std::optional<std::string> answered;       // a host; store::Batch::answered
  std::optional<store::LeaseLimits> wanted;  // answered by take_supply()

  [[nodiscard]] bool ends_lease() const { return end || (answer && answer->request); }
};

// What a task without a page weighs in the queue, in bytes.
inline constexpr std::size_t small_task_bytes = 512;

// What the frontier gave.
struct Supply {
  std::vector<store::Lease> leases;
  std::optional<UtcTime> next_due;  // where there are none: when there may be; empty: never
  std::size_t ended = 0;            // leases that had ended in the store when it was asked
  std::size_t waiting = 0;          // requests of the open passes that are not answered yet
};

// The one thread that touches store and archive while a crawl runs: archive records first, then
// answers, ended leases and new ones, batch by batch, several of them in one transaction.
class CrawlWriter {
 public:
  struct Settings {
    store::RunId run;
    std::string rules;
    std::size_t max_queue_bytes = 5 * 1024 * 1024;
    std::size_t max_batch = 64;  // tasks that are put at once
    // A transaction ends with the batch that asks for leases, when nothing has come for a while,
    // and when it is long. Many batches share one, since the words and the pages of indexes that
    // they change are often the same ones; sums of days may wait even longer, but not while nothing
    // else is to be done.
    Millis longest_idle{5};
    Millis longest_transaction{500};
  };

  // `archive` may be null (replay: the records are there already). `on_progress` is called from the
  // writer's thread after each batch.
  CrawlWriter(store::Store& store, archive::WarcWriter* archive, const Clock& clock,
              Settings settings, std::function<void()> on_progress);
  CrawlWriter(const CrawlWriter&) = delete;
  CrawlWriter& operator=(const CrawlWriter&) = delete;
  ~CrawlWriter();

  void add(WriteTask&& task, std::size_t bytes);

  // Asks for leases; the answer comes with a later batch.
  void want(store::LeaseLimits limits);
  // The answer to the last want(), once.
  [[nodiscard]] std::optional<Supply> take_supply();
  // Until a supply is there, the writer failed, or `longest` has passed.
  void wait_for_supply(Millis longest);
  // The same, or until more leases than `ended` have ended.
  void wait_for_news(std::size_t ended, Millis longest);

  // Waits until everything that was added is committed. The error of the first write that failed.
  [[nodiscard]] Result<void> finish();

  // Leases that were ended and committed so far.
  [[nodiscard]] std::size_t ended() const { return ended_.load(); }
  [[nodiscard]] bool failed() const { return failed_.load(); }
  // Totals so far; safe from any thread.
  [[nodiscard]] store::IngestCounts counts() const;
  [[nodiscard]] std::int64_t pages() const { return pages_.load(); }

 private:
  void run();
  void write(std::span<WriteTask> tasks);
  [[nodiscard]] Result<void> put(std::span<WriteTask> tasks);
  [[nodiscard]] Result<void> archive_records(std::span<WriteTask> tasks);
  [[nodiscard]] Result<void> archive_record(WriteTask& task);
  [[nodiscard]] Result<void> store_batch(std::span<WriteTask> tasks);
  [[nodiscard]] bool is_due() const;
  [[nodiscard]] Result<void> commit(store::Sums sums);
  [[nodiscard]] Result<void> settle();
  [[nodiscard]] Result<void> supply(std::vector<store::Lease> leases);

  store::Store& store_;
  archive::WarcWriter* archive_;
  const Clock& clock_;
  Settings settings_;
  std::function<void()> on_progress_;
  ByteQueue<WriteTask> queue_;
  std::atomic<std::size_t> ended_ = 0;
  std::atomic<std::int64_t> pages_ = 0;
  std::atomic<bool> failed_ = false;
  mutable std::mutex mutex_;
  std::condition_variable news_;
  std::optional<Supply> supply_;
  std::vector<std::string> watches_;  // that the last want() was about

  // The open transaction, and what is told of it once it has lasted.
  struct Open {
    std::optional<store::Ingestion> ingestion;
    std::chrono::steady_clock::time_point since;
    bool has_records = false;  // that are not on disk yet
    store::IngestCounts counts;
    std::size_t ends = 0;
    std::int64_t pages = 0;
    std::optional<std::vector<store::Lease>> leases;
  };
  Open open_;
  bool sums_wait_ = false;  // of transactions before it
  store::IngestCounts counts_;
  std::optional<Error> error_;
  std::jthread thread_;
};

}  // namespace testigo::app
