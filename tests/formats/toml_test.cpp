#include "formats/toml.h"

#include <array>
#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::formats;

namespace {

TomlDocument document(std::string_view text) {
  auto parsed = parse_toml("testigo.toml", text);
  INFO((parsed ? "" : describe(parsed.error())));
  REQUIRE(parsed);
  return std::move(*parsed);
}

}  // namespace

TEST_CASE("a TOML value knows its line and column", "[formats]") {
  const TomlDocument toml = document(
      "store = \"a.db\"\n\n[brand.acme]\nname = 'Acme'\n  every = 24\n"
      "[[brand.acme.watch]]\nsource = \"hn\"\n[[brand.acme.watch]]\nsource = \"app\"\n");
  const TomlValue* acme = toml.root().find("brand")->find("acme");
  REQUIRE(acme);
  CHECK(toml.where(*acme->find("every")) == "testigo.toml:5:11");
  CHECK(toml.where(acme->members[1]) == "testigo.toml:5:3");
  CHECK(acme->members[0].key == "name");
  const TomlValue* watch = acme->find("watch");
  REQUIRE(watch->kind == TomlValue::Kind::array);
  CHECK(watch->items.size() == 2);
  CHECK(watch->items[1].line == 8);
  CHECK(watch->items[1].find("source")->text == "app");
}

TEST_CASE("every kind of TOML value is carried over", "[formats]") {
  const TomlDocument toml = document("b=true\nr=2.5\ni=7\nd=2026-01-02\nl=['x','y']\ns='one'\n");
  const TomlValue& root = toml.root();
  CHECK(toml.optional_boolean(root, "b").value() == true);
  CHECK(toml.optional_real(root, "r").value() == 2.5);
  CHECK(toml.optional_real(root, "i").value() == 7.0);
  CHECK(toml.optional_integer(root, "i").value() == 7);
  CHECK(root.find("d")->text == "2026-01-02");
  CHECK(toml.strings(root, "l").value() == std::vector<std::string>{"x", "y"});
  CHECK(toml.strings(root, "s").value() == std::vector<std::string>{"one"});
  CHECK(toml.strings(root, "none")->empty());
  CHECK(toml.optional_string(root, "none").value() == std::nullopt);
}

TEST_CASE("TOML errors name file, line, column and the mend", "[formats]") {
  const TomlDocument toml = document("\n[a]\n   every = 24\nl = [1]\n");
  const TomlValue& a = *toml.root().find("a");
  CHECK(describe(toml.optional_string(a, "every").error()) ==
        "testigo.toml:3:12: \"every\" must be a string in quotes; here it is an integer.");
  CHECK(toml.strings(a, "l").error().where == "testigo.toml:4:6");
  CHECK(toml.required_string(a, "name").error().where == "testigo.toml:2:1");
  constexpr std::array<std::string_view, 2> known = {"evry", "l"};
  CHECK(describe(toml.only_keys(a, known).error()) ==
        "testigo.toml:3:4: \"every\" is no key of this table; did you mean \"evry\"?");
  constexpr std::array<std::string_view, 1> others = {"l"};
  CHECK(describe(toml.only_keys(a, others).error()) ==
        "testigo.toml:3:4: \"every\" is no key of this table; remove it, or move it up if it "
        "belongs above this [table].");
  CHECK(describe(toml.only_keys(toml.root(), others).error()) ==
        "testigo.toml:2:2: \"a\" is no key of this table; remove it.");
}

TEST_CASE("malformed TOML is refused where it breaks", "[formats]") {
  CHECK(parse_toml("t.toml", "a = \n").error().where.substr(0, 9) == "t.toml:1:");
  CHECK(parse_toml("t.toml", "ok = 1\na = [1, 2\nb = 3\n").error().where.substr(0, 9) ==
        "t.toml:3:");
  CHECK(parse_toml("t.toml", "a = 1\na = 2\n").error().where.substr(0, 9) == "t.toml:2:");
  CHECK(parse_toml("t.toml", "a = \"\xff\"\n").error().code == Errc::malformed);
  CHECK(parse_toml("t.toml", "a = " + std::string(5'000, '[')).error().code == Errc::malformed);
  CHECK(parse_toml("t.toml", std::string(max_toml_bytes + 1, ' ')).error().code ==
        Errc::limit_exceeded);
  CHECK(parse_toml("t.toml", ""));
}

TEST_CASE("a key of a hundred thousand levels is refused before it is read", "[formats]") {
  std::string deep = "a";
  for (int i = 0; i < 100'000; ++i) deep += i % 2 == 0 ? ".\"b c\"" : " . d";
  for (const std::string& toml : {deep + " = 1", "[" + deep + "]", "x = { " + deep + " = 1 }"}) {
    const auto refused = parse_toml("t.toml", "ok = '''\n.'''\n" + toml);
    REQUIRE(!refused);
    CHECK(refused.error().code == Errc::limit_exceeded);
    CHECK(refused.error().where == "t.toml:3:1");
  }
  const std::string dots(500, '.');
  const std::string text =
      "# " + dots + "\na.b.c = \"" + dots + "\\\"" + dots + "\"\nd = '" + dots + "'\n";
  CHECK(parse_toml("t.toml", text + "e = [1.5, 2.5, 1979-05-27T07:32:00.5Z]\n"));
}
