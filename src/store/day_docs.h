#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/time.h"
#include "store/connection.h"

namespace testigo::store {

// Between which rows of `mention` (by doc) those of a day lie: the table day_docs. What goes leaves
// its bounds too wide, which misses nothing.

// Bounds that grew, gathered over a batch.
class DayDocs {
 public:
  void add(Day day, std::int64_t doc);
  void write(Connection& c);

 private:
  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> bounds_;
};

// Mentions of some days, whole days each: none of them lies outside of the rows.
struct DocWindow {
  std::int64_t first_day = 0, last_day = 0;
  std::int64_t first_doc = 0, last_doc = 0;
};

// The days from `since` to `until` (both included, none: no bound), parted into windows from the
// newest back. Rows of the first are few where they can be, and of the next always more; where days
// lie scattered over the rows (an import in no order) there is one window for all that is left. So
// all windows together are hardly more to search than the store once.
[[nodiscard]] std::vector<DocWindow> newest_windows(Connection& c,
                                                    std::optional<std::int64_t> since,
                                                    std::optional<std::int64_t> until);
inline constexpr std::int64_t first_window_docs = 50'000;

}  // namespace testigo::store
