#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "app/brand_book.h"
#include "app/crawl.h"
#include "app/crawl_plan.h"
#include "app/switch_words.h"
#include "classify/classifier.h"
#include "store/frontier.h"
#include "store/store.h"
#include "text/time_zone.h"

namespace testigo::app {

// What one crawl stands on, opened in order; closed in the opposite one.
struct Stage {
  store::Store store;
  text::TimeZone zone;
  classify::Classifier classifier;
  BrandBook brands;
  SwitchWords switches;
  std::map<std::string, PlannedWatch> watches;  // that the crawl is about, by key
  std::vector<std::string> messages{};          // for the run's report
};

[[nodiscard]] Result<Stage> set_up(const CrawlTools& tools, const CrawlOptions& options);

// Which of a watch's pages a pass asks: those that are due nearer to it than to the next one, or
// all.
enum class PassScope : std::uint8_t { due, all };

// Begins each watch's pass, or goes on with it, and queues the entry requests: each is asked at
// most once a pass. Unless all are wanted, a feed that is gone for good (410) is not asked again,
// and one that wants to be left alone (ttl) not before that time is over.
[[nodiscard]] Result<void> begin_passes(Stage& stage, UtcTime now, PassScope scope);

// Ends the passes that came to their end. Returns how many requests of the others wait for another
// run; the ledger says that `stopped_by` is why.
[[nodiscard]] Result<std::size_t> finish_passes(Stage& stage, UtcTime now, store::RunId run,
                                                const std::string& stopped_by);

// How many requests of the crawl's passes wait for another run.
[[nodiscard]] Result<std::size_t> requests_left(Stage& stage);

}  // namespace testigo::app
