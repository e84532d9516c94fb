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

// Reads the whole database: SQLite's own integrity check, the schema against the migrations,
// foreign keys, every rollup made again from the rows that it counts, every copy told again from
// its cluster, corrected tags against what persons said, the full text index in step with its
// mentions. The verdicts are check_verdicts.h's.
[[nodiscard]] Result<std::vector<CheckResult>> check_deeply(Store& store);

// Makes views, indexes, copies, the full text index and the rollups again from the rows, in one
// transaction.
[[nodiscard]] Result<void> rebuild(Store& store);

}  // namespace testigo::store
