#include "serve/http_server.h"

#include <arpa/inet.h>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <microhttpd.h>
#include <mutex>
#include <netinet/in.h>
#include <unistd.h>
#include <utility>

namespace testigo::serve {
namespace {

struct DestroyResponse {
  void operator()(MHD_Response* response) const noexcept { MHD_destroy_response(response); }
};
using ResponseHandle = std::unique_ptr<MHD_Response, DestroyResponse>;

struct StopDaemon {
  void operator()(MHD_Daemon* daemon) const noexcept { MHD_stop_daemon(daemon); }
};
using DaemonHandle = std::unique_ptr<MHD_Daemon, StopDaemon>;

// Counts requests between their first byte and their last, so that stop() knows when to close.
class InFlight {
 public:
  void enter() {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) none_.notify_all();
  }
  void wait_for_none(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    none_.wait_for(lock, at_most, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int count_ = 0;
};

// One request from its first line until the last byte of its answer.
struct Exchange {
  std::string target;
  Request request;
  bool begun = false;  // the header fields have been read
};

// An address as the socket calls want it.
struct SocketAddress {
  sockaddr_storage storage{};
  bool v6 = false;
};

Result<SocketAddress> socket_address(const std::string& address, std::uint16_t port) {
  SocketAddress out;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&out.storage);
  if (inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    return out;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&out.storage);
  if (inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    out.v6 = true;
    return out;
  }
  return fail(Errc::malformed, "listen on a numeric address such as 127.0.0.1 or ::1", address);
}

struct HeaderSum {
  std::vector<Header> headers;
  std::size_t bytes = 0;
};

MHD_Result collect_header(void* sum, MHD_ValueKind, const char* name, const char* value) noexcept {
  auto& into = *static_cast<HeaderSum*>(sum);
  into.headers.push_back({name, value ? value : ""});
  into.bytes += into.headers.back().name.size() + into.headers.back().value.size();
  return MHD_YES;
}

void free_body(void* body) noexcept { delete static_cast<std::string*>(body); }

// Empty where libmicrohttpd refuses a header (a line break in a value, a reserved name).
ResponseHandle to_mhd(Response response) {
  auto body = std::make_unique<std::string>(std::move(response.body));
  ResponseHandle out(MHD_create_response_from_buffer_with_free_callback_cls(
      body->size(), body->data(), free_body, body.get()));
  if (!out) return out;
  static_cast<void>(body.release());  // free_body deletes it together with the response
  for (const Header& header : response.headers)
    if (MHD_add_response_header(out.get(), header.name.c_str(), header.value.c_str()) != MHD_YES)
      return nullptr;
  return out;
}

Response plain_answer(int status, std::string_view words) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}},
          std::string(words) + "\n"};
}

MHD_Result send(MHD_Connection* connection, Response response) {
  const auto usable = [](int status) { return status >= 200 && status <= 599; };
  auto status = static_cast<unsigned>(response.status);
  ResponseHandle out = usable(response.status) ? to_mhd(std::move(response)) : nullptr;
  if (!out) {
    status = 500;
    out = to_mhd(plain_answer(500, "The answer could not be formed."));
  }
  return out ? MHD_queue_response(connection, status, out.get()) : MHD_NO;
}

std::uint64_t announced_body(const std::vector<Header>& headers) {
  const auto length = find_header(headers, "Content-Length");
  return length ? std::strtoull(std::string(*length).c_str(), nullptr, 10) : 0;
}

}  // namespace

struct HttpServer::State {
  ServerOptions options;
  Handler handler;
  InFlight in_flight;
  std::uint16_t port = 0;
  DaemonHandle daemon;  // last: its threads end before anything they use goes

  Response call_handler(const Request& request) const {
    try {
      return handler(request);
    } catch (const std::exception&) {
      return plain_answer(500, "This page failed to build.");
    } catch (...) {
      return plain_answer(500, "This page failed to build.");
    }
  }

