#pragma once

#include <atomic>
#include <chrono>
#include <optional>

#include "core/time.h"

namespace testigo::fetch {

// Waits for the sockets of a multi handle by epoll, and lets libcurl work on those alone that have
// something: curl_multi_perform would look at every transfer each time, with a poll() of its own.
class CurlSockets {
 public:
  // `multi` must outlive it, and be used by one thread at a time.
  explicit CurlSockets(void* multi);
  CurlSockets(const CurlSockets&) = delete;
  CurlSockets& operator=(const CurlSockets&) = delete;
  ~CurlSockets();

  // False where the system had no descriptors left; then it must not be used.
  [[nodiscard]] bool ready() const { return epoll_ >= 0 && bell_ >= 0; }

  // Waits until a socket has something, libcurl's own time has come, wake() was called or `longest`
  // has passed, and lets libcurl do what there is to do.
  void work(Millis longest);
  // Ends a work() that waits, or the next one. Safe from any thread.
  void wake();

 private:
  using Clock = std::chrono::steady_clock;
  friend struct SocketCallbacks;

  void watch(int socket, int what, void* known);
  void keep_time();
  [[nodiscard]] Millis until_time(Millis longest) const;

  void* multi_;
  int epoll_;
  int bell_;  // an eventfd
  std::atomic<bool> rung_ = false;
  std::optional<Clock::time_point> time_;  // when libcurl wants to be called at the latest
};

}  // namespace testigo::fetch
