#include "archive/warc_reader.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <string>

#include "archive/record_head.h"
#include "archive/support/scratch.h"
#include "archive/verify.h"
#include "support/gzip_bytes.h"

using namespace testigo;
using namespace testigo::archive;
using test::gzip_stored;
using test::Scratch;

namespace {

std::string record(std::string_view type, std::string_view block, std::string_view extra = {}) {
  std::string text = "WARC/1.0\r\nWARC-Type: " + std::string(type) + "\r\n";
  text += "WARC-Date: 2026-11-25T12:00:00Z\r\nWARC-Target-URI: <https://e.example/>\r\n";
  text += extra;
  text += "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  text += block;
  return text + "\r\n\r\n";
}

struct Outcome {
  std::size_t records = 0;
  std::optional<Error> error;
};

Outcome read_all(const std::string& path, ReaderLimits limits = {}) {
  Outcome outcome;
  auto reader = WarcReader::open(path, limits);
  if (!reader) return {0, reader.error()};
  while (true) {
    const auto next = reader->next();
    if (!next) return {outcome.records, next.error()};
    if (!*next) return outcome;
    ++outcome.records;
  }
}

Outcome read_bytes(std::string_view bytes, ReaderLimits limits = {}) {
  const Scratch scratch;
  test::write_file(scratch.path("x.warc"), bytes);
  return read_all(scratch.path("x.warc"), limits);
}

}  // namespace

TEST_CASE("records are read plain, gzipped one by one, gzipped whole and cut up", "[archive]") {
  const std::string one = record("metadata", "first");
  const std::string two = record("metadata", "second");
  const std::string member = gzip_stored(one);
  for (const std::string& bytes :
       {one + two, gzip_stored(one) + gzip_stored(two), gzip_stored(one + two),
        gzip_stored(one.substr(0, one.size() - 6)) + gzip_stored(one.substr(one.size() - 6)) +
            gzip_stored(two),
        "\r\n\r\n" + one + "\r\n" + two + "\r\n\r\n\r\n"}) {
    const Scratch scratch;
    test::write_file(scratch.path("x"), bytes);
    auto reader = WarcReader::open(scratch.path("x"));
    const auto first = *reader->next();
    const auto second = *reader->next();
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->block == "first");
    CHECK(second->block == "second");
    CHECK(second->target_uri() == "https://e.example/");
    CHECK_FALSE(*reader->next());
    const auto again = read_record_at(scratch.path("x"), second->offset, second->within);
    REQUIRE(again);
    CHECK(again->block == "second");
    CHECK(again->length == second->length);
  }
}

TEST_CASE("ARC records are given the fields of WARC ones", "[archive]") {
  const std::string arc =
      "filedesc://x.arc 0.0.0.0 20140216050221 text/plain 6\n1 0 x\n\n"
      "http://e.example/a b 192.0.2.1 20140216050222 text/html 20\nHTTP/1.0 200 OK\r\n\r\nx\n";
  const Scratch scratch;
  test::write_file(scratch.path("x.arc"), arc);
  auto reader = WarcReader::open(scratch.path("x.arc"));
  CHECK((*reader->next())->type() == "warcinfo");
  const auto answer = *reader->next();
  REQUIRE(answer);
  CHECK(answer->type() == "response");
  CHECK(answer->target_uri() == "http://e.example/a b");
  CHECK(answer->date() == parse_iso8601("2014-02-16T05:02:22Z"));
  CHECK(page_of(*answer)->body_as_sent == "x");
}

TEST_CASE("broken archives give an error that says where", "[archive]") {
  const std::string whole = record("metadata", "block");
  for (std::size_t size = 1; size < whole.size() - 4; ++size) {
    INFO(size);
    const auto outcome = read_bytes(std::string_view(whole).substr(0, size));
    REQUIRE(outcome.error);
    CHECK(outcome.error->where.ends_with(":0"));
  }
  const std::string member = gzip_stored(whole);
  for (std::size_t size = 1; size < member.size(); ++size) {
    INFO(size);
    REQUIRE(read_bytes(std::string_view(member).substr(0, size)).error);
  }
  CHECK(read_bytes("").records == 0);
  CHECK(read_bytes("<html>not an archive</html>\n").error->code == Errc::malformed);
  CHECK(read_bytes("WARC/1.0\r\nContent-Length: -5\r\n\r\n").error);
  CHECK(read_bytes("WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n").error);
  CHECK(read_bytes("WARC/1.0\r\nno colon\r\n\r\n").error);
  CHECK(read_bytes(gzip_stored("")).error);
  CHECK(read_all("/nonexistent/x.warc").error->code == Errc::not_found);
  CHECK(read_all("/").error);
}

TEST_CASE("the first records of a broken archive are still read", "[archive]") {
  const auto outcome = read_bytes(record("metadata", "1") + record("metadata", "2") + "garbage\n");
  CHECK(outcome.records == 2);
  CHECK(outcome.error);
}

