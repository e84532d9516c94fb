#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/warc_record.h"
#include "core/page.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// An answer from the archive instead of the network. page.fetched_at is the record's WARC-Date,
// which is "now" for whoever reads the page.
struct ReplayedAnswer {
  Page page;  // `body` is still empty: fetch::decode_page
  EvidenceRef evidence;
};

// Answers recorded in archive files, found by method, URL (with REDACTED where a secret was) and
// digest of the request's body. Holds places in files, 40 bytes for each answer, not bodies.
class Replay {
 public:
  // Reads the files once, whole. Errc of the first file that cannot be read; a torn last record is
  // left out and named in messages().
  [[nodiscard]] static Result<Replay> open(std::span<const std::string> paths);

  // The next recorded answer to this request, in order of time; each is given once. Nothing when
  // all were given, none exists, or the next is not older than `before`. Records without a request
  // record count as GET. A revisit record for a 304 gives a 304; one for a body that is kept
  // elsewhere (identical-payload-digest) gives the whole answer, its evidence the record that has
  // the body. Errc::not_found where that one is not in these files.
  [[nodiscard]] Result<std::optional<ReplayedAnswer>> take(
      std::string_view method, std::string_view archive_url, std::string_view body = {},
      std::optional<UtcTime> before = std::nullopt);
  // When this request was answered, in order.
  [[nodiscard]] std::vector<UtcTime> times(std::string_view method, std::string_view archive_url,
                                           std::string_view body = {}) const;
  // The path of a file of this archive by its name, as evidence has it.
  [[nodiscard]] std::optional<std::string> path_of(std::string_view file) const;
  // Recorded answers to this request that were not yet taken.
  [[nodiscard]] std::size_t left(std::string_view method, std::string_view archive_url,
                                 std::string_view body = {}) const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  // When the first and the last answer were recorded; empty archives have none.
  [[nodiscard]] std::optional<UtcTime> earliest() const { return earliest_; }
  [[nodiscard]] std::optional<UtcTime> latest() const { return latest_; }
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  friend class ReplayIndexer;

  struct Place {
    std::int64_t key = 0;  // of the request
    UtcTime time;
    std::uint64_t offset = 0;
    std::uint32_t file = 0;
    std::uint32_t within = 0;
    std::uint32_t taken = 0;  // of all with this key: counted in the first
  };
  using Places = std::vector<Place>;

  [[nodiscard]] Result<void> read_file(const std::string& path);
  // Those with a key, in order of time.
  [[nodiscard]] std::span<Place> places_of(std::int64_t key);
  [[nodiscard]] std::span<const Place> places_of(std::int64_t key) const;
  [[nodiscard]] Result<WarcRecord> record_at(const Place& place) const;
  // The record whose body a revisit record speaks of.
  [[nodiscard]] Result<std::pair<Place, WarcRecord>> original_of(const WarcRecord& revisit) const;

  std::vector<std::string> paths_;
  Places places_;  // in order of key, then of time
  std::optional<UtcTime> earliest_;
  std::optional<UtcTime> latest_;
  std::vector<std::string> messages_;
};

}  // namespace testigo::archive
