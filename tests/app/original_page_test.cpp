#include "app/original_page.h"

#include <catch2/catch.hpp>
#include <string>

#include "support/gzip_bytes.h"

using namespace testigo;
using app::original_page;

namespace {

constexpr std::size_t plenty = 1 << 20;

Page answer(std::string body) {
  Page page;
  page.url = "https://archive.example/file.warc.gz";
  page.status = 206;
  page.body = std::move(body);
  page.fetched_at = *parse_iso8601("2026-11-25T12:00:00Z");
  return page;
}

extract::ExtractorSpec warc() {
  extract::ExtractorSpec spec;
  spec.format = extract::Format::warc;
  return spec;
}

std::string record(const std::string& http, std::size_t claimed) {
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://shop.example/kettle\r\n"
         "WARC-Date: 2024-03-01T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
         "Content-Length: " +
         std::to_string(claimed) + "\r\n\r\n" + http + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a page in a WARC record has its own address and time", "[app]") {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Good kettle</p>";
  const auto original =
      original_page(answer(test::gzip_stored(record(http, http.size()))), warc(), plenty);
  REQUIRE(original);
  CHECK(original->page.url == "https://shop.example/kettle");
  CHECK(original->page.body == "<p>Good kettle</p>");
  CHECK(original->taken_at == *parse_iso8601("2024-03-01T12:00:00Z"));
}

TEST_CASE("a body that is decoded already, whatever its header says, is read as it is", "[app]") {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>plain</p>";
  const auto original =
      original_page(answer(test::gzip_stored(record(http, http.size()))), warc(), plenty);
  REQUIRE(original);
  CHECK(original->page.body == "<p>plain</p>");
}

TEST_CASE("what is no WARC record is refused, and so is a bomb", "[app]") {
  const std::string http = "HTTP/1.1 200 OK\r\n\r\nx";
  for (const std::string& body :
       {std::string(), std::string("<html>"), test::gzip_stored("no record"),
        test::gzip_stored(record(http, http.size() + 1000)), test::gzip_stored(record("hello", 5))}) {
    const auto original = original_page(answer(body), warc(), plenty);
    REQUIRE(!original);
    CHECK(original.error().where == "https://archive.example/file.warc.gz");
  }
  const auto bomb = original_page(answer(test::gzip_bomb(64 << 20)), warc(), plenty);
  REQUIRE(!bomb);
  CHECK(bomb.error().code == Errc::limit_exceeded);
}

TEST_CASE("a copy is read as the page that it is of, at the time that it was taken", "[app]") {
  extract::ExtractorSpec spec;
  spec.address = "https://shop.example/kettle";
  Page page = answer("<p>3 days ago</p>");
  page.headers = {{"Memento-Datetime", "Fri, 01 Mar 2024 12:00:00 GMT"}};
  const auto original = original_page(page, spec, plenty);
  REQUIRE(original);
  CHECK(original->page.url == spec.address);
  CHECK(original->taken_at == *parse_iso8601("2024-03-01T12:00:00Z"));
  page.headers = {{"Memento-Datetime", "long ago"}};
  CHECK(original_page(page, spec, plenty)->taken_at == page.fetched_at);
  CHECK(original_page(page, {}, plenty)->page.url == page.url);
}