TEST_CASE("limits are errors, not allocations", "[archive]") {
  ReaderLimits limits;
  limits.max_block_bytes = 1000;
  limits.max_header_bytes = 500;
  CHECK(read_bytes("WARC/1.0\r\nContent-Length: 9999999999\r\n\r\n", limits).error->code ==
        Errc::limit_exceeded);
  CHECK(read_bytes(record("metadata", std::string(2000, 'x')), limits).error->code ==
        Errc::limit_exceeded);
  CHECK(read_bytes(gzip_stored(record("metadata", std::string(2000, 'x'))), limits).error->code ==
        Errc::limit_exceeded);
  CHECK(read_bytes(test::gzip_bomb(1 << 20), limits).error->code == Errc::limit_exceeded);
  CHECK(read_bytes("WARC/1.0\r\nX: " + std::string(2000, 'x') + "\r\n\r\n", limits).error);
  std::string many = "WARC/1.0\r\n";
  for (int i = 0; i < 300; ++i) many += "A: b\r\n";
  CHECK(read_bytes(many + "Content-Length: 0\r\n\r\n").error->code == Errc::limit_exceeded);
}

TEST_CASE("chunk framing is undone where it is really there", "[archive]") {
  CHECK(without_chunks("5\r\nhello\r\n3;x=y\r\n!!!\r\n0\r\n\r\n") == "hello!!!");
  for (const std::string body : {"", "plain", "5\r\nhel", "5\r\nhelloX", "zz\r\n", "5\r\nhello\r\n",
                                 "ffffffffffffffffffff\r\nx", "-1\r\nx"}) {
    CHECK(without_chunks(body) == body);
  }
}

TEST_CASE("HTTP messages are read leniently, what is none is an error", "[archive]") {
  const auto answer =
      parse_http_message("HTTP/1.1 404 Not Found\nA: b\n  c\nbroken line\nD:e\n\nbody");
  REQUIRE(answer);
  CHECK(answer->status == 404);
  CHECK(answer->reason == "Not Found");
  CHECK(answer->headers == std::vector<Header>{{"A", "b c"}, {"D", "e"}});
  CHECK(answer->body == "body");
  const auto request = parse_http_message("POST /x HTTP/1.1\r\nHost: e.example\r\n\r\nq=1");
  CHECK(request->method == "POST");
  CHECK(request->target == "/x");
  CHECK(request->body == "q=1");
  CHECK(parse_http_message("HTTP/1.1 200")->body.empty());
  for (const char* block : {"", "\r\n\r\n", "HTTP/1.1", "HTTP/1.1 abc", "nonsense", "GET /"}) {
    CHECK_FALSE(parse_http_message(block));
  }
}

TEST_CASE("other tools' archives are read, the broken ones refused", "[archive][shared]") {
  const std::string folder = std::string(TESTIGO_SHARED_DIR) + "/fixtures/warc";
  if (!std::filesystem::exists(folder)) {
    std::cout << "skipped: " << folder << " is absent\n";
    return;
  }
  std::size_t read = 0;
  for (const std::string& path : archive_files(folder)) {
    const auto outcome = read_all(path);
    const bool broken = path.ends_with("bad.arc") || path.ends_with("example-trunc.warc");
    INFO(path << " " << (outcome.error ? describe(*outcome.error) : ""));
    CHECK(outcome.error.has_value() == broken);
    if (!broken) {
      CHECK(outcome.records > 0);
      const bool wrong_digest =  // altered by their authors
          path.ends_with("example-digest.warc") || path.ends_with("wrong-chunks.warc.gz");
      CHECK(verify_files(std::vector{path}).sound() != wrong_digest);
    }
    ++read;
  }
  CHECK(read > 20);
}

TEST_CASE("after a damaged record the next one is found", "[archive]") {
  const std::string first = gzip_stored(record("response", "one"));
  std::string second = gzip_stored(record("response", "two \x1F\x8B\x08 and WARC/1.0 in it"));
  second[second.size() / 2] ^= 0x55;
  const std::string third = gzip_stored(record("response", "three"));
  const Scratch scratch;
  const auto blocks = [&](const std::string& bytes) {
    test::write_file(scratch.path("x.warc.gz"), bytes);
    auto reader = *WarcReader::open(scratch.path("x.warc.gz"));
    std::vector<std::string> found;
    for (bool goes_on = true; goes_on;) {
      auto next = reader.next();
      if (!next) {
        found.emplace_back("broken");
        goes_on = *reader.resync();
      } else if (*next) {
        found.push_back((*next)->block);
      } else {
        goes_on = false;
      }
    }
    return found;
  };
  using Blocks = std::vector<std::string>;
  CHECK(blocks(first + second + third) == Blocks{"one", "broken", "three"});
  CHECK(blocks(first + third + second) == Blocks{"one", "three", "broken"});
  CHECK(blocks(record("response", "one") + "rubbish\r\n\r\n" + record("response", "two")) ==
        Blocks{"one", "broken", "two"});
}
