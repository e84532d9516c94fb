#include "app/crawl_lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace testigo::app {

Result<CrawlLock> CrawlLock::take(const std::string& store_path) {
  const std::string path = store_path + ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return fail(
        Errc::io,
        std::string("cannot be opened: ") + std::strerror(errno) + "; the folder must be writable",
        path);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return fail(Errc::busy,
                "another testigo writes to this store (a crawl, import, reclassify, erase or "
                "retain); wait for it or stop it",
                path);
  }
  return CrawlLock(descriptor);
}

CrawlLock::~CrawlLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace testigo::app
