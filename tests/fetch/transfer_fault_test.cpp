#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "fetch/support/asking.h"
#include "support/fault_server.h"
#include "support/gzip_bytes.h"

using namespace testigo;
using namespace testigo::fetch;
using test::ask;
using test::Client;
using test::FaultServer;
using test::get;
using test::http_answer;
using test::quick;
using test::transfers;

namespace {

constexpr std::string_view head = "HTTP/1.1 200 OK\r\n\r\n";

// A port of loopback that takes no more connections: its queue is full and nobody accepts.
class FullPort {
 public:
  FullPort() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(listener_, generic, size) == 0);
    REQUIRE(listen(listener_, 0) == 0);
    REQUIRE(getsockname(listener_, generic, &size) == 0);
    port_ = ntohs(address.sin_port);
    for (int& waiting : waiting_) {
      waiting = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      (void)connect(waiting, generic, size);
    }
  }
  ~FullPort() {
    for (const int waiting : waiting_) close(waiting);
    close(listener_);
  }
  FullPort(const FullPort&) = delete;
  FullPort& operator=(const FullPort&) = delete;
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/";
  }

 private:
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::array<int, 4> waiting_{};
};

// How long an answer took to come to its end.
Millis time_of(Transfers& client, const std::string& url, TransferError expected) {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(get(client, url).error == expected);
  return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - begin);
}

}  // namespace

