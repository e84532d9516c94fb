#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "store/connection.h"
#include "store/copies.h"
#include "store/full_text.h"
#include "store/rollups.h"

namespace testigo::store {

// What hangs on a post's rows and changes with them. All three must outlive the call.
struct PostIndexes {
  RollupChanges& rollups;
  FullTextChanges& full_text;
  Copies& copies;
};

// How many rows went.
struct ErasedRows {
  std::int64_t posts = 0, revisions = 0, mentions = 0, verdicts = 0, corrections = 0;

  ErasedRows& operator+=(const ErasedRows& more) {
    posts += more.posts;
    revisions += more.revisions;
    mentions += more.mentions;
    verdicts += more.verdicts;
    corrections += more.corrections;
    return *this;
  }
};

// The revisions of a post, the newest first.
[[nodiscard]] std::vector<std::int64_t> revisions_of(Connection& c, std::int64_t post);

// Takes a post out with all that was made of it; the records of the archive that its revisions were
// read from are noted to be overwritten. To be followed by finish() and write() of the indexes.
ErasedRows erase_rows(Connection& c, std::int64_t post, PostIndexes indexes);

}  // namespace testigo::store
