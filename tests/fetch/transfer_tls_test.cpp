#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fetch/support/asking.h"
#include "fetch/support/nginx.h"

using namespace testigo;
using namespace testigo::fetch;
using test::get;
using test::Nginx;
using test::quick;
using test::transfers;

namespace {

constexpr int requests_at_once = 20;

std::optional<Nginx> nginx() {
  std::string why_not;
  auto server = Nginx::start(why_not);
  if (!server) std::cout << "skipped: " << why_not << "\n";
  return server;
}

// A variable of the environment for as long as the object lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) {
    if (value == nullptr) {
      unsetenv(name_);
    } else {
      setenv(name_, value, 1);
    }
  }
  const char* name_;
  std::optional<std::string> before_;
};

// A client that trusts the throwaway authority, told as a user would tell it.
std::unique_ptr<Transfers> trusting(const Nginx& server, const std::vector<std::string>& resolve) {
  const Variable bundle("CURL_CA_BUNDLE", nullptr);
  const std::string authority = server.authority();
  const Variable file("SSL_CERT_FILE", authority.c_str());
  TransferLimits limits = quick();
  limits.first_byte = Millis(10'000);
  auto made = make_curl_transfers(
      limits, AddressGuard({"127.0.0.1", "shop.example", "wrong.example"}), "testigo", resolve);
  REQUIRE(made);
  return *std::move(made);
}

std::string url_of(const Nginx& server, const std::string& host = "127.0.0.1") {
  return "https://" + host + ":" + std::to_string(server.tls_port()) + "/";
}

}  // namespace

TEST_CASE("several requests share one HTTP/2 connection", "[fetch][transfer][tls]") {
  const auto server = nginx();
  if (!server) return;
  const auto client = trusting(*server, {});
  for (std::int64_t id = 0; id < requests_at_once; ++id) {
    TransferRequest request;
    request.id = id;
    request.url = url_of(*server) + std::to_string(id);
    client->start(std::move(request));
  }
  std::set<std::string, std::less<>> connections;
  int done = 0;
  while (client->running() > 0) {
    for (const TransferResult& result : client->wait(Millis(10'000))) {
      INFO(result.detail);
      CHECK(result.error == TransferError::none);
      CHECK(result.page.http_version == "2");
      CHECK(find_header(result.page.headers, "X-Protocol") == "HTTP/2.0");
      CHECK(result.page.remote_address == "127.0.0.1");
      connections.emplace(find_header(result.page.headers, "X-Connection").value_or(""));
      ++done;
    }
  }
  CHECK(done == requests_at_once);
  CHECK(connections.size() == 1);
}

// nginx's "keepalive_timeout 0", and any server that is about to restart.
TEST_CASE("requests that a server's goodbye refuses are asked again", "[fetch][transfer][tls]") {
  const auto server = nginx();
  if (!server) return;
  const auto client = trusting(*server, {});
  constexpr int rounds = 5;
  int done = 0;
  for (std::int64_t id = 0; id < rounds * requests_at_once || client->running() > 0;) {
    while (id < rounds * requests_at_once && client->running() < requests_at_once) {
      TransferRequest request;
      request.id = id++;
      request.url = "https://127.0.0.1:" + std::to_string(server->leaving_port()) + "/" +
                    std::to_string(request.id);
      client->start(std::move(request));
    }
    for (const TransferResult& result : client->wait(Millis(10'000))) {
      INFO(result.detail);
      CHECK(result.error == TransferError::none);
      CHECK(result.page.status == 200);
      ++done;
    }
  }
  CHECK(done == rounds * requests_at_once);
}

TEST_CASE("bodies are compressed over HTTP/2 and kept as sent", "[fetch][transfer][tls]") {
  const auto server = nginx();
  if (!server) return;
  const auto client = trusting(*server, {});
  auto result = get(*client, url_of(*server));
  CHECK(find_header(result.page.headers, "content-encoding") == "gzip");
  CHECK(result.page.body_as_sent.starts_with("\x1f\x8b"));
  CHECK(decode_page(std::move(result.page), 1000)->body == "hello over TLS, hello over TLS");
}

TEST_CASE("certificates are verified: issuer and name", "[fetch][transfer][tls]") {
  const auto server = nginx();
  if (!server) return;
  const std::string port = std::to_string(server->tls_port());
  const auto stranger = transfers();  // knows the system's authorities only
  const auto refused = get(*stranger, url_of(*server));
  CHECK(refused.error == TransferError::tls);
  CHECK(refused.page.body_as_sent.empty());
  const auto client = trusting(
      *server, {"shop.example:" + port + ":127.0.0.1", "wrong.example:" + port + ":127.0.0.1"});
  CHECK(get(*client, url_of(*server, "shop.example")).error == TransferError::none);
  CHECK(get(*client, url_of(*server, "wrong.example")).error == TransferError::tls);
}

TEST_CASE("IPv6 is asked like any address", "[fetch][transfer][tls]") {
  const auto server = nginx();
  if (!server) return;
  const std::string url = "http://[::1]:" + std::to_string(server->ipv6_port()) + "/";
  CHECK(get(*transfers(), url).error == TransferError::refused_address);
  const auto client = transfers(quick(), {"[::1]"});
  auto result = get(*client, url);
  INFO(result.detail);
  CHECK(result.error == TransferError::none);
  CHECK(result.page.http_version == "1.1");
  CHECK(result.page.remote_address == "::1");
  CHECK(decode_page(std::move(result.page), 1000)->body == "hello over IPv6, hello over IPv6");
}
