#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "archive/cdxj.h"
#include "archive/line_sorter.h"
#include "core/result.h"

namespace testigo::archive {

// Where the index of an archive file stands: beside it, "x.warc.gz" → "x.warc.gz.cdxj".
[[nodiscard]] std::string cdxj_path(const std::string& archive_path);

// Whether a file's index was written after the file: then it is of the whole file.
[[nodiscard]] bool index_is_newer(const std::string& archive_path);

// The index of one archive file while it grows. It is written whole, at once, under its own name,
// so that whoever reads sees the old one or the new one, sorted; until then it is in memory, and
// beyond 1 MiB in a file without a name. What a crash took is read from the archive again.
class CdxjIndex {
 public:
  // The index of a file as it stands: the lines of its index that still hold, and what the archive
  // has behind the last of them. Errc of reading the archive; unsupported where it is gzipped
  // whole: nothing in it has an offset of its own.
  [[nodiscard]] static Result<CdxjIndex> of(const std::string& archive_path);
  // The same from the archive alone.
  [[nodiscard]] static Result<CdxjIndex> anew(const std::string& archive_path);

  [[nodiscard]] Result<void> add(const CdxjEntry& entry);
  // Errc::io; the index that was there then stays.
  [[nodiscard]] Result<void> write();
  // Whether write() would change nothing.
  [[nodiscard]] bool is_written() const { return written_; }
  [[nodiscard]] std::uint64_t lines() const { return sorter_.count(); }

 private:
  explicit CdxjIndex(std::string archive_path);
  [[nodiscard]] Result<void> take_written(std::uint64_t archive_bytes);
  [[nodiscard]] Result<void> catch_up();

  std::string path_;
  std::string name_;  // of the archive file, without folder
  LineSorter sorter_;
  std::uint64_t known_bytes_ = 0;  // of the archive: what lies before is in the index
  bool written_ = false;
};

// Writes the index of any WARC or ARC file, ours or another tool's, reading it whole; an older
// index is replaced. Memory does not grow with the file. Returns the number of lines. Errc as
// above.
[[nodiscard]] Result<std::uint64_t> write_cdxj(const std::string& archive_path);

// What an archive file's index lists, in its order; the index is made or caught up first where it
// is behind. Errc as above.
[[nodiscard]] Result<std::vector<CdxjEntry>> list_captures(const std::string& archive_path);

// Takes the lines of records out of the index of their file, if there is one. Errc::io.
[[nodiscard]] Result<void> drop_from_cdxj(const std::string& archive_path,
                                          std::span<const std::uint64_t> offsets);

}  // namespace testigo::archive
