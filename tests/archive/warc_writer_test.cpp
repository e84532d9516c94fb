#include "archive/warc_writer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include "archive/file.h"
#include "archive/recover.h"
#include "archive/support/scratch.h"
#include "archive/verify.h"
#include "archive/warc_reader.h"
#include "core/digest.h"
#include "formats/inflate.h"

using namespace testigo;
using namespace testigo::archive;
using test::exchange;
using test::options;
using test::Scratch;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

WarcWriter writer(const Scratch& scratch) {
  auto made = WarcWriter::open(options(scratch), noon);
  REQUIRE(made);
  return *std::move(made);
}

std::vector<WarcRecord> records_of(const std::string& path) {
  std::vector<WarcRecord> records;
  auto reader = WarcReader::open(path);
  REQUIRE(reader);
  while (true) {
    auto record = reader->next();
    REQUIRE(record);
    if (!*record) return records;
    records.push_back(**std::move(record));
  }
}

std::vector<std::string> types_of(const std::string& path) {
  std::vector<std::string> types;
  for (const WarcRecord& record : records_of(path)) types.emplace_back(record.type());
  return types;
}

}  // namespace

TEST_CASE("an exchange becomes a response and the request concurrent to it", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  const auto evidence = out.append(exchange("https://shop.example/p?id=1", "<p>good</p>"));
  REQUIRE(evidence);
  REQUIRE(out.sync());
  CHECK(evidence->file == "testigo-20261125-00001.warc.gz");
  CHECK(evidence->payload_digest == labelled_digest("<p>good</p>"));
  const auto records = records_of(scratch.path(evidence->file));
  REQUIRE(records.size() == 3);
  CHECK(records[0].type() == "warcinfo");
  const WarcRecord& response = records[1];
  CHECK(response.offset == evidence->offset);
  CHECK(response.length == evidence->length);
  CHECK(response.field("WARC-Payload-Digest") == evidence->payload_digest);
  CHECK(response.field("WARC-IP-Address") == "192.0.2.7");
  CHECK(response.field("WARC-Warcinfo-ID") == records[0].field("WARC-Record-ID"));
  CHECK(response.date() == noon);
  CHECK(records[2].type() == "request");
  CHECK(records[2].field("WARC-Concurrent-To") == response.field("WARC-Record-ID"));
  CHECK(records[2].block ==
        "GET /p?id=1 HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: testigo/test\r\n\r\n");
  const auto page = page_of(response);
  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(page->url == "https://shop.example/p?id=1");
  CHECK(page->body_as_sent == "<p>good</p>");
  CHECK(page->remote_address == "192.0.2.7");
  CHECK(page->fetched_at == noon);
}

