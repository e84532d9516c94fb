#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_range.h"
#include "core/ids.h"
#include "core/post.h"
#include "core/result.h"
#include "core/time.h"
#include "store/erasable.h"
#include "store/post_rows.h"
#include "store/store.h"

namespace testigo::store {

// Erasing is done in three steps, so that it can be cut off anywhere and taken up again:
//   begin_erasure    one transaction: the rows go, and the records of the archive that hold them
//                    are noted as still to be overwritten
//   records_erased   after records of the archive were overwritten
//   finish_erasures  cleans what the file itself still holds of deleted rows
// Whoever was erased stays unwanted: a later crawl or import does not store it again, and notes the
// record that brought it. What retention erased is not stored again either, but what a site shows
// of it may stay in the archive for its own time.

enum class Afterwards : std::uint8_t { may_return, expired, unwanted };

struct Erasure {
  std::string reason;  // "author", "post", "retention", "gone": for the record of it
  UtcTime at{};
  std::vector<PostId> posts;
  // That hold them, beyond those they were read from; of one that they were read from, its rows say
  // that no others hold them.
  std::vector<ArchiveRecord> records;
  std::vector<std::string> pseudonyms;             // not to come back
  Afterwards afterwards = Afterwards::may_return;  // of the posts
  // Whether an address names what is erased: requests for it go, and nothing remembers it.
  std::function<bool(std::string_view url)> names;
  bool dry_run = false;  // only counts
};

struct ErasureReceipt {
  std::int64_t id = 0;  // 0: nothing was there to erase, or a dry run
  UtcTime at{};
  std::string reason;
  ErasedRows rows;
  std::int64_t requests = 0;
  std::vector<ArchiveRecord> records;
  std::int64_t digest_only = 0;  // other posts whose record goes with it
  // "sha256:…" over the SHA-256 of each revision's title, line feed and text, posts in order of
  // id, the newest revision first: who has the text can show that it is what was erased.
  std::string digest;
};
[[nodiscard]] Result<ErasureReceipt> begin_erasure(Store& store, const Erasure& erasure);

// In order of file and offset.
[[nodiscard]] Result<std::vector<ArchiveRecord>> records_to_erase(Store& store);
// Of one file. Posts that were read from them keep the digest only, and their pages are asked anew.
[[nodiscard]] Result<void> records_erased(Store& store, std::string_view file,
                                          std::span<const std::uint64_t> offsets, UtcTime now);
// The same of records of which rows were overwritten, with the digests that their blocks have now:
// all other posts that were read from them still stand on them.
struct BlankedRecord {
  std::uint64_t offset = 0;
  std::string digest;  // "sha256:…"
};
[[nodiscard]] Result<void> rows_erased(Store& store, std::string_view file,
                                       std::span<const BlankedRecord> records);

struct ErasureState {
  std::int64_t unfinished = 0;  // erasures
  std::int64_t records = 0;     // still to overwrite
  bool unclean = false;         // a crawl erased what a source no longer shows
};
[[nodiscard]] Result<ErasureState> erasure_state(Store& store);

// Merges the full text to one part, writes the database file anew and empties its log. Errc::busy
// while another process reads, limit_exceeded where the disk has no room for a second copy of the
// file: the erasures then stay unfinished. So they do where records of the archive are left.
[[nodiscard]] Result<void> finish_erasures(Store& store, UtcTime now);

}  // namespace testigo::store