TEST_CASE("a port that does not answer is a time-out of connecting", "[fetch][transfer][fault]") {
  const FullPort full;
  TransferLimits limits = quick();
  limits.connect = Millis(300);
  limits.first_byte = Millis(60'000);
  CHECK(time_of(*transfers(limits), full.url(), TransferError::timeout) < Millis(5000));
}

TEST_CASE("a server that never ends its handshake is a time-out", "[fetch][transfer][fault]") {
  FaultServer server;  // waits for a line of HTTP, which a handshake does not have
  TransferLimits limits = quick();
  limits.connect = Millis(300);
  limits.first_byte = Millis(60'000);
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  CHECK(time_of(*transfers(limits), url, TransferError::timeout) < Millis(5000));
}

TEST_CASE("a server that speaks no TLS is a failure of TLS", "[fetch][transfer][fault]") {
  FaultServer server;
  server.answer("/", http_answer(200, "plain"));
  // Its answer to a line that looks like a request, sent before anything else.
  const auto client = transfers();
  const auto result = get(*client, "https://127.0.0.1:" + std::to_string(server.port()) + "/");
  CHECK((result.error == TransferError::tls || result.error == TransferError::timeout));
}

TEST_CASE("each way of being slow has its limit", "[fetch][transfer][fault]") {
  FaultServer server;
  const auto drip = [](std::string_view before, std::string piece, Millis pause) {
    return [=](Client& client) {
      client.send(before);
      while (client.pause(pause) && client.send(piece)) {
      }
    };
  };
  server.on("/status-line", drip("HTTP/1.1 200 O", "O", Millis(50)));
  server.on("/headers", drip("HTTP/1.1 200 OK\r\n", "X-Slow: 1234567890\r\n", Millis(50)));
  server.on("/byte-a-second", drip(head, "x", Millis(300)));
  server.on("/endless", drip(head, std::string(1000, 'x'), Millis(20)));
  server.on("/stalled", [](Client& client) {
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
    (void)client.pause(Millis(60'000));
  });
  TransferLimits limits = quick();
  limits.total = Millis(1500);
  const auto client = transfers(limits);
  // The first byte of an answer is the first line that is whole.
  CHECK(time_of(*client, server.url("/status-line"), TransferError::timeout) < Millis(1400));
  CHECK(time_of(*client, server.url("/headers"), TransferError::timeout) < Millis(5000));
  CHECK(time_of(*client, server.url("/endless"), TransferError::timeout) < Millis(5000));
  limits.total = Millis(60'000);
  const auto patient = transfers(limits);
  CHECK(time_of(*patient, server.url("/byte-a-second"), TransferError::timeout) < Millis(10'000));
  CHECK(time_of(*patient, server.url("/stalled"), TransferError::timeout) < Millis(10'000));
}

TEST_CASE("what comes behind a body is not the next answer", "[fetch][transfer][fault]") {
  FaultServer server;
  server.answer("/long",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngoodHTTP/1.1 200 OK\r\n"
                "Content-Length: 6\r\n\r\npoison");
  server.answer("/next", http_answer(200, "clean"));
  const auto client = transfers();
  const auto first = get(*client, server.url("/long"));
  CHECK(first.error == TransferError::none);
  CHECK(first.page.body_as_sent == "good");
  CHECK(get(*client, server.url("/next")).page.body_as_sent == "clean");
}

TEST_CASE("lengths that contradict each other are refused", "[fetch][transfer][fault]") {
  FaultServer server;
  const std::string two = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\ngood";
  server.answer("/two", two);
  server.answer("/negative", "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\ngood");
  server.answer("/huge", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\ngood");
  // RFC 9112 §6.3: where both are there the chunks count.
  server.answer("/both",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                "4\r\ngood\r\n0\r\n\r\n");
  const auto client = transfers();
  for (const char* path : {"/two", "/negative", "/huge"}) {
    INFO(path);
    const auto result = get(*client, server.url(path));
    CHECK(result.error != TransferError::none);
    CHECK(result.page.body_as_sent.empty());
  }
  CHECK(get(*client, server.url("/both")).page.body_as_sent == "good");
}

TEST_CASE("chunks that are no chunks are refused", "[fetch][transfer][fault]") {
  FaultServer server;
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::vector<std::string> bodies = {"garbage\r\n", "ffffffffffffffffff\r\nx", "-1\r\nx\r\n",
                                           "5\r\nhelloXX5\r\nhello\r\n"};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    server.on("/" + std::to_string(i), [bytes = chunked + bodies[i]](Client& client) {
      client.send(bytes);
      client.finish();
    });
  }
  server.on("/cut", [chunked](Client& client) {
    client.send(chunked + "5\r\nhel");
    client.finish();
  });
  const auto client = transfers();
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    INFO(bodies[i]);
    const auto result = get(*client, server.url("/" + std::to_string(i)));
    CHECK(result.error == TransferError::bad_encoding);
    CHECK(result.page.body_as_sent.empty());
  }
  const auto cut = get(*client, server.url("/cut"));
  CHECK(cut.error != TransferError::none);
  CHECK(cut.page.body_as_sent.empty());
}

TEST_CASE("compressed bodies that lie are found when they are decoded",
          "[fetch][transfer][fault]") {
  FaultServer server;
  const std::string coded = "Content-Encoding: gzip\r\n";
  const std::string whole = test::gzip_stored(std::string(1000, 'x'));
  server.answer("/cut", http_answer(200, whole.substr(0, 500), coded));
  server.answer("/bomb", http_answer(200, test::gzip_bomb(100 << 20), coded));
  server.answer("/stacked", http_answer(200, whole,
                                        "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, "
                                        "gzip, gzip, gzip, gzip\r\n"));
  server.answer("/plain", http_answer(200, "not compressed at all", coded));
  const auto client = transfers();
  const auto decoding_error = [&](const char* path) {
    auto result = get(*client, server.url(path));
    CHECK(result.error == TransferError::none);  // as sent it is whole
    auto decoded = decode_page(std::move(result.page), 64 << 20);
    REQUIRE_FALSE(decoded);
    return transfer_error_of(decoded.error());
  };
  CHECK(decoding_error("/cut") == TransferError::bad_encoding);
  CHECK(decoding_error("/bomb") == TransferError::too_large);
  CHECK(decoding_error("/stacked") != TransferError::none);
  CHECK(decoding_error("/plain") == TransferError::bad_encoding);
}

TEST_CASE("a name that comes to mean this machine is refused at connect",
          "[fetch][transfer][fault][guard]") {
  FaultServer server;
  server.answer("/", http_answer(200, "secret"));
  const std::string port = std::to_string(server.port());
  for (const std::string address : {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
                                    "10.0.0.1", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]"}) {
    INFO(address);
    auto made = make_curl_transfers(quick(), AddressGuard(), "testigo/test",
                                    {"rebind.example:80:" + address});
    REQUIRE(made);
    const auto result = get(**made, "http://rebind.example/");
    CHECK(result.error == TransferError::refused_address);
    CHECK(result.page.body_as_sent.empty());
  }
  // A trusted port of the name does not open the others, nor the address by itself.
  auto made =
      make_curl_transfers(quick(), AddressGuard({"ours.example:" + port}), "testigo/test",
                          {"ours.example:" + port + ":127.0.0.1", "ours.example:80:127.0.0.1",
                           "other.example:" + port + ":127.0.0.1"});
  REQUIRE(made);
  CHECK(get(**made, "http://ours.example:" + port + "/").page.body_as_sent == "secret");
  // The connection that is kept for the trusted name is not lent to another.
  CHECK(get(**made, "http://other.example:" + port + "/").error == TransferError::refused_address);
  CHECK(get(**made, "http://ours.example/").error == TransferError::refused_address);
  CHECK(server.connections() == 1);
}

TEST_CASE("nothing new starts while too many bytes are in flight", "[fetch][transfer][fault]") {
  FaultServer server;
  std::atomic<bool> go_on = false;
  server.on("/large", [&go_on](Client& client) {
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n" + std::string(300'000, 'x'));
    while (!go_on && client.pause(Millis(10))) {
    }
    client.send(std::string(100'000, 'x'));
  });
  server.answer("/small", http_answer(200, "small"));
  TransferLimits limits = quick();
  limits.slow = Millis(20'000);
  limits.first_byte = Millis(20'000);
  limits.max_bytes_in_flight = 100'000;
  const auto client = transfers(limits);
  const auto start = [&](std::int64_t id, const char* path) {
    TransferRequest request;
    request.id = id;
    request.url = server.url(path);
    client->start(std::move(request));
  };
  start(1, "/large");
  CHECK(client->wait(Millis(300)).empty());
  start(2, "/small");
  CHECK(client->wait(Millis(300)).empty());
  CHECK(client->running() == 2);
  CHECK(server.requests().size() == 1);
  go_on = true;
  CHECK(client->wait(Millis(20'000)).at(0).page.body_as_sent.size() == 400'000);
  CHECK(client->wait(Millis(20'000)).at(0).page.body_as_sent == "small");
}
