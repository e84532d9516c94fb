#include "archive/file.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace testigo::archive {
namespace {

// Readable by the owner only: pages hold what people wrote.
constexpr mode_t new_file_mode = 0600;

tl::unexpected<Error> system_failure(std::string_view doing, const std::string& path, int error) {
  Errc code = Errc::io;
  if (error == ENOENT) code = Errc::not_found;
  if (error == EWOULDBLOCK) code = Errc::busy;
  std::string what(doing);
  what += ": " + std::generic_category().message(error);
  if (error == ENOSPC || error == EDQUOT)
    what += "; free some space and start again, nothing is lost";
  return fail(code, std::move(what), path);
}

int flags_of(File::Mode mode) {
  switch (mode) {
    case File::Mode::read:
      return O_RDONLY;
    case File::Mode::append:
      return O_RDWR | O_CREAT;
    case File::Mode::change:
      break;
  }
  return O_RDWR;
}

}  // namespace

Result<File> File::open(const std::string& path, Mode mode) {
  const int descriptor = ::open(path.c_str(), flags_of(mode) | O_CLOEXEC, new_file_mode);
  if (descriptor < 0) return system_failure("cannot open it", path, errno);
  return File(path, descriptor);
}

// Made and unlinked at once, since not every file system knows O_TMPFILE.
Result<File> File::make_nameless(const std::string& folder) {
  std::string name = folder + "/.sorting-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return system_failure("cannot make a file in it", folder, errno);
  ::unlink(name.c_str());
  return File(std::move(name), descriptor);
}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::uint64_t> File::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0)
    return system_failure("cannot tell its size", path_, errno);
  if (!S_ISREG(status.st_mode)) return fail(Errc::unsupported, "it is not a regular file", path_);
  return static_cast<std::uint64_t>(status.st_size);
}

Result<std::string> File::read(std::uint64_t offset, std::size_t count) const {
  std::string bytes(count, '\0');
  std::size_t got = 0;
  while (got < count) {
    const ssize_t n =
        ::pread(descriptor_, bytes.data() + got, count - got, static_cast<off_t>(offset + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_failure("cannot read it", path_, errno);
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  bytes.resize(got);
  return bytes;
}

Result<void> File::write(std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_failure("cannot write to it", path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
    offset += static_cast<std::uint64_t>(n);
  }
  return {};
}

Result<void> File::truncate(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) == 0) return {};
  return system_failure("cannot cut it", path_, errno);
}

Result<void> File::sync_data() {
  if (::fdatasync(descriptor_) == 0) return {};
  return system_failure("cannot bring it to the disk", path_, errno);
}

Result<void> File::lock() {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
  return system_failure("another process is writing to it", path_, errno);
}

Result<void> sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_failure("cannot open the folder", folder, errno);
  const int rc = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (rc != 0) return system_failure("cannot bring the folder to the disk", folder, error);
  return {};
}

}  // namespace testigo::archive
