#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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
// digest of the request's body. Holds places in files, not bodies.
class Replay {
 public:
  // Reads the files once, whole. Errc of the first file that cannot be read; a torn last record is
  // left out and named in messages().
  [[nodiscard]] static Result<Replay> open(std::span<const std::string> paths);

  // The next recorded answer to this request, in order of time; each is given once. Nothing when
  // all were given, none exists, or the next is not older than `before`. Records without a request
  // record count as GET.
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
  [[nodiscard]] std::size_t size() const { return size_; }
  // When the first and the last answer were recorded; empty archives have none.
  [[nodiscard]] std::optional<UtcTime> earliest() const { return earliest_; }
  [[nodiscard]] std::optional<UtcTime> latest() const { return latest_; }
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  struct Place {
    UtcTime time;
    std::size_t file = 0;
    std::uint64_t offset = 0;
    std::size_t within = 0;
  };
  struct Line {
    std::vector<Place> places;  // in order of time
    std::size_t taken = 0;
  };

  friend class ReplayIndexer;

  [[nodiscard]] Result<void> read_file(const std::string& path);

  std::vector<std::string> paths_;
  std::unordered_map<std::string, Line> lines_;
  std::size_t size_ = 0;
  std::optional<UtcTime> earliest_;
  std::optional<UtcTime> latest_;
  std::vector<std::string> messages_;
};

}  // namespace testigo::archive
