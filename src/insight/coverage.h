#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/rollup.h"

namespace testigo::insight {

// What was seen of one source, or of all: sums of coverage rows and what follows from them.
struct CoverageSummary {
  CoverageCounts counts;  // run 0 and names empty where several are summed
  // answered / (asked + unasked + capped) · (items − left_out) / items: of all that there was to
  // ask, what came back readable, and of what came back, what could be read. unasked are those of
  // blocked that robots.txt kept from being sent, answered = asked − the rest of blocked − failed −
  // refused_by_page; the second factor is 1 without items. Empty where there was nothing to ask.
  std::optional<double> seen;
  // Something was left, given up or left out: the pass is partial (exit 5). A robots refusal is an
  // answer.
  bool partial = false;
};

// Ends the ledger's name of a limit that a source's description sets ("max_pages of the source"):
// what it leaves out no later crawl asks for either.
inline constexpr std::string_view source_limit = " of the source";
// How many requests such limits left out.
[[nodiscard]] std::int64_t left_out_by_source(const CoverageCounts& counts);

[[nodiscard]] CoverageSummary summarize(std::span<const CoverageCounts> rows);

// One summary per brand and source, in the order of their names; runs are added together.
[[nodiscard]] std::vector<CoverageSummary> by_source(std::span<const CoverageCounts> rows);

}  // namespace testigo::insight
