#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/rollup.h"
#include "core/time.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// What one crawl did, for its last words on the terminal.
struct CrawlSummary {
  std::int64_t run = 0;
  UtcTime started{};
  std::chrono::milliseconds took{0};
  std::int64_t pages = 0;  // answers with a body
  std::int64_t bytes = 0;  // of bodies, as sent
  std::int64_t posts = 0;  // seen
  std::int64_t new_posts = 0;
  std::int64_t revisions = 0;  // edits of posts already known
  std::int64_t copies = 0;
  std::int64_t new_mentions = 0;
  std::int64_t unclassified = 0;
  std::string rules;  // "sha256:…"
  bool interrupted = false;
  std::vector<CoverageCounts> coverage;
  std::vector<std::string> troubles;  // one line each: which source, what, what to do
};

// A line of counts, the coverage table, troubles, and whether the pass was whole.
[[nodiscard]] std::string render_crawl_summary(const CrawlSummary& summary,
                                               const Terminal& terminal);

// A line per brand and source, with a total where there are several; under it, why requests of each
// were blocked, capped or failed.
[[nodiscard]] std::string render_coverage(std::span<const CoverageCounts> rows,
                                          const Terminal& terminal);

// As v_coverage, with the rows of v_coverage_reasons as an object {reason: requests}, for programs.
[[nodiscard]] Rows coverage_rows(std::span<const CoverageCounts> rows);

}  // namespace testigo::render
