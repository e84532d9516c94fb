#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "app/rule_book.h"
#include "core/result.h"
#include "core/time.h"
#include "sources/plan.h"
#include "store/frontier.h"

namespace testigo::app {

// A watch with the source that serves it, ready to make requests.
struct PlannedWatch {
  WatchSettings settings;
  const sources::Source* source = nullptr;  // of the RuleBook, which must outlive this
  sources::Watch watch;
  Matching matching = Matching::query;
  bool store_text = true;  // false where the source's terms forbid keeping it
};

// Which watches a crawl is about.
struct WatchSelection {
  std::optional<BrandId> brand;
  std::optional<SourceId> source;
  bool all = false;  // those that are not due, too
};

// Every watch of the configuration with its source. Errc::not_found names the watch's line and the
// nearest source where one is unknown; Errc::malformed a parameter that its source does not take,
// or a value that cannot be meant (watch_check.h).
[[nodiscard]] Result<std::vector<PlannedWatch>> planned_watches(const Configuration& configuration,
                                                                const RuleBook& book, UtcTime now);

// What a schedule started at the same minute each day may fall short of `every`, and how much later
// in the crawl a page may have had its turn the last time: a share of `every`.
[[nodiscard]] inline std::chrono::seconds rhythm(std::chrono::seconds every) {
  return every - every / 20;
}

// When a watch is due: its rhythm after its last finished pass began; at once where a pass was left
// unfinished, none was ever begun, or the last one seems to begin later than `now`.
[[nodiscard]] UtcTime due_at(const WatchSettings& settings,
                             const std::vector<store::WatchState>& states, UtcTime now);

// Those of `watches` that are selected and, unless all are wanted, due at `now`.
// Errc::not_found for a brand or source that no watch has, with the nearest one that exists.
[[nodiscard]] Result<std::vector<PlannedWatch>> select_watches(
    std::vector<PlannedWatch> watches, const WatchSelection& selection,
    const std::vector<store::WatchState>& states, UtcTime now);

// The words and phrases to search a service for: every phrase of the query that is not under a NOT.
[[nodiscard]] std::vector<std::string> search_terms(const BrandSettings& brand);

}  // namespace testigo::app
