#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/crawl_lock.h"
#include "app/import.h"
#include "archive/warc_writer.h"
#include "core/result.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::app {

// Where an import's posts go: evidence on disk first, then one transaction for each batch, which
// also notes how far the file is read.
class ImportSink {
 public:
  // Takes the store for this process alone; Errc::busy where a crawl or import runs.
  // `key` names the file and how it is read.
  [[nodiscard]] static Result<std::unique_ptr<ImportSink>> open(const ImportTools& tools,
                                                                const ImportPlan& plan,
                                                                std::string key);

  // How many rows (or records) an interrupted run has stored.
  [[nodiscard]] std::int64_t rows_done() const { return rows_done_; }

  enum class Added : std::uint8_t {
    taken,
    duplicate,
    withheld,  // it was erased, or its author
  };
  // Where a row has its post's bytes, which become evidence together with those of its batch.
  struct RowBytes {
    std::size_t line = 0;
    const std::string& raw;
  };
  [[nodiscard]] Result<Added> add(store::Sighting sighting, const RowBytes& row);
  // One that names no brand, which is taken where its post is known.
  [[nodiscard]] Result<void> add_unnamed(store::Sighting sighting, const RowBytes& row);

  // What a row's post must be changed to before it is added.
  struct Settled {
    std::optional<SharedId> shared;  // its id got its author's mark
    bool filled = false;             // it got rating or title, which the file cannot carry
  };
  [[nodiscard]] Result<Settled> settle(store::Sighting& sighting, std::size_t line);
  // A post that is stored under a former id keeps it.
  [[nodiscard]] Result<void> keep_former_id(Post& post, const std::vector<std::string>& former);
  // The posts of one archived page; where none names a brand, only if one is known. `origin` says
  // whose record it is a copy of.
  struct Posts {
    std::vector<store::Sighting> named, unnamed;
  };
  [[nodiscard]] Result<void> add_page(archive::Exchange exchange, const std::string& origin,
                                      Posts posts);
  // All rows up to this one are added, or are none to add.
  [[nodiscard]] Result<void> done_with(std::int64_t rows);

  // Stores what is there, ends the run and writes its counts into the summary. `read` says how
  // reading ended; a file that was read whole leaves nothing for a next run. The first error.
  [[nodiscard]] Result<void> finish(Result<void> read, ImportSummary& summary);

 private:
  ImportSink(const ImportTools& tools, const ImportPlan& plan, std::string key, CrawlLock lock,
             store::Store store, archive::WarcWriter archive, store::RunId run, std::int64_t rows)
      : tools_(tools),
        plan_(plan),
        key_(std::move(key)),
        lock_(std::move(lock)),
        store_(std::move(store)),
        archive_(std::move(archive)),
        run_(run),
        rows_done_(rows),
        rows_stored_(rows) {}

  [[nodiscard]] Result<bool> knows_one(const std::vector<store::Sighting>& posts);
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] Result<void> close_rows();
  [[nodiscard]] store::Answer answer_of(std::string url, EvidenceRef evidence) const;

  const ImportTools& tools_;
  const ImportPlan& plan_;
  std::string key_;
  CrawlLock lock_;
  store::Store store_;
  archive::WarcWriter archive_;
  store::RunId run_;
  std::int64_t rows_done_ = 0;
  std::int64_t rows_stored_ = 0;
  std::vector<store::Sighting> posts_;  // of rows, not yet in an answer; unnamed ones among them
  std::vector<std::size_t> lines_;      // of posts_
  std::map<std::int64_t, std::size_t> ids_;  // of posts_, with where they stand there
  std::string block_;                        // their bytes
  std::vector<store::Answer> answers_;
  std::size_t answer_posts_ = 0;
  std::size_t answer_bytes_ = 0;
  store::IngestCounts counts_;
  bool some_are_withheld_ = false;
  bool has_failed_ = false;  // to store rows: none behind them may be
};

}  // namespace testigo::app
