#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "app/erase.h"
#include "app/rule_book.h"
#include "core/result.h"

namespace testigo::app {

// What a retention rule erased, or would.
struct Retained {
  std::string source;  // empty: archived records of any source
  std::string why;     // "older than 30 days (the source's terms)"
  store::ErasureReceipt receipt;
};

struct RetainOutcome {
  std::vector<Retained> erased;  // only where there was something
  std::vector<std::string> notes;
  std::vector<Error> left;         // as in EraseOutcome
  std::optional<Error> unwritten;  // as in EraseOutcome
  bool earlier = false;            // an earlier erasure had not come to its end
};

// Erases what the configuration's [retention] and the terms of sources say is not to be kept:
//   - posts that were collected longer ago than the shortest of `all`, their source's own period
//   and
//     its terms' retention_days, and archived records of the hosts they came from that are as old
//   - posts that a source with delete_when_gone no longer shows, and all of one with store = false
//   - archived records older than `all` and `archive`; what was read from them is then digest_only
// Errc::malformed, with its line, for a source in [retention] that neither rules nor store know.
[[nodiscard]] Result<RetainOutcome> retain(const EraseTools& tools,
                                           const Configuration& configuration, const RuleBook& book,
                                           bool dry_run);

}  // namespace testigo::app