  MHD_Result begin(MHD_Connection* connection, Exchange& exchange, const char* method) const {
    exchange.begun = true;
    exchange.request = request_of_target(method, exchange.target);
    HeaderSum sum;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &collect_header, &sum);
    if (sum.bytes + exchange.target.size() > options.max_header_bytes)
      return send(connection, plain_answer(431, "The request's header fields are too long."));
    exchange.request.headers = std::move(sum.headers);
    if (announced_body(exchange.request.headers) > options.max_body_bytes)
      return send(connection, plain_answer(413, "The request's body is too long."));
    return MHD_YES;
  }

  // A body without a Content-Length that outgrows the bound has its connection closed: the library
  // takes an answer before a body or after it, not in its middle.
  MHD_Result take_body(Exchange& exchange, const char* data, std::size_t* size) const {
    if (exchange.request.body.size() + *size > options.max_body_bytes) return MHD_NO;
    exchange.request.body.append(data, *size);
    *size = 0;
    return MHD_YES;
  }

  static void* on_request_line(void* state, const char* target, MHD_Connection*) noexcept {
    static_cast<State*>(state)->in_flight.enter();
    return new Exchange{target, {}, false};  // on_completed deletes it
  }

  static MHD_Result on_request(void* state, MHD_Connection* connection, const char*,
                               const char* method, const char*, const char* data, std::size_t* size,
                               void** context) noexcept {
    const auto& self = *static_cast<const State*>(state);
    auto& exchange = *static_cast<Exchange*>(*context);
    if (!exchange.begun) return self.begin(connection, exchange, method);
    if (*size > 0) return self.take_body(exchange, data, size);
    return send(connection, self.call_handler(exchange.request));
  }

  static void on_completed(void* state, MHD_Connection*, void** context,
                           MHD_RequestTerminationCode) noexcept {
    delete static_cast<Exchange*>(std::exchange(*context, nullptr));
    static_cast<State*>(state)->in_flight.leave();
  }

  // Paths are decoded by request_of_target, once.
  static std::size_t keep_escaped(void*, MHD_Connection*, char* text) noexcept {
    return std::strlen(text);
  }

  Result<std::uint16_t> listen();
};

Result<std::uint16_t> HttpServer::State::listen() {
  const auto address = socket_address(options.address, options.port);
  if (!address) return fail(address.error());
  // The pool holds the fields, their table and the answer's head: twice the bound leaves room, and
  // begin() holds requests to the bound itself.
  const std::size_t pool_bytes = 2 * options.max_header_bytes;
  const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC |
                         (address->v6 ? static_cast<unsigned>(MHD_USE_IPv6) : 0U);
  // clang-format off: one option a line
  daemon.reset(MHD_start_daemon(
      flags, options.port, nullptr, nullptr, &on_request, this,
      MHD_OPTION_SOCK_ADDR, reinterpret_cast<const sockaddr*>(&address->storage),
      MHD_OPTION_URI_LOG_CALLBACK, &on_request_line, this,
      MHD_OPTION_NOTIFY_COMPLETED, &on_completed, this,
      MHD_OPTION_UNESCAPE_CALLBACK, &keep_escaped, nullptr,
      MHD_OPTION_CONNECTION_LIMIT, options.max_connections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, pool_bytes,
      MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(options.idle_timeout.count()),
      MHD_OPTION_THREAD_POOL_SIZE, options.threads > 1 ? options.threads : 0U,
      MHD_OPTION_END));
  // clang-format on
  const std::string where = options.address + ":" + std::to_string(options.port);
  if (!daemon) return fail(Errc::io, "cannot listen here; is the port taken? Try --port 0", where);
  const MHD_DaemonInfo* info = MHD_get_daemon_info(daemon.get(), MHD_DAEMON_INFO_BIND_PORT);
  if (!info || info->port == 0) return fail(Errc::io, "the open port is unknown", where);
  return info->port;
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() {
  if (state_) stop();
}

Result<HttpServer> HttpServer::start(const ServerOptions& options, Handler handler) {
  auto state = std::make_unique<State>();
  state->options = options;
  state->handler = std::move(handler);
  const auto port = state->listen();
  if (!port) return fail(port.error());
  state->port = *port;
  return HttpServer(std::move(state));
}

std::uint16_t HttpServer::port() const { return state_->port; }

std::string HttpServer::origin() const {
  const bool v6 = state_->options.address.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + state_->options.address + "]" : state_->options.address;
  return "http://" + host + ":" + std::to_string(state_->port);
}

void HttpServer::stop() {
  if (!state_->daemon) return;
  const int listening = MHD_quiesce_daemon(state_->daemon.get());
  state_->in_flight.wait_for_none(state_->options.stop_grace);
  state_->daemon.reset();
  if (listening != MHD_INVALID_SOCKET) close(listening);  // quiescing made it ours
}

}  // namespace testigo::serve
