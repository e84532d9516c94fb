#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "archive/warc_record.h"
#include "core/result.h"

namespace testigo::archive {

struct ReaderLimits {
  std::size_t max_header_bytes = 64 * 1024;         // of one record's fields
  std::size_t max_block_bytes = 128 * 1024 * 1024;  // of one record, decompressed
};

// Reads records in file order: WARC 0.17 to 1.1 and ARC 1, each plain, gzip per record, or gzipped
// whole. Bounded: a record beyond the limits is an error, never an allocation.
class WarcReader {
 public:
  // Errc::not_found or io. Whether it is an archive at all shows with the first next().
  [[nodiscard]] static Result<WarcReader> open(const std::string& path, ReaderLimits limits = {});
  // The same from a byte offset on, which must be a record's.
  [[nodiscard]] static Result<WarcReader> open_at(const std::string& path, std::uint64_t offset,
                                                  ReaderLimits limits = {});

  WarcReader(WarcReader&&) noexcept;
  WarcReader& operator=(WarcReader&&) noexcept;
  ~WarcReader();

  // The next record; nothing at the end. Errc::malformed says what is wrong and `where` it is
  // ("file.warc.gz:1234", a byte offset); after an error there is nothing more to read.
  [[nodiscard]] Result<std::optional<WarcRecord>> next();
  // After an error: looks for the next place behind it where a record begins (a gzip member, or a
  // line "WARC/…"), and goes on from there. False where there is none, or the file is too damaged
  // to look further.
  [[nodiscard]] Result<bool> resync();

 private:
  class State;
  explicit WarcReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The one record at a byte offset: what an EvidenceRef points at. `within` counts the records of
// one gzip member (WarcRecord::within). Errc::not_found where the file ends before.
[[nodiscard]] Result<WarcRecord> read_record_at(const std::string& path, std::uint64_t offset,
                                                std::size_t within = 0, ReaderLimits limits = {});

}  // namespace testigo::archive
