#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fetch/address_guard.h"

namespace testigo::fetch {

// A name's addresses; empty if it has none.
struct Resolved {
  std::int64_t id = 0;
  std::vector<IpAddress> addresses;
};

// Looks names up on threads of its own, for the one case in which libcurl does not: behind a proxy.
class Resolver {
 public:
  // `ready` is called from a lookup thread each time take() has something.
  explicit Resolver(std::function<void()> ready);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  void look_up(std::int64_t id, std::string host);
  // Lookups that ended since the last call.
  [[nodiscard]] std::vector<Resolved> take();

 private:
  struct Question {
    std::int64_t id;
    std::string host;
  };
  void work(const std::stop_token& stop);

  std::function<void()> ready_;
  std::mutex mutex_;
  std::condition_variable_any asked_;
  std::deque<Question> questions_;
  std::vector<Resolved> answers_;
  std::vector<std::jthread> threads_;  // last: they stop before what they use goes
};

}  // namespace testigo::fetch
