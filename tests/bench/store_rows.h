#pragma once

#include <cstddef>
#include <vector>

#include "app/import_batch.h"
#include "store/ingest.h"

namespace testigo::bench {

// How an import hands reviews to the store: so many rows in one answer and one transaction.
inline constexpr std::size_t posts_per_batch = app::rows_per_import_batch;

// So many invented posts of about 1 KB of text each, made of the demo's sentences and judged by the
// built-in rules with their reasons; one brand each, half of them rated, spread over half a year.
// Prepared, as an import's workers do it. The same every time.
[[nodiscard]] std::vector<store::Batch> make_batches(std::size_t posts);

}  // namespace testigo::bench
