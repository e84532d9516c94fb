#include "formats/json_document.h"

#include <catch2/catch.hpp>

#include "formats/json_pointer.h"

using namespace testigo::formats;

namespace {

JsonDocument document(std::string_view text) {
  auto read = read_json(text);
  REQUIRE(read);
  return *std::move(read);
}

}  // namespace

TEST_CASE("a document gives the values that pointers lead to", "[formats]") {
  const JsonDocument doc =
      document(R"({"a":{"b/c":[1,"two",null,{"d":true}],"~":2.5},"e":[],"f":{}})");
  CHECK(find(doc.root(), "/a/b~1c/0").to_text() == "1");
  CHECK(find(doc.root(), "/a/b~1c/1").as_string() == "two");
  CHECK(find(doc.root(), "/a/b~1c/2").is_null());
  CHECK(find(doc.root(), "/a/b~1c/3/d").as_bool() == true);
  CHECK(find(doc.root(), "/a/~0").to_text() == "2.5");
  CHECK(find(doc.root(), "").is_object());
  CHECK(find(doc.root(), "/e").items().empty());
  CHECK(find(doc.root(), "/f").members().empty());
  for (const char* nowhere :
       {"/a/b~1c/4", "/a/b~1c/01", "/a/b~1c/-", "/x/y", "a", "/e/0", "/a/0"}) {
    INFO(nowhere);
    CHECK(!find(doc.root(), nowhere));
  }
}

TEST_CASE("a node that leads nowhere may be asked anything", "[formats]") {
  const JsonNode nowhere;
  CHECK(!nowhere.is_null());
  CHECK(!nowhere.to_text());
  CHECK(!nowhere.as_string());
  CHECK(nowhere.items().empty());
  CHECK(!nowhere.find("x"));
  CHECK(nowhere.value().is_null());
}

TEST_CASE("of equal keys the last one is found, and members keep their order", "[formats]") {
  const JsonDocument doc = document(R"({"k":1,"k":{"z":0},"y":3})");
  CHECK(doc.root().find("k").find("z").to_text() == "0");
  std::string keys;
  for (const JsonNodeMember member : doc.root().members()) keys += member.key;
  CHECK(keys == "kky");
}

TEST_CASE("what only the plain reader reads is the same in a document", "[formats]") {
  const std::string text = R"([123456789012345678901234567890,1e400,"\ud800",1000000.0,3])";
  const JsonDocument doc = document(text);
  const auto tree = parse_json(text);
  REQUIRE(tree);
  CHECK(doc.root().value() == *tree);
  CHECK(find(doc.root(), "/3").to_text() == tree->items()[3].to_text());
}

TEST_CASE("a document keeps the bounds of parse_json", "[formats]") {
  JsonLimits limits;
  limits.max_values = 3;
  CHECK(read_json("[1,2,3]", limits).error().code == testigo::Errc::limit_exceeded);
  limits = {};
  limits.max_depth = 2;
  CHECK(read_json("[[[1]]]", limits).error().code == testigo::Errc::limit_exceeded);
  CHECK(read_json("{\"a\"", limits).error().code == testigo::Errc::malformed);
}

TEST_CASE("a builder joins documents into one", "[formats]") {
  JsonDocumentBuilder builder;
  const std::size_t array = builder.open_array();
  for (const char* line : {"{\"a\":[1,2]}", "\"x\"", "-0.5"}) builder.value(*parse_json(line));
  builder.close(array);
  const JsonDocument doc = builder.finish();
  CHECK(to_json(doc.root().value()) == R"([{"a":[1,2]},"x",-0.5])");
}

TEST_CASE("members that nobody asks for are left out, and an object stays one that has some",
          "[formats]") {
  JsonKeys keys;
  for (const char* key : {"hits", "id", "name"}) keys.add(key);
  CHECK(keys.has("id"));
  CHECK(!keys.has("Id"));
  CHECK(!keys.has(""));
  const auto read = read_json(
      R"({"hits":[{"id":1,"long":{"id":[[[2]]]}},{"x":3},{}],"total":{"id":4}})", {}, &keys);
  REQUIRE(read);
  CHECK(find(read->root(), "/hits/0/id").to_text() == "1");
  CHECK(!find(read->root(), "/total"));
  CHECK(to_json(read->root().value()) == R"({"hits":[{"id":1},{"x":null},{}]})");
}
