#include "support/fault_server.h"

#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace testigo::test {
namespace {

constexpr std::chrono::milliseconds step{10};

// Waits until the descriptor can be read or written; false when told to stop.
bool ready(int descriptor, short events, const std::atomic<bool>& stopping) {
  while (!stopping) {
    pollfd item{descriptor, events, 0};
    if (poll(&item, 1, static_cast<int>(step.count())) > 0) return true;
  }
  return false;
}

std::size_t content_length(std::string_view head) {
  for (const std::string_view name : {"Content-Length: ", "content-length: "}) {
    const auto at = head.find(name);
    if (at != std::string_view::npos) {
      return static_cast<std::size_t>(
          std::atol(std::string(head.substr(at + name.size(), 12)).c_str()));
    }
  }
  return 0;
}

}  // namespace

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (descriptor_ < 0 || !ready(descriptor_, POLLOUT, stopping_)) return false;
    const ssize_t n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void Client::finish() { close(std::exchange(descriptor_, -1)); }

void Client::reset() {
  const linger abort{1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  close(std::exchange(descriptor_, -1));
}

bool Client::pause(std::chrono::milliseconds time) const {
  for (auto slept = std::chrono::milliseconds(0); slept < time && !stopping_; slept += step) {
    std::this_thread::sleep_for(step);
  }
  return !stopping_;
}

bool Client::receive() {
  std::array<char, 4096> buffer{};
  while (true) {
    const auto end = unread_.find("\r\n\r\n");
    if (end != std::string::npos) {
      const std::size_t whole = end + 4 + content_length(std::string_view(unread_).substr(0, end));
      if (unread_.size() >= whole) {
        request = unread_.substr(0, whole);
        unread_.erase(0, whole);
        return true;
      }
    }
    if (descriptor_ < 0 || !ready(descriptor_, POLLIN, stopping_)) return false;
    const ssize_t n = recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (n <= 0) return false;
    unread_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

FaultServer::FaultServer() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      listen(listener_, 128) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();  // a test machine without loopback cannot test this room
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread([this] { accept_all(); });
}

FaultServer::~FaultServer() {
  stopping_ = true;
  acceptor_.join();
  connections_threads_.clear();
  close(listener_);
}

void FaultServer::on(std::string path, Script script) {
  const std::lock_guard lock(mutex_);
  scripts_[std::move(path)] = std::move(script);
}

void FaultServer::answer(std::string path, std::string bytes) {
  const auto at = bytes.find("{port}");
  if (at != std::string::npos) bytes.replace(at, 6, std::to_string(port_));
  on(std::move(path), [bytes](Client& client) { client.send(bytes); });
}

std::string FaultServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<std::string> FaultServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void FaultServer::accept_all() {
  while (ready(listener_, POLLIN, stopping_)) {
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) continue;
    ++connections_;
    connections_threads_.emplace_back([this, descriptor] { serve(descriptor); });
  }
}

void FaultServer::serve(int descriptor) {
  Client client(descriptor, stopping_);
  while (client.receive()) {  // false too where a script has ended the connection
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(client.request);
    }
    script_for(client.request)(client);
  }
  if (client.descriptor_ >= 0) close(client.descriptor_);
}

FaultServer::Script FaultServer::script_for(const std::string& request) const {
  const auto begin = request.find(' ') + 1;
  const std::string path = request.substr(begin, request.find_first_of(" ?", begin) - begin);
  const std::lock_guard lock(mutex_);
  const auto found = scripts_.find(path);
  if (found != scripts_.end()) return found->second;
  return [](Client& client) { client.send(http_answer(404, "nothing here")); };
}

std::string http_answer(int status, std::string_view body, std::string_view extra) {
  std::string bytes = "HTTP/1.1 " + std::to_string(status) + " Something\r\n";
  bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  bytes += extra;
  bytes += "\r\n";
  bytes += body;
  return bytes;
}

}  // namespace testigo::test
