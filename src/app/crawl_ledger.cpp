#include "app/crawl_ledger.h"

namespace testigo::app {

CoverageCounts ledger_line(const PlannedWatch& watch) {
  CoverageCounts line;
  line.brand = watch.settings.brand;
  line.source = watch.settings.source;
  return line;
}

CoverageCounts without_answer(const PlannedWatch& watch, FetchStatus status,
                              const std::string& why) {
  CoverageCounts line = ledger_line(watch);
  const bool asked = status != FetchStatus::disallowed;
  const bool blocked = !asked || status == FetchStatus::refused;
  line.asked = line.allowed = asked ? 1 : 0;
  (blocked ? line.blocked : line.failed) = 1;
  line.reasons[why] = 1;
  return line;
}

CoverageCounts left_over(const PlannedWatch& watch, std::int64_t requests,
                         const std::string& why) {
  CoverageCounts line = ledger_line(watch);
  line.capped = requests;
  line.reasons[why] = requests;
  return line;
}

}  // namespace testigo::app
