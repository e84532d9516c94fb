#include "extract/json_source.h"

#include <catch2/catch.hpp>

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

ExtractorSpec talk() {
  ExtractorSpec spec;
  spec.source = SourceId("talk");
  ItemSpec items;
  items.list = {"/items"};
  items.fields = {{PostField::id, {"/id"}},        {PostField::author, {"/who"}},
                  {PostField::text, {"/text"}},    {PostField::rating, {"/stars"}},
                  {PostField::posted_at, {"/at"}}, {PostField::reach, {"/likes"}}};
  items.required = {PostField::id};
  items.children = "/replies";
  spec.items.push_back(items);
  return spec;
}

Result<Extraction> try_read(std::string_view json, const ExtractorSpec& spec) {
  Page page;
  page.url = "https://talk.example/api";
  page.body = std::string(json);
  return extract_page(page, spec, now);
}

Extraction read(std::string_view json, const ExtractorSpec& spec = talk()) {
  const auto extraction = try_read(json, spec);
  INFO((extraction ? "" : describe(extraction.error())));
  REQUIRE(extraction);
  return *extraction;
}

}  // namespace

TEST_CASE("one object in place of a list is a list of one", "[extract]") {
  const Extraction extraction = read(R"({"items":{"id":7,"text":"only"}})");
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].external_id == "7");
}

TEST_CASE("null and empty lists are empty answers, a missing one is drift", "[extract]") {
  CHECK(read(R"({"items":null})").drift.empty());
  CHECK(read(R"({"items":[]})").drift.empty());
  CHECK(read(R"({"things":[]})").drift ==
        std::vector<std::string>{"source drifted: /items is missing"});
}

TEST_CASE("replies keep the document's order and their parents", "[extract]") {
  const Extraction extraction =
      read(R"({"items":[{"id":1,"replies":[{"id":2,"replies":[{"id":3}]},{"id":4}]},{"id":5}]})");
  REQUIRE(extraction.posts.size() == 5);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(extraction.posts[i].external_id == std::to_string(i + 1));
  CHECK(extraction.posts[2].parent == "2");
  CHECK(extraction.posts[3].parent == "1");
  CHECK(extraction.posts[4].parent == std::nullopt);
}

TEST_CASE("a field of another type leaves its item out", "[extract]") {
  const Extraction extraction = read(
      R"({"items":[{"id":1,"text":{"html":"x"}},{"id":[1]},{"id":3,"likes":true},{"id":4,"stars":"none"},{"id":5,"text":"ok","likes":"1,204"}]})");
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].reach == 1204);
  CHECK(extraction.left_out == 4);
  CHECK(extraction.drift.at(0) == "source drifted: /items/0/text is an object, not a text");
}

TEST_CASE("drift is told twenty times, not ten thousand", "[extract]") {
  std::string json = R"({"items":[)";
  for (int i = 0; i < 10'000; ++i) json += "{},";
  json += "{}]}";
  const Extraction extraction = read(json);
  CHECK(extraction.left_out == 10'001);
  CHECK(extraction.drift.size() == 21);
}

TEST_CASE("a rating outside its scale is none", "[extract]") {
  const Extraction extraction = read(
      R"({"items":[{"id":1,"stars":4.5},{"id":2,"stars":"7"},{"id":3,"stars":"4,5"},{"id":4,"stars":""},{"id":5,"stars":"8/10"}]})");
  CHECK(extraction.posts.at(0).rating == Rating{4.5, 5.0, 1.0});
  CHECK(extraction.posts.at(1).rating == std::nullopt);
  CHECK(extraction.posts.at(2).rating == Rating{4.5, 5.0, 1.0});
  CHECK(extraction.posts.at(3).rating == std::nullopt);
  CHECK(extraction.posts.at(4).rating == Rating{8.0, 10.0, 1.0});
}

TEST_CASE("times are read as epochs, as ISO and in the source's own zone", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].zone = "+02:00";
  const Extraction extraction = read(
      R"({"items":[{"id":1,"at":1795600000},{"id":2,"at":"2026-11-20T10:00:00"},{"id":3,"at":"2026-11-20T10:00:00Z"},{"id":4,"at":null}]})",
      spec);
  CHECK(extraction.posts.at(0).posted_at == from_unix_ms(1'795'600'000'000));
  CHECK(extraction.posts.at(1).posted_at == parse_iso8601("2026-11-20T08:00:00Z"));
  CHECK(extraction.posts.at(2).posted_at == parse_iso8601("2026-11-20T10:00:00Z"));
  CHECK(extraction.posts.at(3).posted_at == std::nullopt);
}

TEST_CASE("what is no JSON is refused with where and why", "[extract]") {
  for (const std::string_view body :
       {std::string_view("<html>"), std::string_view("{\"items\":[", 10), std::string_view(""),
        std::string_view("{\"items\":[\0]}", 13)}) {
    const auto extraction = try_read(body, talk());
    REQUIRE(!extraction);
    CHECK(extraction.error().code == Errc::malformed);
    CHECK(extraction.error().where == "https://talk.example/api");
  }
}

TEST_CASE("a step's variables are taken from each item that has them all", "[extract]") {
  ExtractorSpec spec = talk();
  spec.each.push_back({"story", {"/items"}, {{"id", {"/id"}}}, {}, {"/count=0"}});
  const Extraction extraction =
      read(R"({"items":[{"id":1,"count":2},{"id":2,"count":0},{"count":5}]})", spec);
  REQUIRE(extraction.each.at("story").size() == 1);
  CHECK(extraction.each.at("story")[0].at("id") == "1");
}

}  // namespace testigo::extract
