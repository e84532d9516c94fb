#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/configuration.h"
#include "app/import_plan.h"
#include "app/rule_book.h"
#include "core/result.h"
#include "store/ingest.h"

namespace testigo::app {

// A row, or a record of an archive, that became no post.
struct RejectedRow {
  std::size_t line = 0;  // where the row begins; of an archive's record the byte
  std::string why;
};

// A row under whose id another author's words stand: another row's of the file, or stored ones.
struct SharedId {
  std::size_t line = 0;
  std::size_t others_line = 0;  // 0: read long before, or stored by an earlier import
  std::string id;
};

// How many gave which score of 0 to 10 (Reichheld 2003): 0 to 6, 7 and 8, 9 and 10.
struct NpsCounts {
  std::size_t detractors = 0;
  std::size_t passives = 0;
  std::size_t promoters = 0;

  [[nodiscard]] std::size_t all() const { return detractors + passives + promoters; }
  // % promoters − % detractors, in [-100, 100]; 0 where nobody answered.
  [[nodiscard]] double score() const;
};

struct ImportSummary {
  ImportPlan plan;
  std::size_t resumed_rows = 0;   // stored by a run that was interrupted, and passed over
  std::size_t rows = 0;           // read by this one
  std::size_t skipped = 0;        // as the preset says: deleted tickets
  std::size_t duplicates = 0;     // the same as a row before, in the file itself
  std::size_t without_brand = 0;  // no brand's query matched: not stored
  std::size_t withheld = 0;       // erased before, they or their author: not stored again
  std::size_t rejected = 0;
  std::size_t mended = 0;  // rows with a cell that was made UTF-8 twice
  std::size_t first_mended_line = 0;
  std::size_t shared_ids = 0;  // rows kept as posts of their own although their id is another's
  std::vector<SharedId> first_shared_ids;  // at most max_shown_rejects
  std::size_t pages = 0;                   // of an archive: records that were read
  std::vector<RejectedRow> first_rejects;  // at most max_shown_rejects
  NpsCounts nps;
  store::IngestCounts counts;
  std::vector<store::Sighting> preview;  // under dry_run: the first rows, judged
  bool interrupted = false;              // state is saved; the same command goes on
};
inline constexpr std::size_t max_shown_rejects = 20;

struct ImportTools {
  const Configuration& configuration;
  const RuleBook& book;
  const Clock& clock;
  std::string store_path;
  std::string archive_folder;
  // How the file will be read, before anything of it is written; may be empty.
  std::function<void(const ImportPlan&, std::size_t resumed_rows)> on_plan;
  std::function<void(const RejectedRow&)> on_reject;   // each of them; may be empty
  std::function<void(const ImportSummary&)> on_batch;  // progress; may be empty
  const std::atomic<bool>* stop = nullptr;
};

// Reads a file of posts in bounded memory and stores them like those of a crawl: judged, counted
// once, with their rows in the archive as evidence. Importing the same file twice adds nothing; an
// import that was interrupted or killed goes on where it was, where the file is still the same.
// Errc::malformed where a mapped column is not in the file, with the columns that are; not_found.
[[nodiscard]] Result<ImportSummary> import_posts(const ImportTools& tools,
                                                 const ImportOptions& options);

}  // namespace testigo::app
