#include "fetch/transfer.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

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

constexpr Millis long_enough{20'000};

TransferResult get(std::string url) {
  const auto client = transfers();
  return test::get(*client, std::move(url));
}

}  // namespace

TEST_CASE("an answer comes with its headers, body as sent, address and time", "[fetch][transfer]") {
  FaultServer server;
  const std::string body = test::gzip_stored("<p>hello</p>");
  server.answer("/page", http_answer(200, body, "Content-Encoding: gzip\r\nX-Folded: a\r\n b\r\n"));
  const auto result = get(server.url("/page?q=1#part"));
  CHECK(result.error == TransferError::none);
  CHECK(result.page.status == 200);
  CHECK(result.page.http_version == "1.1");
  CHECK(result.page.body_as_sent == body);
  CHECK(result.page.body.empty());
  CHECK(result.page.remote_address == "127.0.0.1");
  CHECK(result.page.url == server.url("/page?q=1#part"));
  CHECK(find_header(result.page.headers, "x-folded") == "a b");
  CHECK(result.page.fetched_at > from_unix_ms(1'700'000'000'000));
  CHECK(decode_page(result.page, 1000)->body == "<p>hello</p>");
  const std::string request = server.requests().at(0);
  CHECK(request.starts_with("GET /page?q=1 HTTP/1.1\r\n"));
  CHECK(request.find("User-Agent: testigo/test\r\n") != std::string::npos);
  CHECK(request.find("Accept-Encoding: gzip, br, zstd\r\n") != std::string::npos);
}

