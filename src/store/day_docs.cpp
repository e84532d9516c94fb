#include "store/day_docs.h"

#include <algorithm>

namespace testigo::store {

namespace {

constexpr std::int64_t growth = 4;  // of each window's rows over those of the one before

std::int64_t docs_in(const DocWindow& window) { return window.last_doc - window.first_doc + 1; }

DocWindow joined(const DocWindow& earlier, const DocWindow& later) {
  return {earlier.first_day, later.last_day, std::min(earlier.first_doc, later.first_doc),
          std::max(earlier.last_doc, later.last_doc)};
}

// Newest first, a window for each.
std::vector<DocWindow> days_of(Connection& c, std::optional<std::int64_t> since,
                               std::optional<std::int64_t> until) {
  std::vector<DocWindow> days;
  Rows rows = c.query(
      "SELECT day, first, last FROM day_docs WHERE (?1 IS NULL OR day >= ?1) "
      "AND (?2 IS NULL OR day <= ?2) ORDER BY day DESC",
      since, until);
  while (rows.step())
    days.push_back({rows.integer(0), rows.integer(0), rows.integer(1), rows.integer(2)});
  return days;
}

}  // namespace

void DayDocs::add(Day day, std::int64_t doc) {
  const auto [at, fresh] = bounds_.try_emplace(day.days.time_since_epoch().count(), doc, doc);
  if (fresh) return;
  at->second = {std::min(at->second.first, doc), std::max(at->second.second, doc)};
}

void DayDocs::write(Connection& c) {
  for (const auto& [day, docs] : bounds_) {
    c.run(
        "INSERT INTO day_docs VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET "
        "first = min(first, excluded.first), last = max(last, excluded.last) "
        "WHERE excluded.first < first OR excluded.last > last",
        day, docs.first, docs.second);
  }
  bounds_.clear();
}

std::vector<DocWindow> newest_windows(Connection& c, std::optional<std::int64_t> since,
                                      std::optional<std::int64_t> until) {
  const std::vector<DocWindow> days = days_of(c, since, until);
  std::vector<DocWindow> windows;
  if (days.empty()) return windows;
  DocWindow whole = days.front();
  for (const DocWindow& day : days) whole = joined(day, whole);
  std::int64_t most = first_window_docs;
  windows.push_back(days.front());
  for (std::size_t i = 1; i < days.size(); ++i) {
    const DocWindow wider = joined(days[i], windows.back());
    const bool is_scattered = docs_in(windows.back()) > docs_in(whole) / 2;
    if (is_scattered || docs_in(wider) <= most) {
      windows.back() = wider;
    } else {
      most = growth * std::max(most, docs_in(windows.back()));
      windows.push_back(days[i]);
    }
  }
  return windows;
}

}  // namespace testigo::store
