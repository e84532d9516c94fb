#pragma once

#include "core/rollup.h"
#include "store/connection.h"
#include "store/store.h"

namespace testigo::store {

// The coverage ledger's step within a transaction that somebody else holds. Writes nothing where
// nothing is counted.
void add_coverage_within(Connection& c, RunId run, const CoverageCounts& counts);

}  // namespace testigo::store
