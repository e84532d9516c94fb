#include "fetch/resolver.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <utility>

namespace testigo::fetch {
namespace {

// A dead name blocks its thread for seconds; this many at once keep the others going.
constexpr int lookup_threads = 4;

struct FreeAddresses {
  void operator()(addrinfo* list) const noexcept { freeaddrinfo(list); }
};

std::vector<IpAddress> addresses_of(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* raw = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &raw) != 0) return {};
  const std::unique_ptr<addrinfo, FreeAddresses> list(raw);
  std::vector<IpAddress> addresses;
  for (const addrinfo* at = list.get(); at != nullptr; at = at->ai_next) {
    if (const auto address = ip_of(*at->ai_addr)) addresses.push_back(*address);
  }
  return addresses;
}

}  // namespace

Resolver::Resolver(std::function<void()> ready) : ready_(std::move(ready)) {
  for (int i = 0; i < lookup_threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

Resolver::~Resolver() = default;

void Resolver::look_up(std::int64_t id, std::string host) {
  {
    const std::lock_guard lock(mutex_);
    questions_.push_back({id, std::move(host)});
  }
  asked_.notify_one();
}

std::vector<Resolved> Resolver::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

void Resolver::work(const std::stop_token& stop) {
  while (true) {
    Question question;
    {
      std::unique_lock lock(mutex_);
      if (!asked_.wait(lock, stop, [this] { return !questions_.empty(); })) return;
      question = std::move(questions_.front());
      questions_.pop_front();
    }
    Resolved answer{question.id, addresses_of(question.host)};
    {
      const std::lock_guard lock(mutex_);
      answers_.push_back(std::move(answer));
    }
    ready_();
  }
}

}  // namespace testigo::fetch
