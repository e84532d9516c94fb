#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace testigo::test {

// The server's end of one connection, in the hands of a script.
class Client {
 public:
  Client(int descriptor, const std::atomic<bool>& stopping)
      : descriptor_(descriptor), stopping_(stopping) {}

  // The request's head, and its body as far as Content-Length says.
  std::string request;

  // False once the other side has gone, or the server is being stopped.
  bool send(std::string_view bytes);
  // Ends the connection: properly, or with a TCP reset.
  void finish();
  void reset();
  // Sleeps in small steps; false when the server is being stopped.
  [[nodiscard]] bool pause(std::chrono::milliseconds time) const;

 private:
  friend class FaultServer;
  [[nodiscard]] bool receive();

  int descriptor_;
  const std::atomic<bool>& stopping_;
  std::string unread_;
};

// An HTTP/1.1 server on loopback that misbehaves as it is told: raw sockets, one thread a
// connection, for tests only. Paths without a script answer 404.
class FaultServer {
 public:
  using Script = std::function<void(Client&)>;

  FaultServer();
  ~FaultServer();
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  // What answers a path (its query excluded). Set before the first request for it.
  void on(std::string path, Script script);
  // The same for one whole answer, head included; {port} in it becomes the server's own.
  void answer(std::string path, std::string bytes);

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // "http://127.0.0.1:PORT" and the path.
  [[nodiscard]] std::string url(std::string_view path) const;
  // The requests that came, in order.
  [[nodiscard]] std::vector<std::string> requests() const;
  [[nodiscard]] std::size_t connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int descriptor);
  [[nodiscard]] Script script_for(const std::string& request) const;

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::size_t> connections_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, Script> scripts_;
  std::vector<std::string> requests_;
  std::list<std::jthread> connections_threads_;
  std::jthread acceptor_;  // last: it starts when all else stands
};

// A whole answer with a right Content-Length; `extra` are header lines, each ending in "\r\n".
[[nodiscard]] std::string http_answer(int status, std::string_view body,
                                      std::string_view extra = {});

}  // namespace testigo::test
