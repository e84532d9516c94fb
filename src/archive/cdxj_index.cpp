#include "archive/cdxj_index.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "archive/file.h"
#include "archive/warc_reader.h"

namespace testigo::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t write_bytes = 256 * 1024;

// Calls for every line of an index that can be read, its "\n" included.
Result<void> for_each_line(
    const std::string& path,
    const std::function<Result<void>(std::string_view line, const CdxjEntry& entry)>& use) {
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    const auto entry = parse_cdxj_line(line);
    if (!entry) continue;  // another tool's header
    if (auto used = use(line + "\n", *entry); !used) return used;
  }
  return {};
}

// Puts a file of these lines in place of `path`, at once.
Result<void> replace_lines(const std::string& path, LineSorter& lines) {
  const std::string draft = path + ".new";
  std::error_code error;
  fs::remove(draft, error);
  auto file = File::open(draft, File::Mode::append);
  if (!file) return fail(std::move(file).error());
  std::string buffer;
  std::uint64_t at = 0;
  const auto flush = [&]() -> Result<void> {
    if (auto written = file->write(at, buffer); !written) return written;
    at += buffer.size();
    buffer.clear();
    return {};
  };
  auto done = lines.write([&](std::string_view line) -> Result<void> {
    buffer += line;
    return buffer.size() < write_bytes ? Result<void>() : flush();
  });
  if (done) done = flush();
  if (done) done = file->sync_data();
  if (!done) {
    fs::remove(draft, error);
    return done;
  }
  fs::rename(draft, path, error);
  if (error) return fail(Errc::io, "cannot put the index in its place: " + error.message(), path);
  return {};
}

std::string folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

}  // namespace

std::string cdxj_path(const std::string& archive_path) { return archive_path + ".cdxj"; }

bool index_is_newer(const std::string& archive_path) {
  std::error_code error;
  const auto index = fs::last_write_time(cdxj_path(archive_path), error);
  if (error) return false;
  const auto archive = fs::last_write_time(archive_path, error);
  return !error && index >= archive;
}

CdxjIndex::CdxjIndex(std::string archive_path)
    : path_(std::move(archive_path)),
      name_(fs::path(path_).filename().string()),
      sorter_(folder_of(path_)) {}

Result<CdxjIndex> CdxjIndex::of(const std::string& archive_path) {
  const auto file = File::open(archive_path, File::Mode::read);
  if (!file) return fail(file.error());
  const auto size = file->size();
  if (!size) return fail(size.error());
  CdxjIndex index(archive_path);
  if (auto taken = index.take_written(*size); !taken) return fail(std::move(taken).error());
  if (auto read = index.catch_up(); !read) return fail(std::move(read).error());
  return index;
}

Result<CdxjIndex> CdxjIndex::anew(const std::string& archive_path) {
  CdxjIndex index(archive_path);
  if (auto read = index.catch_up(); !read) return fail(std::move(read).error());
  return index;
}

// An index that points beyond the archive's end is of a file that was cut since.
Result<void> CdxjIndex::take_written(std::uint64_t archive_bytes) {
  written_ = fs::exists(cdxj_path(path_));
  return for_each_line(cdxj_path(path_), [&](std::string_view line, const CdxjEntry& entry) {
    const bool holds = entry.filename == name_ && entry.length <= archive_bytes &&
                       entry.offset <= archive_bytes - entry.length;
    written_ = written_ && holds;
    if (!holds) return Result<void>();
    known_bytes_ = std::max(known_bytes_, entry.offset + entry.length);
    return sorter_.add(line);
  });
}

Result<void> CdxjIndex::catch_up() {
  auto reader = WarcReader::open_at(path_, known_bytes_);
  if (!reader) return fail(std::move(reader).error());
  while (true) {
    const auto record = reader->next();
    if (!record) return fail(record.error());
    if (!*record) return {};
    if ((*record)->within > 0) {
      return fail(Errc::unsupported,
                  "the file is gzipped whole; compress each record by itself to index it", path_);
    }
    const auto entry = cdxj_entry(**record, name_);
    if (!entry) continue;
    if (auto added = add(*entry); !added) return added;
  }
}

Result<void> CdxjIndex::add(const CdxjEntry& entry) {
  written_ = false;
  known_bytes_ = entry.offset + entry.length;
  return sorter_.add(cdxj_line(entry));
}

Result<void> CdxjIndex::write() {
  if (written_) return {};
  auto replaced = replace_lines(cdxj_path(path_), sorter_);
  written_ = replaced.has_value();
  return replaced;
}

Result<std::uint64_t> write_cdxj(const std::string& archive_path) {
  auto index = CdxjIndex::anew(archive_path);
  if (!index) return fail(std::move(index).error());
  if (auto written = index->write(); !written) return fail(std::move(written).error());
  return index->lines();
}

Result<std::vector<CdxjEntry>> list_captures(const std::string& archive_path) {
  auto index = CdxjIndex::of(archive_path);
  if (!index) return fail(std::move(index).error());
  if (auto written = index->write(); !written) return fail(std::move(written).error());
  std::vector<CdxjEntry> captures;
  auto read = for_each_line(cdxj_path(archive_path),
                            [&](std::string_view, const CdxjEntry& entry) -> Result<void> {
                              captures.push_back(entry);
                              return {};
                            });
  if (!read) return fail(std::move(read).error());
  return captures;
}

Result<void> drop_from_cdxj(const std::string& archive_path,
                            std::span<const std::uint64_t> offsets) {
  const std::string path = cdxj_path(archive_path);
  if (!fs::exists(path)) return {};
  const std::unordered_set<std::uint64_t> dropped(offsets.begin(), offsets.end());
  LineSorter kept(folder_of(path));
  auto read = for_each_line(path, [&](std::string_view line, const CdxjEntry& entry) {
    return dropped.contains(entry.offset) ? Result<void>() : kept.add(line);
  });
  return read ? replace_lines(path, kept) : read;
}

}  // namespace testigo::archive