TEST_CASE("each record is a gzip member of its own, as other tools expect", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  const auto evidence = out.append(exchange("https://shop.example/", std::string(100'000, 'x')));
  const std::string bytes = test::read_file(scratch.path(out.current_file()));
  const auto member = formats::inflate_member(
      std::string_view(bytes).substr(static_cast<std::size_t>(evidence->offset)), 1 << 20);
  REQUIRE(member);
  CHECK(member->consumed == evidence->length);
  CHECK(member->bytes.starts_with("WARC/1.1\r\nWARC-Type: response\r\n"));
  CHECK(member->bytes.ends_with("x\r\n\r\n"));
}

TEST_CASE("what the transfer undid is not undone again by a reader", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  Exchange chunked = exchange("https://shop.example/", "5\r\nhello\r\n0\r\n\r\n");
  chunked.page.headers = {{"transfer-encoding", "chunked"}, {"Content-Encoding", "gzip"}};
  chunked.page.http_version = "2";
  const auto evidence = out.append(chunked);
  const auto record = read_record_at(scratch.path(evidence->file), evidence->offset);
  REQUIRE(record);
  CHECK(record->field("WARC-Protocol") == "h2");
  const auto page = page_of(*record);
  CHECK(page->body_as_sent == chunked.page.body_as_sent);
  CHECK(page->http_version == "2");
  CHECK(find_header(page->headers, "Content-Encoding") == "gzip");
  CHECK_FALSE(find_header(page->headers, "Transfer-Encoding"));
}

TEST_CASE("a body of which no more was wanted is marked as cut", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  Exchange robots = exchange("https://shop.example/robots.txt", "User-agent: *");
  const auto whole = out.append(robots);
  robots.page.cut_short = true;
  const auto cut = out.append(robots);
  const auto truncated = [&](const EvidenceRef& where) {
    const auto record = read_record_at(scratch.path(where.file), where.offset);
    return std::string(record->field("WARC-Truncated"));
  };
  CHECK(truncated(*whole).empty());
  CHECK(truncated(*cut) == "length");
}

TEST_CASE("headers and URLs from outside cannot end a field early", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  Exchange evil = exchange("https://shop.example/\r\nWARC-Type: warcinfo", "x");
  evil.page.headers = {{"X", "a\r\n\r\nWARC/1.1"}, {"Y\nZ", std::string("n\0ul", 4)}};
  evil.request_headers = {{"X", "a\r\n\r\nGET / HTTP/1.1"}};
  const auto evidence = out.append(evil);
  const auto records = records_of(scratch.path(evidence->file));
  REQUIRE(records.size() == 3);
  CHECK(records[1].type() == "response");
  CHECK(page_of(records[1])->body_as_sent == "x");
  CHECK(page_of(records[1])->headers.size() == 2);
}

TEST_CASE("a 304 becomes a revisit that names what is unchanged", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  Exchange unchanged = exchange("https://shop.example/", "");
  unchanged.page.status = 304;
  const auto evidence =
      out.append_revisit(unchanged, {"sha256:abc", "<urn:uuid:1>", "https://shop.example/", noon});
  REQUIRE(evidence);
  const auto record = read_record_at(scratch.path(evidence->file), evidence->offset);
  CHECK(record->type() == "revisit");
  CHECK(record->field("WARC-Profile").ends_with("server-not-modified"));
  CHECK(record->field("WARC-Refers-To") == "<urn:uuid:1>");
  CHECK(record->field("WARC-Payload-Digest") == "sha256:abc");
  CHECK(page_of(*record)->status == 304);
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("an identical body becomes a revisit with its headers and without the body",
          "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  RevisitOf of{labelled_digest("<p>good</p>"), "<urn:uuid:1>", "https://shop.example/", noon};
  of.profile = RevisitProfile::identical_payload_digest;
  const auto evidence = out.append_revisit(
      exchange("https://shop.example/", "<p>good</p>", "2026-11-25T13:00:00Z"), of);
  REQUIRE(evidence);
  CHECK(evidence->payload_digest == of.payload_digest);
  const auto record = read_record_at(scratch.path(evidence->file), evidence->offset);
  CHECK(record->field("WARC-Profile") ==
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
  CHECK(record->field("WARC-Refers-To-Target-URI") == "https://shop.example/");
  CHECK(record->field("WARC-Refers-To-Date") == "2026-11-25T12:00:00Z");
  CHECK(record->field("WARC-Payload-Digest") == of.payload_digest);
  CHECK(record->block.starts_with("HTTP/1.1 200 "));
  CHECK(record->block.ends_with("\r\n\r\n"));
  CHECK(page_of(*record)->body_as_sent.empty());
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("the status line is kept as the server wrote it", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  const auto status_line = [&](std::string version, std::string reason, int status = 200) {
    Exchange one = exchange("https://shop.example/", "<p>good</p>");
    one.page.http_version = std::move(version);
    one.page.reason = std::move(reason);
    one.page.status = status;
    const auto evidence = out.append(one);
    REQUIRE(evidence);
    const auto record = read_record_at(scratch.path(evidence->file), evidence->offset);
    REQUIRE(record);
    return record->block.substr(0, record->block.find("\r\n"));
  };
  CHECK(status_line("1.1", "Alles gut") == "HTTP/1.1 200 Alles gut");
  CHECK(status_line("1.0", "") == "HTTP/1.0 200 ");
  CHECK(status_line("2", "") == "HTTP/1.1 200 OK");
  CHECK(status_line("2", "", 404) == "HTTP/1.1 404 Not Found");
  CHECK(status_line("2", "", 299) == "HTTP/1.1 299 ");
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("a digest that is known already is not computed again", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  Exchange known = exchange("https://shop.example/", "<p>good</p>");
  known.payload_digest = labelled_digest("<p>good</p>");
  const auto evidence = out.append(known);
  REQUIRE(evidence);
  CHECK(evidence->payload_digest == known.payload_digest);
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("metadata can be said about a URL", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  const auto evidence =
      out.append_metadata("https://shop.example/", "application/json", "{}", noon);
  const auto record = read_record_at(scratch.path(evidence->file), evidence->offset);
  CHECK(record->type() == "metadata");
  CHECK(record->block == "{}");
  CHECK(verify_references(scratch.folder(), std::vector{*evidence}).sound());
}

TEST_CASE("a file is gone on with, and described again", "[archive]") {
  const Scratch scratch;
  { REQUIRE(writer(scratch).append(exchange("https://a.example/", "1"))); }
  {
    auto out = writer(scratch);
    CHECK(out.messages().empty());
    REQUIRE(out.append(exchange("https://a.example/", "2")));
  }
  CHECK(archive_files(scratch.folder()).size() == 1);
  CHECK(types_of(scratch.path("testigo-20261125-00001.warc.gz")) ==
        std::vector<std::string>{"warcinfo", "response", "request", "warcinfo", "response",
                                 "request"});
}

TEST_CASE("a torn tail is cut wherever it was torn", "[archive]") {
  const Scratch scratch;
  std::uint64_t whole = 0;
  {
    auto out = writer(scratch);
    const auto kept = out.append(exchange("https://a.example/", "kept"));
    REQUIRE(kept);
    whole = std::filesystem::file_size(scratch.path(out.current_file()));
    REQUIRE(out.append(exchange("https://a.example/", "torn")));
  }
  const std::string path = scratch.path("testigo-20261125-00001.warc.gz");
  const std::string bytes = test::read_file(path);
  for (std::uint64_t size = whole + 1; size < bytes.size(); size += 37) {
    test::write_file(path, std::string_view(bytes).substr(0, static_cast<std::size_t>(size)));
    auto out = writer(scratch);
    REQUIRE(out.append(exchange("https://a.example/", "after")));
    const auto report = verify_files(archive_files(scratch.folder()));
    INFO(size);
    REQUIRE(report.sound());
  }
}

TEST_CASE("a file cut at any byte is kept up to its last whole record", "[archive]") {
  const Scratch scratch;
  std::vector<std::uint64_t> ends = {0};
  const std::string path = scratch.path("testigo-20261125-00001.warc.gz");
  {
    auto out = writer(scratch);
    ends.push_back(std::filesystem::file_size(path));
    const auto page = out.append(exchange("https://a.example/", "page"));
    ends.push_back(page->offset + page->length);
    ends.push_back(std::filesystem::file_size(path));
  }
  const std::string bytes = test::read_file(path);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    INFO(size);
    test::write_file(path, std::string_view(bytes).substr(0, size));
    auto file = File::open(path, File::Mode::change);
    REQUIRE(file);
    const auto recovery = cut_torn_tail(*file);
    REQUIRE(recovery);
    REQUIRE(recovery->kept_bytes == *std::prev(std::upper_bound(ends.begin(), ends.end(), size)));
    REQUIRE(recovery->cut_bytes == size - recovery->kept_bytes);
    REQUIRE(file->size() == recovery->kept_bytes);
  }
}

TEST_CASE("damage within a file takes nothing of what stands behind it", "[archive]") {
  const Scratch scratch;
  const std::string path = scratch.path("testigo-20261125-00001.warc.gz");
  std::vector<std::uint64_t> begins;
  {
    auto out = writer(scratch);
    for (int i = 0; i < 4; ++i)
      begins.push_back(out.append(exchange("https://a.example/" + std::to_string(i), "x"))->offset);
  }
  const std::string bytes = test::read_file(path);
  for (std::size_t at = 0; at < bytes.size(); at += 11) {
    INFO(at);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(~damaged[at]);
    test::write_file(path, damaged);
    auto file = File::open(path, File::Mode::change);
    REQUIRE(file);
    const auto recovery = cut_torn_tail(*file);
    REQUIRE(recovery);
    // The last member is the fourth exchange's request: only what is cut of that may be lost.
    if (at < begins.back()) {
      CHECK(recovery->cut_bytes == 0);
      CHECK(test::read_file(path) == damaged);
    }
    CHECK(recovery->kept_bytes + recovery->cut_bytes == bytes.size());
    CHECK(recovery->damaged_bytes < bytes.size());
  }
}

TEST_CASE("a finished file is not touched again, damaged or not", "[archive]") {
  const Scratch scratch;
  { REQUIRE(writer(scratch).append(exchange("https://a.example/", "kept"))); }
  const std::string old = scratch.path("testigo-20261125-00001.warc.gz");
  std::string bytes = test::read_file(old);
  bytes[bytes.size() - 30] = static_cast<char>(~bytes[bytes.size() - 30]);
  test::write_file(old, bytes);
  std::filesystem::last_write_time(old + ".cdxj", std::filesystem::last_write_time(old));
  auto out = WarcWriter::open(test::options(scratch), *parse_iso8601("2026-11-27T12:00:00Z"));
  REQUIRE(out);
  CHECK(out->messages().empty());
  CHECK(test::read_file(old) == bytes);
}

TEST_CASE("today's file goes on behind damage, and says so", "[archive]") {
  const Scratch scratch;
  EvidenceRef first, second;
  {
    auto out = writer(scratch);
    first = *out.append(exchange("https://a.example/1", "one"));
    second = *out.append(exchange("https://a.example/2", "two"));
  }
  const std::string path = scratch.path(first.file);
  std::string bytes = test::read_file(path);
  bytes[first.offset + first.length / 2] ^= 0x55;
  test::write_file(path, bytes);
  EvidenceRef third;
  {
    auto out = writer(scratch);
    REQUIRE_FALSE(out.messages().empty());
    CHECK(out.messages()[0].find("damaged, and left as they are") != std::string::npos);
    third = *out.append(exchange("https://a.example/3", "three"));
  }
  CHECK_FALSE(read_record_at(path, first.offset));
  CHECK(page_of(*read_record_at(path, second.offset))->body_as_sent == "two");
  CHECK(page_of(*read_record_at(path, third.offset))->body_as_sent == "three");
}

TEST_CASE("a process that runs past midnight goes on in the next day's file", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  const std::vector<std::pair<std::string, std::string>> visits = {
      {"2026-11-25T23:59:59Z", "testigo-20261125-00001.warc.gz"},
      {"2026-11-26T00:00:00Z", "testigo-20261126-00001.warc.gz"},
      {"2026-11-26T23:59:59Z", "testigo-20261126-00001.warc.gz"},
      {"2026-11-28T10:00:00Z", "testigo-20261128-00001.warc.gz"}};
  for (const auto& [time, file] : visits) {
    const auto evidence = out.append(exchange("https://a.example/", "page", time));
    REQUIRE(evidence);
    CHECK(evidence->file == file);
    CHECK(out.current_file() == file);
  }
  // Files that are finished have their index at once, not only when the process ends.
  CHECK(std::filesystem::exists(scratch.path("testigo-20261125-00001.warc.gz.cdxj")));
  CHECK(std::filesystem::exists(scratch.path("testigo-20261126-00001.warc.gz.cdxj")));
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("zeros that a power cut left are cut, and the message counts them", "[archive]") {
  const Scratch scratch;
  { REQUIRE(writer(scratch).append(exchange("https://a.example/", "kept"))); }
  const std::string path = scratch.path("testigo-20261125-00001.warc.gz");
  const std::string bytes = test::read_file(path);
  test::write_file(path, bytes + std::string(4096, '\0'));
  {
    auto out = writer(scratch);
    REQUIRE(out.messages().size() == 1);
    CHECK(out.messages()[0] ==
          "testigo-20261125-00001.warc.gz: cut 4096 bytes of an unfinished record at its end");
  }
  // The last record's bytes are missing though its length is right.
  std::string holed = bytes;
  holed.replace(holed.size() - 100, 100, std::string(100, '\0'));
  test::write_file(path, holed);
  { CHECK(writer(scratch).messages().size() == 1); }
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("yesterday's torn tail is cut too", "[archive]") {
  const Scratch scratch;
  { REQUIRE(writer(scratch).append(exchange("https://a.example/", "kept"))); }
  const std::string path = scratch.path("testigo-20261125-00001.warc.gz");
  const std::string bytes = test::read_file(path);
  test::write_file(path, std::string_view(bytes).substr(0, bytes.size() - 5));
  std::filesystem::remove(path + ".cdxj");  // which a process that is killed does not write
  auto out = WarcWriter::open(options(scratch), noon + std::chrono::days(1));
  REQUIRE(out);
  CHECK(out->current_file() == "testigo-20261126-00001.warc.gz");
  CHECK(out->messages().size() == 1);
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("files are rotated by size and by day", "[archive]") {
  const Scratch scratch;
  WriterOptions small = options(scratch);
  small.max_file_bytes = 2000;
  auto out = WarcWriter::open(small, noon);
  REQUIRE(out);
  std::vector<EvidenceRef> references;
  for (int i = 0; i < 6; ++i) {
    references.push_back(
        *out->append(exchange("https://a.example/" + std::to_string(i), random_bytes(500))));
  }
  references.push_back(*out->append(exchange("https://a.example/", "n", "2026-11-26T00:00:01Z")));
  CHECK(references.back().file == "testigo-20261126-00001.warc.gz");
  CHECK(references[5].file > references[0].file);
  // An answer that was fetched before midnight and written after it opens no new file.
  references.push_back(*out->append(exchange("https://a.example/", "o", "2026-11-25T23:59:59Z")));
  CHECK(references.back().file == "testigo-20261126-00001.warc.gz");
  CHECK(verify_references(scratch.folder(), references).sound());
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("two writers never share a file", "[archive]") {
  const Scratch scratch;
  auto first = writer(scratch);
  auto second = writer(scratch);
  CHECK(first.current_file() == "testigo-20261125-00001.warc.gz");
  CHECK(second.current_file() == "testigo-20261125-00002.warc.gz");
  REQUIRE(first.append(exchange("https://a.example/", "1")));
  REQUIRE(second.append(exchange("https://b.example/", "2")));
  CHECK(verify_files(archive_files(scratch.folder())).records == 6);
}

TEST_CASE("a full disk loses nothing that was there", "[archive]") {
  const Scratch scratch;
  auto out = writer(scratch);
  REQUIRE(out.append(exchange("https://a.example/", "kept")));
  const auto size = std::filesystem::file_size(scratch.path(out.current_file()));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{size + 300, before.rlim_max};  // a record begins to fit, and does not
  setrlimit(RLIMIT_FSIZE, &full);
  const auto failed = out.append(exchange("https://a.example/", random_bytes(2000)));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Errc::io);
  CHECK(std::filesystem::file_size(scratch.path(out.current_file())) == size);
  REQUIRE(out.append(exchange("https://a.example/", "after")));
  const auto report = verify_files(archive_files(scratch.folder()));
  CHECK(report.sound());
  CHECK(report.records == 5);
}

TEST_CASE("a folder that cannot be made is named", "[archive]") {
  const Scratch scratch;
  test::write_file(scratch.path("file"), "");
  WriterOptions wrong = options(scratch);
  wrong.folder = scratch.path("file/archive");
  const auto made = WarcWriter::open(wrong, noon);
  REQUIRE_FALSE(made);
  CHECK(made.error().code == Errc::io);
  CHECK(made.error().where == wrong.folder);
}
