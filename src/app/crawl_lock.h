#pragma once

#include <string>

#include "core/result.h"

namespace testigo::app {

// Held while a crawl works on a store, so that a second one started by an impatient cron waits for
// its own turn. The system lets go of it when the process dies, however it dies.
class CrawlLock {
 public:
  // Errc::busy where another process holds it; Errc::io where the file cannot be made.
  [[nodiscard]] static Result<CrawlLock> take(const std::string& store_path);

  CrawlLock(CrawlLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
  }
  CrawlLock& operator=(CrawlLock&&) = delete;
  ~CrawlLock();

 private:
  explicit CrawlLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace testigo::app
