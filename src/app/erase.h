#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
  bool name_in_sentences = false;  // also records and addresses that hold the name as words
};

struct EraseOutcome {
  store::ErasureReceipt receipt;
  std::vector<PostId> copies;       // elsewhere, that were left
  std::vector<MentionId> named_in;  // what others say that holds the author's name, some of it
  bool name_was_searched = false;   // as words, in the whole archive
  std::int64_t records_naming = 0;  // of the archive, left: they hold the name in a sentence
  std::vector<std::string> notes;   // what a person should know
  std::vector<Error> left;          // of the archive: not erased, and why
  std::optional<Error> unwritten;   // the rows are gone, but the file was not written anew: why
};

// Erases posts from store and archive, whatever pages they were archived in. Killed at any point,
// finish_erasures goes on. Errors are the store's; the archive's are in `left`. Of an author of
// whom no post is stored nothing is overwritten, unless names in sentences are asked for.
[[nodiscard]] Result<EraseOutcome> erase(const EraseTools& tools, const store::AuthorPosts& whose,
                                         const EraseOptions& options);

struct Finished {
  std::size_t records = 0;  // overwritten
  bool any = false;         // something had been left
  std::vector<std::string> notes;
  std::vector<Error> left;
  std::optional<Error> unwritten;  // as in EraseOutcome; only of finish_erasures
};
// Overwrites the records that are noted to be.
[[nodiscard]] Result<Finished> erase_noted_records(store::Store& store, const std::string& folder,
                                                   UtcTime now);
// That, and what the database file still holds, if an erasure did not come to its end.
[[nodiscard]] Result<Finished> finish_erasures(const EraseTools& tools);

}  // namespace testigo::app
