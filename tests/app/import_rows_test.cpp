#include "app/import_rows.h"

#include <cstdio>
#include <fstream>

#include <catch2/catch.hpp>

using namespace testigo;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

// A file that goes when the test does.
struct Scratch {
  std::string path;
  Scratch(const std::string& name, std::string_view bytes) : path(std::tmpnam(nullptr) + name) {
    std::ofstream(path, std::ios::binary) << bytes;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::remove(path.c_str()); }
};

std::vector<Result<Post>> posts_of(const app::ImportOptions& options) {
  auto rows = app::open_import(options);
  REQUIRE(rows.has_value());
  std::vector<Result<Post>> posts;
  while (true) {
    auto row = (*rows)->next();
    REQUIRE(row.has_value());
    if (!*row) return posts;
    posts.push_back(app::post_of(**row, options, noon));
  }
}

}  // namespace

TEST_CASE("columns are found by their usual names", "[app]") {
  const Scratch file(".csv", "review_id;review_text;stars;date\r\nr1;\"Good; really\";4,5;2026-01-02\r\n");
  app::ImportOptions options;
  options.file = file.path;
  const auto posts = posts_of(options);
  REQUIRE(posts.size() == 1);
  REQUIRE(posts[0].has_value());
  CHECK(posts[0]->text == "Good; really");
  CHECK(posts[0]->external_id == "r1");
  CHECK(posts[0]->rating == Rating{4.5, 5.0, 1.0});
  CHECK(posts[0]->posted_at == parse_iso8601("2026-01-02"));
}

TEST_CASE("a mapping reaches into JSON by pointer", "[app]") {
  const Scratch file(".jsonl", "{\"review\":{\"body\":\"Bad\",\"score\":3},\"id\":9}\n{\"id\":10}\n");
  app::ImportOptions options;
  options.file = file.path;
  options.rating_best = 10;
  options.map = {{"text", "/review/body"}, {"rating", "/review/score"}};
  const auto posts = posts_of(options);
  REQUIRE(posts.size() == 2);
  REQUIRE(posts[0].has_value());
  CHECK(posts[0]->text == "Bad");
  CHECK(posts[0]->rating == Rating{3.0, 10.0, 0.0});
  REQUIRE_FALSE(posts[1].has_value());
  CHECK(posts[1].error().what == "the text is empty");
}

TEST_CASE("fields and columns that do not exist are refused before a row is read", "[app]") {
  const Scratch file(".csv", "id,body\n1,x\n");
  app::ImportOptions options;
  options.file = file.path;
  options.map = {{"txt", "body"}};
  CHECK(app::open_import(options).error().what.find("\"text\"") != std::string::npos);
  options.map = {{"text", "bodi"}};
  CHECK(app::open_import(options).error().what.find("\"body\"") != std::string::npos);
  options.map = {};
  options.file = "/nowhere/at/all.csv";
  CHECK(app::open_import(options).error().code == Errc::not_found);
}

TEST_CASE("ratings off their scale and dates that are none are rejected", "[app]") {
  const Scratch file(".csv", "text,rating,date\na,7,\nb,x,\nc,5,someday\nd,5,\n");
  app::ImportOptions options;
  options.file = file.path;
  const auto posts = posts_of(options);
  REQUIRE(posts.size() == 4);
  CHECK_FALSE(posts[0].has_value());
  CHECK_FALSE(posts[1].has_value());
  CHECK_FALSE(posts[2].has_value());
  CHECK(posts[3].has_value());
}
