#include "insight/coverage.h"

#include <algorithm>
#include <map>
#include <utility>

namespace testigo::insight {
namespace {

void add(CoverageCounts& sum, const CoverageCounts& row) {
  sum.asked += row.asked;
  sum.allowed += row.allowed;
  sum.blocked += row.blocked;
  sum.refused_by_page += row.refused_by_page;
  sum.capped += row.capped;
  sum.failed += row.failed;
  sum.empty += row.empty;
  sum.unchanged += row.unchanged;
  sum.items += row.items;
  sum.left_out += row.left_out;
  for (const auto& [reason, requests] : row.reasons) sum.reasons[reason] += requests;
}

// Of the items of the answers, those that could be read.
double read_share(const CoverageCounts& counts) {
  if (counts.items <= 0) return 1.0;
  const std::int64_t read = std::max<std::int64_t>(0, counts.items - counts.left_out);
  return static_cast<double>(read) / static_cast<double>(counts.items);
}

// Of the requests that were blocked, those that robots.txt kept from being sent. The others were
// sent and turned away.
std::int64_t blocked_by_robots(const CoverageCounts& counts) {
  const auto robots = counts.reasons.find("robots");
  return robots == counts.reasons.end() ? 0 : robots->second;
}

CoverageSummary concluded(CoverageCounts counts) {
  CoverageSummary summary;
  const std::int64_t by_robots = blocked_by_robots(counts);
  const std::int64_t turned_away = counts.blocked - by_robots;
  const std::int64_t wanted = counts.asked + by_robots + counts.capped;
  const std::int64_t answered = std::max<std::int64_t>(
      0, counts.asked - turned_away - counts.failed - counts.refused_by_page);
  if (wanted > 0)
    summary.seen = static_cast<double>(answered) / static_cast<double>(wanted) * read_share(counts);
  summary.partial = counts.failed > 0 || counts.capped > 0 || counts.left_out > 0;
  summary.counts = std::move(counts);
  return summary;
}

}  // namespace

std::int64_t left_out_by_source(const CoverageCounts& counts) {
  std::int64_t left_out = 0;
  for (const auto& [reason, requests] : counts.reasons)
    if (reason.ends_with(source_limit)) left_out += requests;
  return left_out;
}

CoverageSummary summarize(std::span<const CoverageCounts> rows) {
  if (rows.size() == 1) return concluded(rows.front());
  CoverageCounts sum;
  for (const auto& row : rows) add(sum, row);
  return concluded(std::move(sum));
}

std::vector<CoverageSummary> by_source(std::span<const CoverageCounts> rows) {
  std::map<std::pair<BrandId, SourceId>, CoverageCounts> sums;
  for (const auto& row : rows) {
    CoverageCounts& sum = sums[{row.brand, row.source}];
    sum.brand = row.brand;
    sum.source = row.source;
    add(sum, row);
  }
  std::vector<CoverageSummary> summaries;
  summaries.reserve(sums.size());
  for (auto& [names, sum] : sums) summaries.push_back(concluded(std::move(sum)));
  return summaries;
}

}  // namespace testigo::insight
