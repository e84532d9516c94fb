#pragma once

#include <cstddef>
#include <vector>

#include "store/ingest.h"

namespace testigo::bench {

// How a crawl hands posts to the store: pages of reviews, some pages in one transaction.
inline constexpr std::size_t posts_per_page = 20;
inline constexpr std::size_t pages_per_batch = 25;

// So many invented posts of about 1 KB of text each, made of the demo's sentences and judged by the
// built-in rules with their reasons; one brand each, half of them rated, spread over half a year.
// Prepared, as a crawl's workers do it. The same every time.
[[nodiscard]] std::vector<store::Batch> make_batches(std::size_t posts);

}  // namespace testigo::bench
