#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "store/store.h"

namespace testigo::store {

// One thing that `doctor --deep` looked at.
struct CheckResult {
  std::string name;  // "integrity", "foreign keys", "daily rollups", …
  bool good = true;
  std::string what;  // what was found, as a sentence
};

// Reads the whole database: SQLite's own integrity check, foreign keys, every rollup made again
// from the rows that it counts, every copy told again from its cluster, the full text index in step
// with its mentions.
[[nodiscard]] Result<std::vector<CheckResult>> check_deeply(Store& store);

// Makes the copies, the full text index and the rollups again from the rows.
[[nodiscard]] Result<void> rebuild(Store& store);

}  // namespace testigo::store
