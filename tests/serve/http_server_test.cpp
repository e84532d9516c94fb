#include "serve/http_server.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

#include "serve/support/client.h"

using namespace testigo;
using namespace testigo::serve;
using testigo::test::ask;
using testigo::test::get;

namespace {

HttpServer start(Handler handler, ServerOptions options = {}) {
  auto server = HttpServer::start(options, std::move(handler));
  REQUIRE(server);
  return std::move(*server);
}

Response text(std::string body) { return {200, {{"Content-Type", "text/plain"}}, std::move(body)}; }

Response echo(const Request& request) {
  std::string seen = request.method + " " + request.path;
  for (const QueryParameter& parameter : request.query)
    seen += " [" + parameter.name + "=" + parameter.value + "]";
  return text(seen + " " + request.body);
}

}  // namespace

TEST_CASE("a target is read into a decoded path and its parameters", "[serve]") {
  const Request request = request_of_target("GET", "/a%20b/%C8%9B?q=x+y&empty=&flag&q=2#part");
  CHECK(request.path == "/a b/ț");
  CHECK(request.query ==
        std::vector<QueryParameter>{{"q", "x y"}, {"empty", ""}, {"flag", ""}, {"q", "2"}});
  CHECK(find_parameter(request, "q") == "x y");
  CHECK_FALSE(find_parameter(request, "absent"));
}

TEST_CASE("a target that is no path reads as the root, and a stray percent as itself", "[serve]") {
  CHECK(request_of_target("GET", "").path == "/");
  CHECK(request_of_target("OPTIONS", "*").path == "/");
  CHECK(request_of_target("GET", "/100%").path == "/100%");
  CHECK(request_of_target("GET", "/%zz%4").path == "/%zz%4");
  CHECK(request_of_target("GET", "/?&&=x").query == std::vector<QueryParameter>{{"", "x"}});
}

TEST_CASE("port 0 opens a port of the system's choice on loopback and says which", "[serve]") {
  const HttpServer server = start(echo);
  REQUIRE(server.port() != 0);
  CHECK(server.origin() == "http://127.0.0.1:" + std::to_string(server.port()));
  const auto reply = get(server.port(), "/hello%21?who=you");
  CHECK(reply.status == 200);
  CHECK(reply.body == "GET /hello! [who=you] ");
}

TEST_CASE("a port that is taken and an address that is a name are refused with a mend", "[serve]") {
  const HttpServer first = start(echo);
  ServerOptions options;
  options.port = first.port();
  const auto second = HttpServer::start(options, echo);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Errc::io);
  options.address = "localhost";
  const auto named = HttpServer::start(options, echo);
  REQUIRE_FALSE(named);
  CHECK(named.error().code == Errc::malformed);
}

TEST_CASE("a request's body reaches the handler, and one over the bound gets 413", "[serve]") {
  ServerOptions options;
  options.max_body_bytes = 1000;
  std::atomic<int> handled = 0;
  const HttpServer server = start(
      [&handled](const Request& request) {
        ++handled;
        return text(std::to_string(request.body.size()));
      },
      options);
  CHECK(ask(server.port(), "POST", "/", {}, std::string(1000, 'x')).body == "1000");
  CHECK(ask(server.port(), "POST", "/", {}, std::string(1001, 'x')).status == 413);
  CHECK(handled == 1);
}

TEST_CASE("a chunked body that outgrows the bound is cut off before the handler", "[serve]") {
  ServerOptions options;
  options.max_body_bytes = 1000;
  std::atomic<int> handled = 0;
  const HttpServer server = start(
      [&handled](const Request&) {
        ++handled;
        return text("");
      },
      options);
  const test::Connection connection(server.port());
  connection.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 4; ++i) connection.send("200\r\n" + std::string(512, 'x') + "\r\n");
  CHECK(connection.read_to_end().status != 200);
  CHECK(handled == 0);
}

