#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/time.h"

namespace testigo::fetch {

// What epoll has been told of each socket. One that we opened stays with epoll between two requests
// of its connection, and leaves when it is closed: that spares two calls of the system per request.
class WatchedSockets {
 public:
  struct Socket {
    bool ours = false;             // opened and closed here
    std::uint32_t wanted = 0;      // events that libcurl waits for
    std::uint32_t registered = 0;  // events that epoll waits for
  };
  [[nodiscard]] Socket& operator[](int socket);
  void opened(int socket) { (*this)[socket] = {true, 0, 0}; }
  void closed(int socket) { (*this)[socket] = {}; }

 private:
  std::vector<Socket> sockets_;  // by number
};

// Waits for the sockets of a multi handle by epoll, and lets libcurl work on those alone that have
// something: curl_multi_perform would look at every transfer each time, with a poll() of its own.
class CurlSockets {
 public:
  // Both must outlive it, and be used by one thread at a time.
  CurlSockets(void* multi, WatchedSockets& watched);
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

  void watch(int socket, int what);
  void tell_epoll(int socket, WatchedSockets::Socket& watched, std::uint32_t events);
  void keep_time();
  [[nodiscard]] Millis until_time(Millis longest) const;

  void* multi_;
  WatchedSockets& watched_;
  int epoll_;
  int bell_;  // an eventfd
  std::atomic<bool> rung_ = false;
  std::optional<Clock::time_point> time_;  // when libcurl wants to be called at the latest
};

}  // namespace testigo::fetch
