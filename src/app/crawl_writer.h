#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/byte_queue.h"
#include "app/clock.h"
#include "app/crawl.h"
#include "app/page_work.h"
#include "archive/warc_writer.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::app {

// One thing for the writer to do. The record is on disk before anything of it is committed.
struct WriteTask {
  std::optional<archive::Exchange> exchange;
  std::optional<archive::RevisitOf> revisit;
  std::optional<store::Answer> answer;

  // Other ends of a request's lease.
  struct Postponement {
    store::RequestKey key;
    UtcTime not_before;
    std::string reason;
  };
  struct Burial {
    store::RequestKey key;
    std::string reason;
    CoverageCounts coverage;
  };
  std::optional<Postponement> postponement;
  std::optional<Burial> burial;

  [[nodiscard]] bool ends_lease() const {
    return answer.has_value() || postponement.has_value() || burial.has_value();
  }
};

// The one thread that writes: archive records first, then one transaction for a batch of answers.
class CrawlWriter {
 public:
  struct Settings {
    store::RunId run;
    std::string rules;
    std::size_t max_queue_bytes = 32 * 1024 * 1024;
    std::size_t max_batch = 64;  // answers in one transaction
  };

  // `archive` may be null (replay: the records are there already). `on_progress` is called from the
  // writer's thread after each batch, when leases have ended.
  CrawlWriter(store::Store& store, archive::WarcWriter* archive, const Clock& clock,
              Settings settings, std::function<void()> on_progress);
  CrawlWriter(const CrawlWriter&) = delete;
  CrawlWriter& operator=(const CrawlWriter&) = delete;
  ~CrawlWriter();

  void add(WriteTask task, std::size_t bytes);

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
  [[nodiscard]] Result<void> write(std::vector<WriteTask> tasks);
  [[nodiscard]] Result<void> archive_records(std::vector<WriteTask>& tasks);
  [[nodiscard]] Result<void> store_answers(std::vector<WriteTask>& tasks);

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
  store::IngestCounts counts_;
  std::optional<Error> error_;
  std::jthread thread_;
};

}  // namespace testigo::app
