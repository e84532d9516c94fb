#include "formats/json.h"

#include <catch2/catch.hpp>
#include <limits>

#include "formats/json_plain.h"
#include "formats/json_writer.h"

using namespace testigo;
using namespace testigo::formats;
using namespace std::string_literals;

namespace {

JsonValue parsed(std::string_view text) {
  const auto value = parse_json(text);
  INFO(text << ": " << (value ? "" : value.error().what));
  REQUIRE(value);
  CHECK(parse_json_plain(text, {}).value() == *value);
  return *value;
}

std::string refusal(std::string_view text) {
  const auto value = parse_json(text);
  REQUIRE_FALSE(value);
  CHECK(value.error().code == Errc::malformed);
  return value.error().what;
}

}  // namespace

TEST_CASE("a JSON tree owns its strings and keeps the order of members", "[formats]") {
  JsonValue value;
  {
    const std::string text =
        R"({"z":"Ana \u00e9\n","a":[1,-2.5,true,null,"\ud83d\ude00"],"z":"b"})";
    value = parsed(text);
  }
  CHECK(value.members()[0].key == "z");
  CHECK(*value.members()[0].value.as_string() == "Ana é\n");
  CHECK(*value.find("z")->as_string() == "b");  // of equal keys the last
  CHECK(value.find("a")->items()[0].as_int() == 1);
  CHECK(value.find("a")->items()[1].as_double() == -2.5);
  CHECK(*value.find("a")->items()[4].as_string() == "😀");
  CHECK(to_json(value) == R"({"z":"Ana é\n","a":[1,-2.5,true,null,"😀"],"z":"b"})");
}

TEST_CASE("JSON scalars, numbers beyond int64 and a byte order mark are read", "[formats]") {
  CHECK(parsed("9223372036854775807").as_int() == std::numeric_limits<std::int64_t>::max());
  CHECK(parsed("-9223372036854775808").as_int() == std::numeric_limits<std::int64_t>::min());
  CHECK(parsed("9223372036854775808").as_double() == 9223372036854775808.0);
  CHECK(parsed("123456789012345678901234567890").as_double() == 1.2345678901234568e29);
  CHECK(parsed("1e999").as_double() == std::numeric_limits<double>::max());
  CHECK(parsed("1e-999").as_double() == 0.0);
  CHECK(parsed(" \"x\" ").to_text() == "x");
  CHECK(parsed("4.0").as_int() == 4);
  CHECK_FALSE(parsed("4.5").as_int());
  CHECK(parse_json("\xEF\xBB\xBF[]")->is_array());
  CHECK(parsed("{}").members().empty());
  CHECK(*parsed(R"("a\u0000b")").as_string() == "a\0b"s);
  CHECK(*parsed(R"("\ud800x")").as_string() == "\uFFFDx");
  CHECK(*parsed(R"("\udc00\ud800\ud83d\ude00")").as_string() == "\uFFFD\uFFFD😀");
}

TEST_CASE("a broken JSON document is refused with the byte at which it breaks", "[formats]") {
  CHECK(refusal("{\"a\":1"s + '\0' + "}") == "JSON: there is a NUL byte, at byte 6.");
  CHECK(refusal("{\"a\":\"x"s + '\0' + "\"}") == "JSON: there is a NUL byte, at byte 7.");
  CHECK(refusal("[\"ab\xC3\"]") == "JSON: bytes that are not UTF-8, at byte 4.");
  CHECK(refusal("[1,]") == "JSON: expected a value, at byte 3.");
  CHECK(refusal("[1,2") == "JSON: the document ends too early, at byte 4.");
  CHECK(refusal("{a:1}") == "JSON: expected a key in quotes, at byte 1.");
  CHECK(refusal("[01]") == "JSON: a number begins with a zero, at byte 2.");
  CHECK(refusal("") == "JSON: the document ends too early, at byte 0.");
  CHECK(refusal("1 2") == "JSON: there is something after the end of the document, at byte 2.");
  CHECK(refusal("[\"\\x\"]") == "JSON: an unknown escape, at byte 2.");
  CHECK(refusal("<html>") == "JSON: expected a value, at byte 0.");
}

TEST_CASE("JSON beyond its bounds is refused as such", "[formats]") {
  const std::string deep = std::string(100'000, '[');
  CHECK(parse_json(deep).error().code == Errc::limit_exceeded);
  const std::string allowed = std::string(512, '[') + std::string(512, ']');
  CHECK(parse_json(allowed));
  CHECK(parse_json("[" + allowed + "]").error().code == Errc::limit_exceeded);
  CHECK(parse_json("[1,2,3]", {.max_values = 3}).error().code == Errc::limit_exceeded);
  CHECK(parse_json("[1,2,3]", {.max_bytes = 6}).error().code == Errc::limit_exceeded);
}

TEST_CASE("a JSON pointer finds what RFC 6901 says it names", "[formats]") {
  const JsonValue root =
      parsed(R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8,"~1":9,"x":{"y":[{"z":7}]}})");
  CHECK(find(root, "") == &root);
  CHECK(*find(root, "/foo/0")->as_string() == "bar");
  CHECK(find(root, "/")->as_int() == 0);
  CHECK(find(root, "/a~1b")->as_int() == 1);
  CHECK(find(root, "/m~0n")->as_int() == 8);
  CHECK(find(root, "/~01")->as_int() == 9);
  CHECK(find(root, "/x/y/0/z")->as_int() == 7);
  for (const char* nowhere : {"foo", "/foo/2", "/foo/-", "/foo/00", "/foo/0/x", "/none", "/foo/"}) {
    CHECK(find(root, nowhere) == nullptr);
  }
}

TEST_CASE("what JSON must escape is escaped wherever it stands", "[formats]") {
  const std::pair<char, std::string_view> escapes[] = {
      {'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\x1F', "\\u001f"}};
  for (const auto& [character, escape] : escapes) {
    for (std::size_t before = 0; before <= 24; ++before) {
      const std::string plain(before, 'x');
      CHECK(json_quote(plain + character) == '"' + plain + std::string(escape) + '"');
    }
  }
  CHECK(json_quote(std::string(20, 'x') + "\xFF") == '"' + std::string(20, 'x') + "\uFFFD\"");
}

TEST_CASE("the JSON writer escapes, separates and rounds", "[formats]") {
  JsonWriter json;
  json.begin_object()
      .field("a", "q\"\\\n\x01é")
      .field("n", std::int64_t{-3})
      .field("d", 0.1)
      .field("nan", std::numeric_limits<double>::quiet_NaN())
      .field("none", std::optional<std::string>())
      .field("some", std::optional<double>(2.5));
  json.key("l").begin_array().number(1.0).string("x").boolean(true).begin_object().end_object();
  json.end_array().end_object();
  CHECK(
      json.take() ==
      "{\"a\":\"q\\\"\\\\\\n\\u0001é\",\"n\":-3,\"d\":0.1,\"nan\":null,\"none\":null,\"some\":2.5,"
      "\"l\":[1,\"x\",true,{}]}");
  json.string("next");
  CHECK(json.take() == "\"next\"");
  CHECK(json_quote("a\xFFz") == "\"a\uFFFDz\"");
}
