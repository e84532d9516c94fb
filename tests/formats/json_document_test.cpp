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
  const std::string text =
      R"({"hits":[{"id":1,"long":{"id":[[[2]]]}},{"x":3},{"\\y":"\n"},{}],"total":{"id":4}})";
  const auto read = pick_json(text, keys);
  REQUIRE(read);
  CHECK(find(read->root(), "/hits/0/id").to_text() == "1");
  CHECK(!find(read->root(), "/total"));
  CHECK(to_json(read->root().value()) == R"({"hits":[{"id":1},{"x":null},{"\\y":null},{}]})");
}

TEST_CASE("what is picked is unescaped, whole and of its type", "[formats]") {
  JsonKeys keys;
  for (const char* key : {"a", "tab\t", "ț", "n"}) keys.add(key);
  const std::string text =
      "\xEF\xBB\xBF {\"\\u0061\" : \"x\\\"\\\\\\u021b\" , \"tab\\t\":\"\", "
      "\"ț\":[1,-2.5,true,false,null,"
      "18446744073709551615], \"n\":{\"a\":\"last\"}}\n";
  const auto read = pick_json(text, keys);
  REQUIRE(read);
  CHECK(to_json(read->root().value()) ==
        "{\"a\":\"x\\\"\\\\ț\",\"tab\\t\":\"\",\"ț\":[1,-2.5,true,false,null,18446744073709551616],"
        "\"n\":{\"a\":\"last\"}}");
}

TEST_CASE("picking refuses what is broken where it looks", "[formats]") {
  JsonKeys keys;
  keys.add("a");
  for (const std::string broken :
       {"", "{", "[", "{\"a\"", "{\"a\":}", "{\"a\":tru}", "{\"a\":nul}", "{\"a\":01}",
        "{\"a\":\"x\"y}", "{\"a\":1,}", "{\"a\":1 2}", "[1,2]]", "{\"a\":1}{}", "{\"a\":\"\\q\"}",
        "{\"a\":\"x}", "{\"b\":\"\x01\"}", "{a:1}"}) {
    INFO(broken);
    const auto read = pick_json(broken, keys);
    REQUIRE(!read);
    CHECK(read.error().code == testigo::Errc::malformed);
  }
  JsonLimits limits;
  limits.max_depth = 2;
  const std::string deep = "[[[1]]]";
  CHECK(pick_json(deep, keys, limits).error().code == testigo::Errc::limit_exceeded);
  limits = {};
  limits.max_values = 2;
  const std::string wide = "[1,2,3]";
  CHECK(pick_json(wide, keys, limits).error().code == testigo::Errc::limit_exceeded);
}

TEST_CASE("scalars and beyond-64-bit numbers are picked as they are read", "[formats]") {
  const JsonKeys none;
  for (const std::string text :
       {"7", "\"x\"", "null",
        "[123456789012345678901234567890, 8888682888888888887.5, -0, 1e400, \"\\ud800\"]"}) {
    const auto picked = pick_json(text, none);
    REQUIRE(picked);
    CHECK(picked->root().value() == *parse_json(text));
  }
}

TEST_CASE("keys are picked in whatever order objects have them, and however many there are",
          "[formats]") {
  JsonKeys keys;
  keys.add("a");
  keys.add("key299");
  std::string many = "{";
  for (int i = 0; i < 300; ++i)
    many += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  many += "\"a\":0}";
  const std::string text =
      R"([{"a":1,"b":2,"c":3},{"a":4,"c":5,"b":6},{"b":7,"a":8},{"ab":9,"a":10},)" + many + "," +
      many + R"(,{"a\"":11,"a":12},{"a":13,"a":14}])";
  const auto read = pick_json(text, keys);
  REQUIRE(read);
  CHECK(
      to_json(read->root().value()) ==
      R"([{"a":1},{"a":4},{"a":8},{"a":10},{"key299":299,"a":0},{"key299":299,"a":0},{"a":12},{"a":13,"a":14}])");
}
