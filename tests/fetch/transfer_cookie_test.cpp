#include <catch2/catch.hpp>
#include <string>

#include "fetch/support/asking.h"
#include "support/fault_server.h"

using namespace testigo;
using namespace testigo::fetch;
using test::ask;
using test::FaultServer;
using test::http_answer;
using test::quick;
using test::transfers;

namespace {

// The value of the Cookie header that the last request carried.
std::string cookie_sent(const FaultServer& server) {
  const std::string request = server.requests().back();
  const auto begin = request.find("\r\nCookie: ");
  if (begin == std::string::npos) return "(none)";
  return request.substr(begin + 10, request.find("\r\n", begin + 2) - begin - 10);
}

void ask_with_jar(Transfers& client, const std::string& url, const std::string& jar) {
  TransferRequest request;
  request.url = url;
  request.cookie_jar = jar;
  CHECK(ask(client, std::move(request)).error == TransferError::none);
}

}  // namespace

TEST_CASE("cookies are off unless a jar is named", "[fetch][transfer][cookies]") {
  FaultServer server;
  server.answer("/", http_answer(200, "hello", "Set-Cookie: id=1; Path=/\r\n"));
  const auto client = transfers();
  ask_with_jar(*client, server.url("/"), "");
  ask_with_jar(*client, server.url("/"), "");
  CHECK(cookie_sent(server) == "(none)");
  ask_with_jar(*client, server.url("/"), "shop");
  ask_with_jar(*client, server.url("/"), "");
  CHECK(cookie_sent(server) == "(none)");
}

TEST_CASE("a jar's cookies go to the site that set them, and to no other jar",
          "[fetch][transfer][cookies]") {
  FaultServer server;
  server.answer("/login", http_answer(302, "", "Set-Cookie: id=1; Path=/\r\nLocation: /\r\n"));
  server.answer("/", http_answer(200, "hello"));
  server.answer("/elsewhere", http_answer(200, "x", "Set-Cookie: evil=1; Domain=example.com\r\n"));
  const std::string port = std::to_string(server.port());
  auto made = make_curl_transfers(quick(), AddressGuard({"127.0.0.1", "shop.example"}), "testigo",
                                  {"shop.example:" + port + ":127.0.0.1"});
  REQUIRE(made);
  Transfers& client = **made;
  ask_with_jar(client, server.url("/login"), "a");
  ask_with_jar(client, server.url("/"), "a");
  CHECK(cookie_sent(server) == "id=1");
  ask_with_jar(client, server.url("/"), "b");
  CHECK(cookie_sent(server) == "(none)");
  ask_with_jar(client, "http://shop.example:" + port + "/", "a");
  CHECK(cookie_sent(server) == "(none)");
  // A cookie for somebody else's domain is not taken.
  ask_with_jar(client, server.url("/elsewhere"), "a");
  ask_with_jar(client, server.url("/"), "a");
  CHECK(cookie_sent(server) == "id=1");
}

TEST_CASE("cookies end with the Transfers that held them", "[fetch][transfer][cookies]") {
  FaultServer server;
  server.answer("/", http_answer(200, "hello", "Set-Cookie: id=1; Path=/; Max-Age=3600\r\n"));
  ask_with_jar(*transfers(), server.url("/"), "a");
  ask_with_jar(*transfers(), server.url("/"), "a");
  CHECK(cookie_sent(server) == "(none)");
}