TEST_CASE("method, headers and body are sent as given", "[fetch][transfer]") {
  FaultServer server;
  server.answer("/api", http_answer(200, "{}"));
  const auto client = transfers();
  TransferRequest request;
  request.method = "POST";
  request.url = server.url("/api");
  request.archive_url = "http://archive.example/REDACTED";
  request.headers = {
      {"Content-Type", "application/json"}, {"accept", "application/json"}, {"X-Empty", ""}};
  request.body = "{\"q\":\"acme\"}";
  const auto result = ask(*client, std::move(request));
  CHECK(result.error == TransferError::none);
  CHECK(result.page.url == "http://archive.example/REDACTED");
  const std::string sent = server.requests().at(0);
  CHECK(sent.starts_with("POST /api HTTP/1.1\r\n"));
  CHECK(sent.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(sent.find("accept: application/json\r\n") != std::string::npos);
  CHECK(sent.find("Accept: */*") == std::string::npos);
  CHECK(sent.find("X-Empty:\r\n") != std::string::npos);
  CHECK(sent.find("Expect:") == std::string::npos);
  CHECK(sent.ends_with("\r\n\r\n{\"q\":\"acme\"}"));
}

TEST_CASE("HEAD has no body and a 304 none either", "[fetch][transfer]") {
  FaultServer server;
  server.answer("/h", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
  server.answer("/n", "HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\nETag: \"x\"\r\n\r\n");
  const auto client = transfers();
  TransferRequest head;
  head.method = "HEAD";
  head.url = server.url("/h");
  CHECK(ask(*client, std::move(head)).error == TransferError::none);
  const auto unchanged = get(*client, server.url("/n"));
  CHECK(unchanged.error == TransferError::none);
  CHECK(unchanged.page.status == 304);
  CHECK(decode_page(unchanged.page, 10)->body.empty());
}

TEST_CASE("redirects are told, not followed", "[fetch][transfer]") {
  FaultServer server;
  server.answer("/loop", http_answer(302, "", "Location: loop?again=1\r\n"));
  server.answer("/inside",
                http_answer(301, "", "Location: http://169.254.169.254/latest/meta-data\r\n"));
  server.answer("/nowhere", http_answer(302, ""));
  server.answer("/not", http_answer(304, "", "Location: /x\r\n"));
  CHECK(get(server.url("/loop")).redirect == server.url("/loop?again=1"));
  CHECK(get(server.url("/inside")).redirect == "http://169.254.169.254/latest/meta-data");
  CHECK_FALSE(get(server.url("/nowhere")).redirect);
  CHECK_FALSE(get(server.url("/not")).redirect);
  CHECK(server.requests().size() == 4);
}

TEST_CASE("an address inside is refused before and at connect", "[fetch][transfer][guard]") {
  FaultServer server;
  server.answer("/", http_answer(200, "secret"));
  const std::string port = ":" + std::to_string(server.port());
  const auto client = transfers(quick(), {});
  for (const std::string host : {"127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]",
                                 "2130706433", "0x7f.1"}) {
    INFO(host);
    const auto result = get(*client, "http://" + host + port + "/");
    CHECK(result.error == TransferError::refused_address);
    CHECK(result.page.body_as_sent.empty());
  }
  CHECK(get(*client, "http://169.254.169.254/latest").error == TransferError::refused_address);
  CHECK(server.connections() == 0);
}

TEST_CASE("a trusted name is let through, its port only where one is given",
          "[fetch][transfer][guard]") {
  FaultServer server;
  server.answer("/", http_answer(200, "ours"));
  const std::string port = std::to_string(server.port());
  const auto client = transfers(quick(), {"localhost:" + port});
  CHECK(get(*client, "http://localhost:" + port + "/").page.body_as_sent == "ours");
  CHECK(get(*client, "http://127.0.0.1:" + port + "/").error == TransferError::refused_address);
}

TEST_CASE("only http and https, no user names, no control characters", "[fetch][transfer]") {
  const auto client = transfers();
  for (const std::string url : {"ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
                                "not a url", "", "http://", "http://user:pass@example.com/",
                                "javascript:alert(1)", "dict://127.0.0.1:11211/stats"}) {
    INFO(url);
    CHECK(get(*client, url).error == TransferError::bad_url);
  }
  const auto with = [&](std::string method, Header header) {
    TransferRequest request;
    request.url = "http://127.0.0.1:9/";
    request.method = std::move(method);
    request.headers = {std::move(header)};
    return ask(*client, std::move(request)).error;
  };
  CHECK(with("GET", {"X", "a\r\nEvil: 1"}) == TransferError::bad_request);
  CHECK(with("GET", {"X", std::string("a\0b", 3)}) == TransferError::bad_request);
  CHECK(with("GET", {"X\r\nEvil", "1"}) == TransferError::bad_request);
  CHECK(with("GET", {"Host", "other.example"}) == TransferError::bad_request);
  CHECK(with("GET", {"Transfer-Encoding", "chunked"}) == TransferError::bad_request);
  CHECK(with("GET /x HTTP/1.1\r\nEvil:", {"X", "1"}) == TransferError::bad_request);
  CHECK(with("CONNECT", {"X", "1"}) == TransferError::bad_request);
}

TEST_CASE("a name of ours that would end its header early is not sent", "[fetch][transfer]") {
  for (const char* agent : {"testigo (+x)\r\nX-Evil: 1", "testigo\n", "testigo\x7f"})
    CHECK_FALSE(make_curl_transfers(quick(), AddressGuard(), agent));
  CHECK(make_curl_transfers(quick(), AddressGuard(), "testigo\t(+mailto:anna@bücher.example)"));
}

TEST_CASE("broken connections are named for what they are", "[fetch][transfer]") {
  FaultServer server;
  server.on("/reset", [](Client& client) {
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
    if (client.pause(Millis(50))) client.reset();
  });
  server.on("/nothing", [](Client& client) { client.finish(); });
  server.on("/short", [](Client& client) {
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
    client.finish();
  });
  server.answer("/bad-length", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx");
  server.on("/bad-chunk", [](Client& client) {
    client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nmore");
  });
  server.on("/not-http", [](Client& client) {
    client.send("220 mail.example ESMTP\r\n");
    client.finish();
  });
  const auto client = transfers();
  CHECK(get(*client, server.url("/reset")).error == TransferError::reset);
  CHECK(get(*client, server.url("/nothing")).error == TransferError::reset);
  CHECK(get(*client, server.url("/short")).error == TransferError::bad_content_length);
  CHECK(get(*client, server.url("/bad-length")).error == TransferError::bad_content_length);
  CHECK(get(*client, server.url("/bad-chunk")).error == TransferError::bad_encoding);
  CHECK(get(*client, server.url("/not-http")).error == TransferError::protocol);
}

TEST_CASE("a closed port is a failed connection, a name without address is dns",
          "[fetch][transfer]") {
  std::string gone;
  { gone = FaultServer().url("/"); }
  CHECK(get(gone).error == TransferError::connect);
  CHECK(get("http://no-such-host.invalid/").error == TransferError::dns);
}

TEST_CASE("silent, dripping and endless servers are given up", "[fetch][transfer]") {
  FaultServer server;
  server.on("/silent", [](Client& client) { (void)client.pause(Millis(60'000)); });
  server.on("/drip", [](Client& client) {
    client.send("HTTP/1.1 200 OK\r\n");
    while (client.pause(Millis(100)) && client.send("X")) {
    }
  });
  server.on("/endless", [](Client& client) {
    client.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string piece(64 * 1024, 'x');
    while (client.send(piece)) {
    }
  });
  const auto client = transfers();
  const auto begin = std::chrono::steady_clock::now();
  const auto silent = get(*client, server.url("/silent"));
  CHECK(silent.error == TransferError::timeout);
  CHECK(silent.detail.find("400 ms") != std::string::npos);
  CHECK(get(*client, server.url("/drip")).error == TransferError::timeout);
  const auto endless = get(*client, server.url("/endless"));
  CHECK(endless.error == TransferError::too_large);
  CHECK(endless.page.body_as_sent.empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
}

TEST_CASE("bodies and headers beyond the limits are refused or cut as asked", "[fetch][transfer]") {
  FaultServer server;
  server.answer("/announced", "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
  server.answer("/big", http_answer(200, std::string(2 << 20, 'x')));
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 5000; ++i)
    many += "X-" + std::to_string(i) + ": " + std::string(50, 'v') + "\r\n";
  server.answer("/headers", many + "\r\n");
  server.answer("/one-header", "HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'v') + "\r\n\r\n");
  const auto client = transfers();
  CHECK(get(*client, server.url("/announced")).error == TransferError::too_large);
  CHECK(get(*client, server.url("/big")).error == TransferError::too_large);
  CHECK(get(*client, server.url("/headers")).error == TransferError::too_large);
  const auto one_header = get(*client, server.url("/one-header"));
  CHECK(one_header.error == TransferError::too_large);
  CHECK(one_header.detail == "a header line is longer than 100 KiB");
  TransferRequest robots;
  robots.url = server.url("/big");
  robots.max_body_bytes = 1000;
  robots.cut_at_max = true;
  const auto cut = ask(*client, std::move(robots));
  CHECK(cut.error == TransferError::none);
  CHECK(cut.page.body_as_sent == std::string(1000, 'x'));
  CHECK(cut.page.cut_short);
}

TEST_CASE("behind a proxy addresses are checked before it is asked", "[fetch][transfer][guard]") {
  FaultServer proxy;
  proxy.answer("http://shop.invalid/page", http_answer(200, "through the proxy"));
  setenv("http_proxy", proxy.url("").c_str(), 1);
  const auto client = transfers(quick(), {"shop.invalid"});
  unsetenv("http_proxy");
  const auto trusted = get(*client, "http://shop.invalid/page");
  CHECK(trusted.page.body_as_sent == "through the proxy");
  CHECK(get(*client, "http://10.0.0.1/").error == TransferError::refused_address);
  CHECK(get(*client, "http://no-such-host.invalid/").error == TransferError::dns);
  CHECK(proxy.requests().size() == 1);
}

TEST_CASE("a proxy that is none is said before anybody is asked, without its password",
          "[fetch][transfer]") {
  setenv("http_proxy", "http://u:hunter2/x@127.0.0.1:3128", 1);
  const auto client = make_curl_transfers(quick(), AddressGuard(), "testigo/test");
  unsetenv("http_proxy");
  REQUIRE_FALSE(client);
  CHECK(describe(client.error()).find("hunter2") == std::string::npos);
  CHECK(describe(client.error()).find("http_proxy") != std::string::npos);
}

TEST_CASE("connections are used again and many transfers run at once", "[fetch][transfer]") {
  FaultServer server;
  server.answer("/a", http_answer(200, "a"));
  server.on("/b", [](Client& client) {
    if (client.pause(Millis(30))) client.send(http_answer(200, "b"));
  });
  TransferLimits limits = quick();
  limits.first_byte = Millis(5000);
  limits.max_connections = 4;
  const auto client = transfers(limits);
  CHECK(get(*client, server.url("/a")).error == TransferError::none);
  CHECK(get(*client, server.url("/a")).error == TransferError::none);
  CHECK(server.connections() == 1);
  for (std::int64_t id = 0; id < 40; ++id) {
    TransferRequest request;
    request.id = id;
    request.url = server.url("/b");
    client->start(std::move(request));
  }
  std::size_t done = 0;
  while (client->running() > 0) {
    for (const auto& result : client->wait(long_enough)) {
      CHECK(result.error == TransferError::none);
      ++done;
    }
  }
  CHECK(done == 40);
  CHECK(server.connections() <= 5);
}

TEST_CASE("waiting ends when another thread says so", "[fetch][transfer]") {
  const auto client = transfers();
  const auto begin = std::chrono::steady_clock::now();
  std::jthread other([&client] {
    std::this_thread::sleep_for(Millis(50));
    client->wake();
  });
  CHECK(client->wait(long_enough).empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK(client->wait(Millis(10)).empty());
}

TEST_CASE("a cancelled transfer says so, and so does one still waiting", "[fetch][transfer]") {
  FaultServer server;
  server.on("/silent", [](Client& client) { (void)client.pause(Millis(60'000)); });
  TransferLimits limits = quick();
  limits.first_byte = Millis(60'000);
  limits.max_connections = 1;
  const auto client = transfers(limits);
  for (const std::int64_t id : {1, 2}) {
    TransferRequest request;
    request.id = id;
    request.url = server.url("/silent");
    client->start(std::move(request));
  }
  CHECK(client->wait(Millis(100)).empty());
  CHECK(client->running() == 2);
  client->cancel(2);
  client->cancel(1);
  client->cancel(99);
  const auto results = client->wait(long_enough);
  REQUIRE(results.size() == 2);
  CHECK(results[0].error == TransferError::cancelled);
  CHECK(results[1].error == TransferError::cancelled);
  CHECK(client->running() == 0);
}

TEST_CASE("transfers still running are dropped cleanly with their owner", "[fetch][transfer]") {
  FaultServer server;
  server.on("/silent", [](Client& client) { (void)client.pause(Millis(60'000)); });
  const auto client = transfers();
  TransferRequest request;
  request.url = server.url("/silent");
  client->start(std::move(request));
  CHECK(client->wait(Millis(50)).empty());
}
