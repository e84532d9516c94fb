#pragma once

#include <vector>

#include "store/check.h"
#include "store/connection.h"

namespace testigo::store {

// Whether tables, views, indexes and triggers are those that the migrations make: one finding for
// each that is missing or otherwise, or one that all is well. What others added is theirs.
[[nodiscard]] std::vector<CheckResult> check_schema(Connection& c);

// Makes again what is missing or otherwise and holds nothing that is not made from other rows:
// views, indexes, triggers, rollups and the full text index (empty; `rebuild` fills them). Within a
// transaction. Other tables are left as they are: only a backup has their rows.
void mend_schema(Connection& c);

}  // namespace testigo::store
