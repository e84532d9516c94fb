#pragma once

#include <cstddef>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "store/read.h"

namespace testigo::store {

// A post that others repeat, seen from its copies.
struct SyndicatedPost {
  PostId original;
  std::int64_t copies = 0;
  std::int64_t sources = 0;  // of the copies
  UtcTime first{}, last{};   // of the copies: posted_at, else collected_at
};

// Originals of the brand's copies in the window, those with the most copies first: `limit` of them.
// `filter.brand` must be given.
[[nodiscard]] Result<std::vector<SyndicatedPost>> syndicated_posts(Store& store,
                                                                   const RollupFilter& filter,
                                                                   std::size_t limit);

}  // namespace testigo::store
