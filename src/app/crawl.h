#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/configuration.h"
#include "app/crawl_plan.h"
#include "app/rule_book.h"
#include "core/result.h"
#include "core/rollup.h"
#include "fetch/politeness.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::app {

struct CrawlOptions {
  WatchSelection selection;
  std::optional<std::int64_t> max_pages;  // stricter than the configuration's
  std::vector<std::string> replay;        // archive files that answer instead of the network
  std::map<std::string, std::string> secrets;  // environment variables that sources may ask for
};

// How a crawl stands, for the progress line.
struct CrawlProgress {
  std::int64_t pages = 0;      // answers stored
  std::int64_t bytes = 0;      // of bodies, as sent
  std::int64_t posts = 0;
  std::int64_t mentions = 0;   // new ones
  std::size_t queued = 0;      // requests that wait in the store
  std::size_t waiting = 0;     // requests at hand and not yet sent
  std::size_t in_flight = 0;
  std::size_t hosts_waiting = 0;
  std::vector<fetch::HostWait> slowest;  // hosts that will be done last, the last one first
  std::optional<Millis> paused;  // where nothing may be asked now: until the next request may
  Millis elapsed{0};

  // Time to the end as far as it can be seen: at the pace so far, and not before the slowest host
  // has kept its gaps and a pause is over. None while nothing was stored.
  [[nodiscard]] std::optional<Millis> left() const;
};

// How a crawl ended.
struct CrawlSummary {
  store::RunId run;
  CrawlProgress totals;
  store::IngestCounts counts;
  std::vector<CoverageCounts> coverage;
  std::map<std::string, std::int64_t> failures;  // by kind: "dns", "http 500", "redirect loop", …
  std::vector<std::string> messages;             // drift, recovered archive tails, …
  std::vector<std::string> watches;              // keys of those that this run was about
  std::size_t left = 0;       // requests that wait for the next crawl
  std::string stopped_by;     // why, in the words of the ledger
  bool partial = false;       // exit 5
  bool interrupted = false;   // by `stop`; everything fetched so far is stored
};

// What a crawl works with. All of it must outlive the call.
struct CrawlTools {
  const Configuration& configuration;
  const RuleBook& book;
  const Clock& clock;
  std::string store_path;
  std::string archive_folder;
  std::function<void(const CrawlProgress&)> progress;  // called a few times a second, or empty
  const std::atomic<bool>& stop;                       // set by a signal: finish writes and return
};

// One pass over what is due: asks, archives, extracts, judges, stores. Whatever instant it is killed
// at, the next call goes on where it was, and every post is stored once.
// Only one crawl works on a store at a time: Errc::busy otherwise. Other errors: those of the store
// and the archive (disk full, read-only folder); what was committed until then stands.
[[nodiscard]] Result<CrawlSummary> crawl(const CrawlTools& tools, const CrawlOptions& options);

// The requests that a crawl would begin with, nothing asked and nothing written.
[[nodiscard]] Result<std::vector<PageRequest>> dry_run(const CrawlTools& tools,
                                                       const CrawlOptions& options);

}  // namespace testigo::app
