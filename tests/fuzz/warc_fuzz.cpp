#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "archive/verify.h"
#include "archive/warc_reader.h"

using namespace testigo::archive;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// A file in memory that has a path.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* data, std::size_t size) : descriptor_(memfd_create("warc", 0)) {
    require(descriptor_ >= 0);
    require(write(descriptor_, data, size) == static_cast<ssize_t>(size));
    path_ = "/proc/self/fd/" + std::to_string(descriptor_);
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace

// Any bytes are an archive or an error, within the limits. Properties: offsets grow and stay inside
// the file; a record read at its offset is the record that was read in order; HTTP parsing and
// verifying end. What follows a broken record is found in the same order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile file(data, size);
  ReaderLimits limits;
  limits.max_block_bytes = 1 << 20;
  auto reader = WarcReader::open(file.path(), limits);
  require(reader.has_value());
  std::uint64_t last = 0;
  for (int count = 0; count < 100; ++count) {
    auto record = reader->next();
    if (!record) {
      const auto goes_on = reader->resync();
      require(goes_on.has_value());
      if (!*goes_on) break;
      continue;
    }
    if (!*record) break;
    const WarcRecord& here = **record;
    require(here.offset >= last && here.offset + here.length <= size);
    require(here.block.size() <= limits.max_block_bytes + limits.max_header_bytes);
    last = here.offset;
    const auto again = read_record_at(file.path(), here.offset, here.within, limits);
    require(again && again->block == here.block && again->fields == here.fields);
    const auto page = page_of(here);
    require(!page || page->body_as_sent.size() <= here.block.size());
  }
  const std::vector<std::string> paths = {file.path()};
  (void)verify_files(paths);
  return 0;
}