TEST_CASE("header fields over the bound get 431 and a target over it 414 or 431", "[serve]") {
  ServerOptions options;
  options.max_header_bytes = 4096;
  const HttpServer server = start(echo, options);
  CHECK(get(server.port(), "/", {{"X-Long", std::string(4096, 'x')}}).status == 431);
  CHECK(get(server.port(), "/", {{"X-Long", std::string(60000, 'x')}}).status == 431);
  const int status = get(server.port(), "/" + std::string(60000, 'x')).status;
  CHECK((status == 414 || status == 431));
}

TEST_CASE("what a handler throws becomes a 500 without its words", "[serve]") {
  const HttpServer server = start([](const Request& request) -> Response {
    if (request.path == "/odd") throw 7;
    throw std::runtime_error("secret path /home");
  });
  const auto reply = get(server.port(), "/");
  CHECK(reply.status == 500);
  CHECK(reply.body.find("secret") == std::string::npos);
  CHECK(get(server.port(), "/odd").status == 500);
}

TEST_CASE("a header that would split the answer becomes a 500", "[serve]") {
  const HttpServer server = start([](const Request&) -> Response {
    return {200, {{"X-Evil", "a\r\nSet-Cookie: b"}}, "body"};
  });
  const auto reply = get(server.port(), "/");
  CHECK(reply.status == 500);
  CHECK(reply.header("Set-Cookie").empty());
}

TEST_CASE("HEAD has the length of GET and no body; 304 has no body", "[serve]") {
  const HttpServer server = start([](const Request& request) -> Response {
    if (request.path == "/same") return {304, {{"ETag", "\"a\""}}, ""};
    return text("twelve bytes");
  });
  const auto head = ask(server.port(), "HEAD", "/");
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == "12");
  CHECK(head.body.empty());
  const auto same = get(server.port(), "/same");
  CHECK(same.status == 304);
  CHECK(same.header("ETag") == "\"a\"");
  CHECK(same.body.empty());
}

TEST_CASE("bytes go out as the handler gave them", "[serve]") {
  const std::string bytes("\x1f\x8b\0\xff", 4);
  const HttpServer server = start([&bytes](const Request&) -> Response {
    return {200, {{"Content-Encoding", "gzip"}, {"Content-Type", "text/html"}}, bytes};
  });
  const auto reply = get(server.port(), "/");
  CHECK(reply.body == bytes);
  CHECK(reply.header("content-encoding") == "gzip");
}

TEST_CASE("a reader who stays silent does not keep others waiting", "[serve]") {
  const HttpServer server = start(echo);
  std::vector<std::unique_ptr<test::Connection>> silent;
  for (int i = 0; i < 200; ++i) {
    silent.push_back(std::make_unique<test::Connection>(server.port()));
    silent.back()->send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  }
  CHECK(get(server.port(), "/").status == 200);
}

TEST_CASE("a silent connection is closed when its time is up", "[serve]") {
  ServerOptions options;
  options.idle_timeout = std::chrono::seconds(1);
  const HttpServer server = start(echo, options);
  const test::Connection silent(server.port());
  silent.send("GET / HTTP/1.1\r\nHost: x\r\n");
  CHECK(silent.read_to_end().status != 200);
}

TEST_CASE("stop lets a request under way finish and takes no new one", "[serve]") {
  std::atomic<bool> entered = false;
  std::atomic<bool> go_on = false;
  HttpServer server = start([&](const Request&) {
    entered = true;
    entered.notify_all();
    go_on.wait(false);
    return text("finished");
  });
  const std::uint16_t port = server.port();
  test::Reply reply;
  std::jthread client([&] { reply = get(port, "/"); });
  entered.wait(false);
  std::jthread stopper([&] { server.stop(); });
  go_on = true;
  go_on.notify_all();
  client.join();
  stopper.join();
  CHECK(reply.body == "finished");
  CHECK(get(port, "/").status == 0);
  server.stop();
}
