#include "app/json_rows.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <vector>

using namespace testigo;
namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::temp_directory_path() / "testigo-json-rows";

// The places of the rows of a file of these bytes.
Result<std::vector<std::string>> places_in(const std::string& bytes) {
  fs::create_directories(folder);
  const std::string path = (folder / "rows.jsonl").string();
  std::ofstream(path, std::ios::binary) << bytes;
  std::vector<std::string> places;
  auto read = app::for_each_json_row(
      path, [&](const formats::JsonValue& row, const std::string& where) -> Result<void> {
        if (row.is_array()) return fail(Errc::refused, "no arrays", where);
        places.push_back(where.substr(where.rfind('/') + 1));
        return {};
      });
  if (!read) return fail(std::move(read.error()));
  return places;
}

Error error_of(const std::string& path) {
  auto read = app::for_each_json_row(path, [](const auto&, const auto&) { return Result<void>(); });
  REQUIRE_FALSE(read);
  return read.error();
}

}  // namespace

TEST_CASE("each row has its line, and blank lines are none", "[app]") {
  CHECK(places_in("{}\n\n \t\r\n7") == std::vector<std::string>{"rows.jsonl:1", "rows.jsonl:4"});
  CHECK(places_in("")->empty());
}

TEST_CASE("a row that is no JSON, or of no use, ends the reading with its line", "[app]") {
  CHECK(places_in("{}\n{\n{}").error().where.ends_with("rows.jsonl:2"));
  CHECK(places_in("{}\n{}\n[]").error().where.ends_with("rows.jsonl:3"));
}

TEST_CASE("a folder is no file of rows, nor is a file that is not there", "[app]") {
  fs::create_directories(folder);
  const Error is_folder = error_of(folder.string());
  CHECK(is_folder.code == Errc::io);
  CHECK(is_folder.where == folder.string());
  CHECK(is_folder.what == "is a folder; name a file in it");
  CHECK(error_of((folder / "none.jsonl").string()).code == Errc::not_found);
}
