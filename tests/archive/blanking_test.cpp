#include "archive/blanking.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "archive/cdxj_index.h"
#include "archive/support/scratch.h"
#include "archive/tombstone.h"
#include "archive/verify.h"
#include "archive/warc_reader.h"
#include "core/digest.h"

using namespace testigo;
using namespace testigo::archive;
using test::Scratch;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");
constexpr std::string_view first = R"({"id":"1","text":"Ana's own words about a kettle"})";
constexpr std::string_view second = R"({"id":"2","text":"What somebody else has said of it"})";

std::string two_rows() { return std::string(first) + "\n" + std::string(second) + "\n"; }

// A record of two rows, and one behind it.
std::vector<EvidenceRef> two_records(const Scratch& scratch, const std::string& block) {
  auto out = WarcWriter::open(test::options(scratch), noon);
  REQUIRE(out);
  std::vector<EvidenceRef> references;
  for (const std::string& one : {block, std::string("behind\n")})
    references.push_back(
        *out->append_metadata("https://shop.example/ana", "application/x-ndjson", one, noon));
  return references;
}

}  // namespace

TEST_CASE("a row of a record goes, its other bytes and all digests hold", "[archive]") {
  const Scratch scratch;
  auto references = two_records(scratch, two_rows());
  const std::string path = scratch.path(references[0].file);
  const std::string before = test::read_file(path);
  const std::vector<RecordParts> parts = {{references[0].offset, {{0, first.size()}}}};
  const auto digests = blank_parts(path, parts, noon);
  REQUIRE(digests);
  REQUIRE(digests->at(0));
  const auto record = read_record_at(path, references[0].offset);
  REQUIRE(record);
  CHECK(record->block == std::string(first.size(), ' ') + "\n" + std::string(second) + "\n");
  CHECK(record->field(blanked_field) == "2026-11-25T12:00:00Z");
  CHECK(record->target_uri().empty());
  CHECK_FALSE(is_tombstone(*record));
  CHECK(*digests->at(0) == labelled_digest(record->block));
  const std::string after = test::read_file(path);
  CHECK(after.size() == before.size());
  CHECK(after.substr(references[1].offset) == before.substr(references[1].offset));
  references[0].payload_digest = *digests->at(0);
  CHECK(verify_files(archive_files(scratch.folder())).sound());
  CHECK(verify_references(scratch.folder(), references).sound());
  CHECK(test::read_file(cdxj_path(path)).find("ana") != std::string::npos);  // the one behind
  CHECK(list_captures(path)->size() == 1);
  // Once more changes nothing.
  CHECK(*blank_parts(path, parts, noon)->at(0) == *digests->at(0));
  CHECK(test::read_file(path) == after);
}

TEST_CASE("ranges beyond a block, and those of other records, harm nothing", "[archive]") {
  const Scratch scratch;
  const auto references = two_records(scratch, two_rows());
  const std::string path = scratch.path(references[0].file);
  const std::vector<RecordParts> beyond = {
      {references[0].offset, {{first.size() + 1, ~std::uint64_t{0}}, {1 << 20, 7}}}};
  REQUIRE(blank_parts(path, beyond, noon)->at(0));
  CHECK(read_record_at(path, references[0].offset)->block ==
        std::string(first) + "\n" + std::string(second.size(), ' ') + "\n");
  CHECK_FALSE(blank_parts(path, std::vector<RecordParts>{{0, {{0, 5}}}}, noon)->at(0));  // warcinfo
  CHECK(blank_parts(scratch.path("gone.warc.gz"), beyond, noon).error().code == Errc::not_found);
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("a rest that does not fit into its place is left as it was", "[archive]") {
  const Scratch scratch;
  // So short that the note of the erasure takes more than the row gives.
  const auto references = two_records(scratch, "{}\n[]\n");
  const std::string path = scratch.path(references[0].file);
  const std::string before = test::read_file(path);
  const auto digests =
      blank_parts(path, std::vector<RecordParts>{{references[0].offset, {{0, 2}}}}, noon);
  REQUIRE(digests);
  if (!digests->at(0)) CHECK(test::read_file(path) == before);
  CHECK(verify_files(archive_files(scratch.folder())).sound());
}

TEST_CASE("what a kill left half written is finished by the next call", "[archive]") {
  const Scratch scratch;
  const auto references = two_records(scratch, two_rows());
  const std::string path = scratch.path(references[0].file);
  const std::vector<RecordParts> parts = {{references[0].offset, {{0, first.size()}}}};
  const std::string before = test::read_file(path);
  REQUIRE(blank_parts(path, parts, noon)->at(0));
  const std::string after = test::read_file(path);
  // Killed with the record beside the file, and half of it in its place.
  const auto offset = static_cast<std::size_t>(references[0].offset);
  const auto length = static_cast<std::size_t>(references[0].length);
  test::write_file(path + ".blanking",
                   std::to_string(offset) + "\n" + after.substr(offset, length));
  std::string torn = before;
  torn.replace(offset, length / 2, after, offset, length / 2);
  test::write_file(path, torn);
  REQUIRE(blank_parts(path, parts, noon)->at(0));
  CHECK(test::read_file(path) == after);
  CHECK_FALSE(std::filesystem::exists(path + ".blanking"));
  test::write_file(path + ".blanking", "no record");
  CHECK(blank_parts(path, parts, noon).error().code == Errc::malformed);
  CHECK(test::read_file(path) == after);
}
