#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"

namespace testigo::serve {

// One name=value pair of a query string, both percent-decoded, "+" read as a space.
struct QueryParameter {
  std::string name;
  std::string value;

  friend bool operator==(const QueryParameter&, const QueryParameter&) = default;
};

// What a client asked. The server has bounded every part before a handler sees it.
struct Request {
  std::string method = "GET";         // as sent; HEAD stays HEAD, and the server drops the body
  std::string path = "/";             // percent-decoded, begins with "/", without the query
  std::vector<QueryParameter> query;  // in order, repeated names kept
  std::vector<Header> headers;        // find_header() of core/page.h looks them up
  std::string body;

  friend bool operator==(const Request&, const Request&) = default;
};

// The first value of a query parameter; empty where the name is absent.
[[nodiscard]] std::optional<std::string_view> find_parameter(const Request& request,
                                                             std::string_view name);

// Reads a request target ("/a%20b?q=1") into a path and its query parameters. A "%" that two
// hexadecimal digits do not follow stands for itself.
[[nodiscard]] Request request_of_target(std::string_view method, std::string_view target);

// What goes back. `body` is sent byte for byte, so a handler may hand out encoded bytes together
// with its own Content-Encoding. Content-Length, Date and Connection are the server's.
struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;

  friend bool operator==(const Response&, const Response&) = default;
};

// Called from the server's threads, by several at once if `threads` is above 1. What it throws is
// answered with 500 and goes no further.
using Handler = std::function<Response(const Request&)>;

struct ServerOptions {
  std::string address = "127.0.0.1";  // numeric IPv4 or IPv6; loopback unless someone says so
  std::uint16_t port = 0;             // 0: the system chooses, port() tells
  unsigned threads = 1;               // each with its own epoll
  unsigned max_connections = 512;     // more wait in the backlog; hundreds of slow readers fit
  std::size_t max_header_bytes = 32 * 1024;    // request line and fields of one request, else 431
  std::size_t max_body_bytes = 1024 * 1024;    // else 413
  std::chrono::seconds idle_timeout{15};       // without a byte in either direction
  std::chrono::milliseconds stop_grace{2000};  // for requests under way when stop() is called
};

// An HTTP/1.1 server that listens from start() until stop() or destruction.
class HttpServer {
 public:
  // Errc::malformed for an address that is not numeric, Errc::io where the port is taken.
  [[nodiscard]] static Result<HttpServer> start(const ServerOptions& options, Handler handler);

  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  ~HttpServer();

  [[nodiscard]] std::uint16_t port() const;  // the one that is really open
  [[nodiscard]] std::string origin() const;  // "http://127.0.0.1:40123", no slash at the end

  // Takes no new connection, lets requests under way finish for up to stop_grace, then closes.
  // Idempotent.
  void stop();

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace testigo::serve
