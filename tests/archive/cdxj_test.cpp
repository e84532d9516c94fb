#include "archive/cdxj.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "archive/cdxj_index.h"
#include "archive/line_sorter.h"
#include "archive/support/scratch.h"
#include "archive/surt.h"
#include "archive/tombstone.h"
#include "archive/verify.h"
#include "archive/warc_reader.h"
#include "archive/warc_writer.h"

using namespace testigo;
using namespace testigo::archive;
using test::exchange;
using test::Scratch;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");
constexpr const char* first_file = "testigo-20261125-00001.warc.gz";

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Every line leads to the record that it speaks of.
void check_lines(const std::string& archive_path, std::size_t expected) {
  const auto lines = lines_of(cdxj_path(archive_path));
  CHECK(lines.size() == expected);
  CHECK(std::is_sorted(lines.begin(), lines.end()));
  for (const std::string& line : lines) {
    INFO(line);
    const auto entry = parse_cdxj_line(line);
    REQUIRE(entry);
    CHECK(entry->filename == std::filesystem::path(archive_path).filename());
    const auto record = read_record_at(archive_path, entry->offset);
    REQUIRE(record);
    CHECK(record->length == entry->length);
    CHECK(cdxj_entry(*record, entry->filename) == *entry);
    CHECK(cdxj_line(*entry) == line + "\n");
  }
}

void append(WarcWriter& out, int number) {
  REQUIRE(out.append(exchange("https://shop.example/p?id=" + std::to_string(number), "page")));
}

}  // namespace

TEST_CASE("URLs become keys that sort by site", "[archive][cdxj]") {
  const auto same = [](std::string_view url, std::string_view key) {
    INFO(url);
    CHECK(surt_of(url) == key);
  };
  same("http://example.com", "com,example)/");
  same("https://www.Example.com:443/", "com,example)/");
  same("http://www2.sub.example.co.uk:8080/A/", "uk,co,example,sub:8080)/a");
  same("http://example.com?example=1", "com,example)/?example=1");
  same("http://user:pw@example.com/a//b/../c#frag", "com,example)/a/c");
  same("http://example.com/?b=2&a=1&a&a=", "com,example)/?a&a=&a=1&b=2");
  same("http://example.com/p?", "com,example)/p");
  same("http://example.com/%7Ea%2525%20b", "com,example)/~a%25%20b");
  same("http://example.com/%C3%B1", "com,example)/%c3%b1");
  same("http://example.com/a-path/that-is/longer-than/a-small-string.html",
       "com,example)/a-path/that-is/longer-than/a-small-string.html");
  same("http://192.0.2.7/x", "192.0.2.7)/x");
  same("http://[2001:db8::1]/x", "[2001:db8::1])/x");
  same("http://www.com/", "com)/");
  same("metadata with spaces", "metadata%20with%20spaces");
}

TEST_CASE("a line has the shape that pywb writes", "[archive][cdxj]") {
  CHECK(cdxj_line({"http://example.com?example=1", *parse_iso8601("2014-01-03T03:03:21Z"),
                   "text/html", 200, "sha256:ab", 1043, 333, "example.warc.gz"}) ==
        "com,example)/?example=1 20140103030321 {\"url\": \"http://example.com?example=1\", "
        "\"mime\": \"text/html\", \"status\": \"200\", \"digest\": \"sha256:ab\", "
        "\"length\": \"1043\", \"offset\": \"333\", \"filename\": \"example.warc.gz\"}\n");
  for (const char* line : {"", "key", "key 2014", "key 2014 {}", "key 20140103030321",
                           "key 20140103030321 {", "key 2014010303032x {}"}) {
    INFO(line);
    CHECK_FALSE(parse_cdxj_line(line));
  }
}

TEST_CASE("what a writer leaves behind is indexed", "[archive][cdxj]") {
  const Scratch scratch;
  {
    auto out = *WarcWriter::open(test::options(scratch), noon);
    for (int i = 0; i < 30; ++i) append(out, i);
    Exchange unchanged = exchange("https://shop.example/p?id=7", "");
    unchanged.page.status = 304;
    REQUIRE(out.append_revisit(unchanged, {"sha256:ab", "", "https://shop.example/p?id=7", noon}));
    REQUIRE(out.append_metadata("https://shop.example/", "application/json", "{}", noon));
    CHECK_FALSE(std::filesystem::exists(cdxj_path(scratch.path(first_file))));
  }
  check_lines(scratch.path(first_file), 32);
  {
    auto out = *WarcWriter::open(test::options(scratch), noon);
    append(out, 99);
  }
  check_lines(scratch.path(first_file), 33);
  // The same as reading the file anew.
  const std::string grown = test::read_file(cdxj_path(scratch.path(first_file)));
  CHECK(write_cdxj(scratch.path(first_file)) == 33u);
  CHECK(test::read_file(cdxj_path(scratch.path(first_file))) == grown);
}

