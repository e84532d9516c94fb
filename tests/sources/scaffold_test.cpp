#include "sources/scaffold.h"

#include <catch2/catch.hpp>
#include <string>

#include "extract/extract.h"
#include "sources/source.h"

namespace testigo::sources {
namespace {

Source loaded(const ScaffoldWishes& wishes) {
  const auto text = scaffold(wishes);
  REQUIRE(text);
  auto source = load_source("rules/sources/" + wishes.name + ".toml", *text);
  INFO(*text << (source ? "" : describe(source.error())));
  REQUIRE(source);
  return *std::move(source);
}

}  // namespace

TEST_CASE("a scaffold loads whatever it was made from", "[sources]") {
  const std::vector<std::optional<std::string>> answers = {
      std::nullopt,
      "",
      "{}",
      "[]",
      "{\"a/b\":{\"c~d\":[{\"x\":{}}]}}",
      "{\"\\\"quoted\\\"\":[{\"id\":1}]}",
      "<html><p>x</p></html>",
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>",
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}"};
  for (const auto& answer : answers) loaded({"acme", std::nullopt, answer});
  CHECK(loaded({"acme", "https://acme.example/api?q=\"x\"\\", std::nullopt}).steps[0].url ==
        "https://acme.example/api?q=\"x\"\\");
  CHECK(loaded({"acme", std::nullopt, answers[7]}).steps[0].extractor.format ==
        extract::Format::feed);
  CHECK(loaded({"acme", std::nullopt, answers[6]}).steps[0].extractor.format ==
        extract::Format::html);
}

TEST_CASE("the longest list of an answer is taken for the posts, its members by their names",
          "[sources]") {
  const Source source = loaded({"acme", std::nullopt, R"({"tags":[{"id":1}],"data":{"list":[
    {"reviewId":"r1","user":{"name":"Gus"},"body":"Good","stars":4,"date":"2026-11-01"},
    {"reviewId":"r2"}]}})"});
  const extract::ItemSpec& items = source.steps[0].extractor.items.at(0);
  CHECK(items.list == extract::Selector{"/data/list"});
  CHECK(items.required == std::vector{extract::PostField::id});
  CHECK(items.fields.at(extract::PostField::author) == extract::Selector{"/user/name"});
  CHECK(items.fields.at(extract::PostField::text) == extract::Selector{"/body"});
  CHECK(items.fields.at(extract::PostField::rating) == extract::Selector{"/stars"});
  CHECK(items.fields.at(extract::PostField::posted_at) == extract::Selector{"/date"});
}

TEST_CASE("a name that is no file's, and an answer that is broken, are refused", "[sources]") {
  for (const char* name : {"", "Acme", "a b", "../x", "a.toml", "é"})
    CHECK(!scaffold({name, std::nullopt, std::nullopt}));
  CHECK(!scaffold({std::string(65, 'a'), std::nullopt, std::nullopt}));
  CHECK(!scaffold({"acme", std::nullopt, "{\"items\":["}));
}

}  // namespace testigo::sources
