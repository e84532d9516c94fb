#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/clock.h"
#include "core/result.h"
#include "store/erasure.h"
#include "store/store.h"

namespace testigo::app {

struct EraseTools {
  store::Store& store;  // held by a CrawlLock: nobody else writes to store and archive
  std::string archive_folder;
  const Clock& clock;
  std::function<void(std::uint64_t, std::uint64_t)> progress;  // bytes of the archive, or empty
};

struct EraseOptions {
  std::string reason;   // "author" or "post"
  std::string author;   // as asked for; empty: of a post
  bool copies = false;  // also posts elsewhere that repeat these
  bool dry_run = false;
};

struct EraseOutcome {
  store::ErasureReceipt receipt;
  std::vector<PostId> copies;       // elsewhere, that were left
  std::vector<MentionId> named_in;  // what others say that holds the author's name, some of it
  bool name_was_searched = false;   // in the whole archive
  std::vector<std::string> notes;   // what a person should know
  std::vector<Error> left;          // of the archive: not erased, and why
};

// Erases posts from store and archive, whatever pages they were archived in. Killed at any point,
// finish_erasures goes on. Errors are the store's; the archive's are in `left`.
[[nodiscard]] Result<EraseOutcome> erase(const EraseTools& tools, const store::AuthorPosts& whose,
                                         const EraseOptions& options);

struct Finished {
  std::size_t records = 0;  // overwritten
  bool any = false;         // something had been left
  std::vector<std::string> notes;
  std::vector<Error> left;
};
// Overwrites the records that are noted to be.
[[nodiscard]] Result<Finished> erase_noted_records(store::Store& store, const std::string& folder,
                                                   UtcTime now);
// That, and what the database file still holds, if an erasure did not come to its end.
[[nodiscard]] Result<Finished> finish_erasures(const EraseTools& tools);

}  // namespace testigo::app
