#include "archive/verify.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "archive/digest_label.h"
#include "archive/support/scratch.h"
#include "archive/tombstone.h"
#include "archive/warc_reader.h"

using namespace testigo;
using namespace testigo::archive;
using test::exchange;
using test::Scratch;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

std::vector<EvidenceRef> three_pages(const Scratch& scratch) {
  auto out = WarcWriter::open(test::options(scratch), noon);
  REQUIRE(out);
  std::vector<EvidenceRef> references;
  for (const char* body : {"first <b>page</b>", "second <b>page</b>", "third <b>page</b>"}) {
    references.push_back(*out->append(exchange("https://e.example/?q=author", body)));
  }
  return references;
}

}  // namespace

TEST_CASE("an untouched archive is sound, each digest looked at", "[archive]") {
  const Scratch scratch;
  const auto references = three_pages(scratch);
  const auto report = verify_files(archive_files(scratch.folder()));
  CHECK(report.sound());
  CHECK(report.notes.empty());
  CHECK(report.files == 1);
  CHECK(report.records == 7);
  CHECK(report.digests_checked == 10);
  CHECK(report.bytes == test::read_file(scratch.path(references[0].file)).size());
  CHECK(verify_references(scratch.folder(), references).sound());
}

TEST_CASE("every changed byte of a record is found", "[archive]") {
  const Scratch scratch;
  const auto references = three_pages(scratch);
  const std::string path = scratch.path(references[1].file);
  const std::string bytes = test::read_file(path);
  for (std::uint64_t i = 24; i < references[1].length;
       ++i) {  // behind the gzip head; the last byte of deflate has idle high bits
    std::string changed = bytes;
    const auto at = static_cast<std::size_t>(references[1].offset + i);
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    test::write_file(path, changed);
    INFO(i);
    REQUIRE_FALSE(verify_files(archive_files(scratch.folder())).sound());
    REQUIRE_FALSE(verify_references(scratch.folder(), references).sound());
  }
}

TEST_CASE("a reference to nothing, or to another page, is a problem", "[archive]") {
  const Scratch scratch;
  auto references = three_pages(scratch);
  CHECK(verify_references(scratch.folder(), std::vector<EvidenceRef>{}).sound());
  auto missing = references[0];
  missing.file = "gone.warc.gz";
  auto shifted = references[0];
  shifted.offset += 1;
  auto beyond = references[0];
  beyond.offset = 1 << 30;
  auto other = references[0];
  other.payload_digest = references[1].payload_digest;
  auto longer = references[0];
  longer.length += 1;
  for (const auto& wrong : {missing, shifted, beyond, other, longer}) {
    CHECK(verify_references(scratch.folder(), std::vector{wrong}).problems.size() == 1);
  }
}

TEST_CASE("digests are compared in either spelling", "[archive]") {
  CHECK(compare_digest("sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A", "x") == DigestMatch::different);
  CHECK(compare_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "") == DigestMatch::same);
  CHECK(compare_digest("SHA256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                       "") == DigestMatch::same);
  CHECK(compare_digest("sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====", "") ==
        DigestMatch::same);
  CHECK(compare_digest("md5:1B2M2Y8AsgTpgAmY7PhCfg==", "") == DigestMatch::unknown);
  CHECK(compare_digest("", "") == DigestMatch::unknown);
}

TEST_CASE("an erased record leaves its place, and nothing else", "[archive]") {
  const Scratch scratch;
  const auto references = three_pages(scratch);
  const std::string path = scratch.path(references[1].file);
  const std::string before = test::read_file(path);
  REQUIRE(erase_record(scratch.folder(), references[1], "asked for by its author", noon));
  const std::string after = test::read_file(path);
  CHECK(after.size() == before.size());
  CHECK(after.substr(0, references[1].offset) == before.substr(0, references[1].offset));
  CHECK(after.substr(references[2].offset) == before.substr(references[2].offset));
  const auto tombstone = read_record_at(path, references[1].offset);
  REQUIRE(tombstone);
  CHECK(is_tombstone(*tombstone));
  CHECK(tombstone->length == references[1].length);
  CHECK(tombstone->block == "asked for by its author");
  CHECK(tombstone->target_uri().empty());
  auto reader = WarcReader::open(path);
  while (auto record = *reader->next()) {
    CHECK(record->block.find("second") == std::string::npos);
    if (is_tombstone(*record)) CHECK(record->field("WARC-Target-URI").empty());
  }
  const auto report = verify_files(archive_files(scratch.folder()));
  CHECK(report.sound());
  CHECK(report.notes.size() == 2);  // the response and its request
  const auto by_reference = verify_references(scratch.folder(), references);
  CHECK(by_reference.sound());
  CHECK(by_reference.notes.size() == 1);
}

TEST_CASE("erasing twice changes nothing, erasing nothing is an error", "[archive]") {
  const Scratch scratch;
  const auto references = three_pages(scratch);
  REQUIRE(erase_record(scratch.folder(), references[0], "once", noon));
  const std::string once = test::read_file(scratch.path(references[0].file));
  REQUIRE(erase_record(scratch.folder(), references[0], "twice", noon));
  CHECK(test::read_file(scratch.path(references[0].file)) == once);
  auto wrong = references[0];
  wrong.file = "gone.warc.gz";
  CHECK(erase_record(scratch.folder(), wrong, "", noon).error().code == Errc::not_found);
  wrong = references[0];
  wrong.offset = 1 << 30;
  CHECK(erase_record(scratch.folder(), wrong, "", noon).error().code == Errc::not_found);
}

TEST_CASE("a reason that does not fit is left out", "[archive]") {
  const Scratch scratch;
  const auto references = three_pages(scratch);
  std::string reason;
  for (int i = 0; i < 2000; ++i) reason += std::to_string(i * 7919);
  REQUIRE(erase_record(scratch.folder(), references[2], reason, noon));
  const auto tombstone = read_record_at(scratch.path(references[2].file), references[2].offset);
  CHECK(is_tombstone(*tombstone));
  CHECK(tombstone->block.empty());
}

TEST_CASE("a file that is being written is not erased from", "[archive]") {
  const Scratch scratch;
  auto out = WarcWriter::open(test::options(scratch), noon);
  const auto evidence = out->append(exchange("https://e.example/", "x"));
  CHECK(erase_record(scratch.folder(), *evidence, "", noon).error().code == Errc::busy);
}

TEST_CASE("several records of a file are erased at once, and its index says so", "[archive]") {
  const Scratch scratch;
  const auto references = three_pages(scratch);
  const std::string path = scratch.path(references[0].file);
  const std::vector<std::uint64_t> offsets{references[0].offset, references[2].offset};
  REQUIRE(erase_records(path, offsets, "asked to", noon));
  const auto report = verify_references(scratch.folder(), references);
  CHECK(report.sound());
  CHECK(report.erased == 2);
  CHECK_FALSE(is_tombstone(*read_record_at(path, references[1].offset)));
  const std::string index = test::read_file(path + ".cdxj");
  CHECK(std::count(index.begin(), index.end(), '\n') == 1);
}