TEST_CASE("an index that is missing, behind or ahead is mended", "[archive][cdxj]") {
  const Scratch scratch;
  const std::string path = scratch.path(first_file);
  const std::string index = cdxj_path(path);
  std::string behind;
  std::string bytes_behind;
  {
    auto out = *WarcWriter::open(test::options(scratch), noon);
    for (int i = 0; i < 5; ++i) append(out, i);
  }
  behind = test::read_file(index);
  bytes_behind = test::read_file(path);
  {
    auto out = *WarcWriter::open(test::options(scratch), noon);
    for (int i = 5; i < 10; ++i) append(out, i);
  }
  const std::string ahead = test::read_file(index);
  const auto open_next_day = [&] {  // a crash leaves the archive newer than its index
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now());
    if (std::filesystem::exists(index)) {
      std::filesystem::last_write_time(
          index, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    }
    REQUIRE(WarcWriter::open(test::options(scratch), noon + std::chrono::days(1)));
  };
  test::write_file(index, behind);
  open_next_day();
  CHECK(test::read_file(index) == ahead);
  std::filesystem::remove(index);
  open_next_day();
  CHECK(test::read_file(index) == ahead);
  test::write_file(index, std::string_view(ahead).substr(0, ahead.size() / 2));  // torn by a disk
  open_next_day();
  check_lines(path, 10);
  test::write_file(path, bytes_behind);
  test::write_file(index, ahead);
  open_next_day();
  CHECK(test::read_file(index) == behind);
}

TEST_CASE("an erased record leaves the index", "[archive][cdxj]") {
  const Scratch scratch;
  EvidenceRef erased;
  {
    auto out = *WarcWriter::open(test::options(scratch), noon);
    append(out, 1);
    erased = *out.append(exchange("https://shop.example/private", std::string(900, 'x')));
    append(out, 2);
  }
  REQUIRE(erase_record(scratch.folder(), erased, "asked to", noon));
  check_lines(scratch.path(first_file), 2);
  CHECK(test::read_file(cdxj_path(scratch.path(first_file))).find("private") == std::string::npos);
  CHECK(write_cdxj(scratch.path(first_file)) == 2u);
}

TEST_CASE("lines are sorted in little memory, each once", "[archive][cdxj]") {
  const Scratch scratch;
  LineSorter sorter(scratch.folder(), 2000);
  for (int i = 0; i < 5000; ++i) {
    REQUIRE(sorter.add(std::to_string(i * 7919 % 4000) + " line\n"));
  }
  std::vector<std::string> sorted;
  const auto collect = [&sorted](std::string_view line) -> Result<void> {
    sorted.emplace_back(line);
    return {};
  };
  REQUIRE(sorter.write(collect));
  CHECK(sorted.size() == 4000);
  CHECK(std::is_sorted(sorted.begin(), sorted.end()));
  CHECK(std::filesystem::is_empty(scratch.folder()));
  REQUIRE(sorter.add("x\n"));  // and goes on
  sorted.clear();
  REQUIRE(sorter.write(collect));
  CHECK(sorted.size() == 4001);
  LineSorter nowhere("/nonexistent", 1);
  CHECK(nowhere.add("x\n").error().code == Errc::not_found);
}

TEST_CASE("other tools' archives are indexed as their own indexers do", "[archive][cdxj][shared]") {
  const std::string shared = std::string(TESTIGO_SHARED_DIR) + "/fixtures";
  if (!std::filesystem::exists(shared + "/cdx")) {
    std::cout << "skipped: " << shared << " is absent\n";
    return;
  }
  const Scratch scratch;
  for (const std::string name : {"example", "dupes", "iana"}) {
    const std::string file = name + ".warc.gz";
    const std::string path = scratch.path(file);
    std::filesystem::copy_file(shared + "/warc/pywb-" + file, path);
    REQUIRE(write_cdxj(path));
    std::vector<std::string> ours = lines_of(cdxj_path(path));
    std::vector<std::string> theirs = lines_of(shared + "/cdx/pywb-" + name + ".cdxj");
    REQUIRE(ours.size() >= theirs.size());
    std::size_t found = 0;
    for (const std::string& line : theirs) {
      const auto wanted = parse_cdxj_line(line);
      REQUIRE(wanted);
      const auto same = std::find_if(ours.begin(), ours.end(), [&](const std::string& one) {
        return one.substr(0, one.find(" {")) == line.substr(0, line.find(" {")) &&
               parse_cdxj_line(one)->offset == wanted->offset;
      });
      INFO(line);
      REQUIRE(same != ours.end());
      const auto entry = parse_cdxj_line(*same);
      CHECK(entry->length == wanted->length);
      CHECK(entry->url == wanted->url);
      // Theirs leave the label out, and a type that is not known or say "unk".
      CHECK(entry->digest.ends_with(wanted->digest));
      if (!wanted->mime.empty() && wanted->mime != "unk") CHECK(entry->mime == wanted->mime);
      ++found;
    }
    std::cout << name << ": " << found << " of " << theirs.size() << " lines as pywb's\n";
  }
  for (const std::string& path : archive_files(shared + "/warc")) {
    const std::string copy = scratch.path(std::filesystem::path(path).filename().string());
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
    const auto written = write_cdxj(copy);
    INFO(path << (written ? "" : " " + describe(written.error())));
    const bool broken = path.ends_with("bad.arc") || path.ends_with("example-trunc.warc");
    CHECK(written.has_value() != broken);
    if (!broken) check_lines(copy, static_cast<std::size_t>(*written));
  }
}
