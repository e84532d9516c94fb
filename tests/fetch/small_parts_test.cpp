#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "fetch/answer_head.h"
#include "fetch/curl_proxy.h"
#include "fetch/page_policy.h"
#include "fetch/proxy.h"
#include "fetch/registrable_domain.h"
#include "fetch/transfer.h"
#include "fetch/validators.h"
#include "support/gzip_bytes.h"

using namespace testigo;
using namespace testigo::fetch;

TEST_CASE("validators of one answer become the next request's conditions", "[fetch]") {
  const std::vector<Header> answer = {{"etag", "W/\"abc\""},
                                      {"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"}};
  const Validators validators = validators_of(answer);
  CHECK(conditional_headers(validators) ==
        std::vector<Header>{{"If-None-Match", "W/\"abc\""},
                            {"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}});
  CHECK(validators_of({}).empty());
}

TEST_CASE("a validator that could break a header line is not sent", "[fetch]") {
  CHECK(conditional_headers({"\"a\"\r\nX: y", ""}).empty());
  CHECK(conditional_headers({std::string(5000, 'x'), ""}).empty());
}

TEST_CASE("the registrable domain follows the public suffix list", "[fetch]") {
  CHECK(registrable_domain("Shop.Example.co.uk") == "example.co.uk");
  CHECK(registrable_domain("www.emag.ro.") == "emag.ro");
  CHECK(registrable_domain("a.b.github.io") == "b.github.io");
  CHECK(registrable_domain("co.uk") == "co.uk");
  CHECK(registrable_domain("127.0.0.1") == "127.0.0.1");
  CHECK(registrable_domain("localhost") == "localhost");
}

TEST_CASE("pages may forbid being kept, to everyone or to us", "[fetch]") {
  const auto header = [](const char* value) {
    return policy_of_headers({{"X-Robots-Tag", value}}, "testigo",
                             *testigo::parse_iso8601("2026-05-01T00:00:00Z"));
  };
  CHECK(header("noindex").refuses_storage());
  CHECK(header("NOARCHIVE, nofollow").refuses_storage());
  CHECK(header("none").refuses_storage());
  CHECK(header("testigo: noindex").refuses_storage());
  CHECK_FALSE(header("otherbot: noindex").refuses_storage());
  CHECK_FALSE(header("max-snippet: 20, unavailable_after: 25 Jun 2030").refuses_storage());
  CHECK(header("max-snippet: 20, noindex").refuses_storage());
  CHECK(header("nofollow; noindex").refuses_storage());
  CHECK(header("nofollow noindex").refuses_storage());
  CHECK(header("testigo/0.1: noindex").refuses_storage());
  CHECK_FALSE(header("testigos: noindex").refuses_storage());
  CHECK(header("unavailable_after: 25 Jun 2020 15:00:00 PST").refuses_storage());
  CHECK(header("unavailable_after: Thu, 25 Jun 2020 15:00:00 GMT, nofollow").refuses_storage());
  CHECK_FALSE(header("unavailable_after: Tue, 25 Jun 2030 15:00:00 GMT").refuses_storage());
  CHECK(header("unavailable_after: Tue, 25 Jun 2030 15:00:00 GMT, noindex").refuses_storage());
  CHECK_FALSE(header("otherbot: noindex, unavailable_after: 2020-06-25").refuses_storage());
  CHECK_FALSE(header("nofollow").refuses_storage());
  CHECK(header("nofollow").nofollow);
  const auto html = [](const char* text) { return policy_of_html(text, "testigo", {}); };
  CHECK(html("<head><META content='noindex,follow' name=Robots>").noindex);
  CHECK(html("<meta name=\"testigo\" content=\"noarchive\">").noarchive);
  CHECK_FALSE(html("<meta name=googlebot content=noindex>").noindex);
  CHECK_FALSE(html("<!-- <meta name=robots content=noindex> -->").noindex);
}

TEST_CASE("only HTML is searched for meta tags", "[fetch]") {
  Page page;
  page.body = "<meta name=robots content=noindex>";
  page.headers = {{"Content-Type", "application/json"}};
  CHECK_FALSE(page_policy(page, "testigo").refuses_storage());
  page.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  CHECK(page_policy(page, "testigo").refuses_storage());
}

TEST_CASE("proxies come from the environment as other programs read them", "[fetch]") {
  const auto settings = [](std::map<std::string, std::string> environment) {
    return ProxySettings::from([environment = std::move(environment)](const char* name) {
      const auto found = environment.find(name);
      return found == environment.end() ? std::string() : found->second;
    });
  };
  CHECK(settings({{"HTTP_PROXY", "http://evil"}}).http.empty());
  const auto all = settings({{"http_proxy", "http://p:1"},
                             {"ALL_PROXY", "http://q:2"},
                             {"no_proxy", ".corp.example, direct.example"}});
  CHECK(proxy_for(all, "http", "example.com", 80) == "http://p:1");
  CHECK(proxy_for(all, "https", "example.com", 443) == "http://q:2");
  CHECK_FALSE(proxy_for(all, "http", "a.corp.example", 80));
  CHECK_FALSE(proxy_for(all, "http", "direct.example", 80));
  CHECK(proxy_for(all, "http", "indirect.example", 80));
  CHECK_FALSE(proxy_for(all, "http", "localhost", 80));
  CHECK_FALSE(proxy_for(all, "http", "127.0.0.1", 80));
  CHECK_FALSE(proxy_for(settings({{"http_proxy", "http://p:1"}, {"NO_PROXY", "*"}}), "http",
                        "a.example", 80));
}

TEST_CASE("what is no proxy's address is told from one", "[fetch]") {
  for (const char* good :
       {"http://127.0.0.1:3128", "proxy.example:3128", "proxy.example",
        "http://anna:p%2Fw@proxy.example:3128/", "socks5h://127.0.0.1:1080", "http://[::1]:3128"}) {
    INFO(good);
    CHECK(is_proxy(good));
  }
  for (const char* bad : {"http://u:hunter2/x@127.0.0.1:3128", "http://u:12/x@127.0.0.1:3128",
                          "http://u:p#x@127.0.0.1:3128", "http://u:p w@127.0.0.1:3128",
                          "http://127.0.0.1:port", "ftp://127.0.0.1:21", "http://"}) {
    INFO(bad);
    CHECK_FALSE(is_proxy(bad));
  }
}

TEST_CASE("no_proxy names domains, addresses and networks in the usual forms", "[fetch]") {
  const auto settings = ProxySettings::from([](const char* name) -> std::string {
    if (std::string_view(name) == "http_proxy") return "http://p:1";
    if (std::string_view(name) != "no_proxy") return {};
    return "*.Corp.example,10.0.0.0/8, 192.0.2.7 [2001:db8::1],2001:db8:1::/48,172.16.0.0/33,8/8";
  });
  for (const auto* host : {"a.corp.example", "corp.example", "10.200.3.4", "192.0.2.7",
                           "[2001:db8::1]", "[2001:db8:0:0::1]", "[2001:db8:1:ffff::9]"}) {
    CAPTURE(host);
    CHECK_FALSE(proxy_for(settings, "http", host, 80));
  }
  for (const auto* host : {"acorp.example", "11.0.0.1", "192.0.2.70", "[2001:db8::2]",
                           "[2001:db8:2::9]", "172.16.0.1", "8.8.8.8", "0.0.0.10"}) {
    CAPTURE(host);
    CHECK(proxy_for(settings, "http", host, 80));
  }
}

TEST_CASE("a no_proxy entry with a port is for that port alone", "[fetch]") {
  const auto settings = ProxySettings::from([](const char* name) -> std::string {
    if (std::string_view(name) == "http_proxy") return "http://p:1";
    if (std::string_view(name) != "no_proxy") return {};
    return "example.com:8080 .corp.example:443 192.0.2.7:81 [2001:db8::1]:8080 10.0.0.0/8:90 "
           "bad.example:http [2001:db8::2 *:7777";
  });
  const auto is_direct = [&](const char* host, std::uint16_t port) {
    return !proxy_for(settings, "http", host, port);
  };
  CHECK(is_direct("example.com", 8080));
  CHECK(is_direct("www.example.com", 8080));
  CHECK_FALSE(is_direct("example.com", 80));
  CHECK(is_direct("a.corp.example", 443));
  CHECK_FALSE(is_direct("a.corp.example", 80));
  CHECK(is_direct("192.0.2.7", 81));
  CHECK_FALSE(is_direct("192.0.2.7", 80));
  CHECK(is_direct("[2001:db8::1]", 8080));
  CHECK_FALSE(is_direct("[2001:db8::1]", 80));
  CHECK_FALSE(is_direct("[2001:db8::2]", 80));
  CHECK(is_direct("10.1.2.3", 90));
  CHECK_FALSE(is_direct("10.1.2.3", 91));
  CHECK_FALSE(is_direct("bad.example", 80));
  CHECK(is_direct("any.example", 7777));
}

TEST_CASE("bodies are decoded within bounds, and lies are named", "[fetch]") {
  const auto decode = [](std::string coding, std::string body, std::size_t most = 1 << 20) {
    Page page;
    page.url = "https://e.example/";
    page.headers = {{"Content-Encoding", std::move(coding)}};
    page.body_as_sent = std::move(body);
    return decode_page(std::move(page), most);
  };
  const std::string gzip = test::gzip_stored("hello");
  CHECK(decode("gzip", gzip)->body == "hello");
  CHECK(decode("gzip", gzip)->body_as_sent == gzip);
  CHECK(decode("gzip, gzip", test::gzip_stored(gzip))->body == "hello");
  CHECK(decode("utf-8", "plain")->body == "plain");
  CHECK(decode("gzip", "")->body.empty());
  CHECK(transfer_error_of(decode("gzip", gzip.substr(0, 12)).error()) ==
        TransferError::bad_encoding);
  CHECK(transfer_error_of(decode("gzip", "not gzip at all").error()) ==
        TransferError::bad_encoding);
  CHECK(transfer_error_of(decode("rot13", "x").error()) == TransferError::bad_encoding);
  CHECK(transfer_error_of(decode("gzip", test::gzip_bomb(100 << 20)).error()) ==
        TransferError::too_large);
}

TEST_CASE("headers are those of the last answer, joined and without trailers", "[fetch]") {
  AnswerHead head;
  for (const char* line :
       {"HTTP/1.1 103 Early Hints\r\n", "Link: </a.css>\r\n", "\r\n", "HTTP/1.1 200 OK\r\n",
        "A: one\r\n", "  two\r\n", "no header\r\n", "B:\r\n", "\r\n", "Trailer: late\r\n"}) {
    head.take_line(line);
  }
  CHECK(head.headers() == std::vector<Header>{{"A", "one two"}, {"B", ""}});
  CHECK(head.reason() == "OK");
}

TEST_CASE("a reason phrase is the server's own, bounded and without control characters",
          "[fetch]") {
  const auto reason_of = [](std::string_view line) {
    AnswerHead head;
    head.take_line(line);
    return head.reason();
  };
  CHECK(reason_of("HTTP/1.1 404 Not here, sorry\r\n") == "Not here, sorry");
  CHECK(reason_of("HTTP/1.0 200 D\xC3\xA9j\xC3\xA0 vu\r\n") == "D\xC3\xA9j\xC3\xA0 vu");
  for (const char* line : {"HTTP/1.1 200 \r\n", "HTTP/1.1 200\r\n", "HTTP/2 200 \r\n",
                           "HTTP/1.1 200 O\x1b[31mK\r\n", "HTTP/1.1 200 O\x7fK\r\n"}) {
    CAPTURE(line);
    CHECK(reason_of(line).empty());
  }
  CHECK(reason_of("HTTP/1.1 200 " + std::string(5000, 'x') + "\r\n").size() == 256);
  AnswerHead head;
  head.take_line("HTTP/1.1 500 Gone fishing\r\n");
  static_cast<void>(head.take());
  CHECK(head.reason().empty());
}
