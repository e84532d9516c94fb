#include "sources/source.h"

#include <catch2/catch.hpp>
#include <string>

namespace testigo::sources {
namespace {

const std::string minimal = R"(title = "Acme talk"
gives = ["posts"]
format = "json"
[request]
url = "https://acme.example/api"
[items]
list = "/items"
required = ["id"]
[items.fields]
id = "/id"
text = "/text"
)";

Error error_of(const std::string& toml) {
  const auto source = load_source("rules/sources/acme.toml", toml);
  REQUIRE(!source);
  return source.error();
}

bool says(const Error& error, std::string_view words) {
  INFO(describe(error));
  return error.what.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a small source loads with its defaults", "[sources]") {
  const auto source = load_source("rules/sources/acme.toml", minimal);
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  CHECK(source->id.value == "acme");
  CHECK(source->steps.size() == 1);
  CHECK(source->gap == std::chrono::milliseconds(1000));
  CHECK(source->auth.kind == AuthKind::none);
  CHECK(source->terms.store);
  CHECK(source->robots);
  CHECK_FALSE(source->cookies);
  const extract::ItemSpec& items = source->steps[0].extractor.items.at(0);
  CHECK(items.list == extract::Selector{"/items"});
  CHECK(items.fields.at(extract::PostField::text) == extract::Selector{"/text"});
  CHECK(items.list_required);
}

TEST_CASE("a source may ask for cookies to be kept", "[sources]") {
  CHECK(load_source("rules/sources/acme.toml", "cookies = true\n" + minimal)->cookies);
  CHECK(says(error_of("cookies = \"yes\"\n" + minimal), "cookies"));
}

TEST_CASE("a misspelt key is refused with the key that was meant", "[sources]") {
  const Error error = error_of("tittle = \"x\"\n" + minimal);
  CHECK(error.code == Errc::malformed);
  CHECK(says(error, "title"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:1:"));
}

TEST_CASE("a misspelt field is refused where it stands", "[sources]") {
  const Error error = error_of(minimal + "autor = \"/a\"\n");
  CHECK(says(error, "did you mean \"author\"?"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:12:"));
}

TEST_CASE("a value of another type is refused", "[sources]") {
  const Error error = error_of("tier = \"one\"\n" + minimal);
  CHECK(says(error, "tier"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:1:"));
}

TEST_CASE("a tier that does not exist is refused", "[sources]") {
  CHECK(says(error_of("tier = 7\n" + minimal), "between 1 and 3"));
}

TEST_CASE("a variable that nobody gives is refused", "[sources]") {
  std::string toml = minimal;
  toml.replace(toml.find("/api"), 4, "/{app_ip}");
  toml += "[parameters.app_id]\nabout = \"the app\"\n";
  CHECK(says(error_of(toml), "did you mean \"app_id\"?"));
}

TEST_CASE("a source without a request is refused", "[sources]") {
  CHECK(says(error_of("title = \"x\"\nformat = \"feed\"\n"), "[request]"));
}

TEST_CASE("a list that is no JSON Pointer is refused", "[sources]") {
  std::string toml = minimal;
  toml.replace(toml.find("\"/items\""), 8, "\"items\"");
  CHECK(says(error_of(toml), "JSON Pointer"));
}

TEST_CASE("an XPath that does not compile is refused when the source is loaded", "[sources]") {
  const Error error = error_of(R"(title = "x"
format = "html"
[request]
url = "https://acme.example/"
[items]
list = "//article[@class='post'"
[items.fields]
text = "."
)");
  CHECK(says(error, "XPath"));
}

TEST_CASE("a file that is not TOML names its line", "[sources]") {
  const Error error = error_of("title = \"x\"\nformat = \n");
  CHECK(error.where.starts_with("rules/sources/acme.toml:2"));
}

TEST_CASE("a gap without a unit is refused", "[sources]") {
  CHECK(says(error_of(minimal + "[rate]\ngap = \"2\"\n"), "\"2s\""));
}

TEST_CASE("cursor paging needs to know where the cursor stands", "[sources]") {
  CHECK(says(error_of(minimal + "[paging]\nkind = \"cursor\"\n"), "\"cursor\""));
}

TEST_CASE("a kind that does not exist is refused with the one that was meant", "[sources]") {
  CHECK(says(error_of(minimal + "[paging]\nkind = \"cursors\"\n"), "did you mean \"cursor\"?"));
}

TEST_CASE("what a status of nothing may be is said where it is not one", "[sources]") {
  const auto with = [](const std::string& nothing) {
    std::string toml = minimal;
    toml.insert(toml.find("[items]"), "nothing = " + nothing + "\n");
    return toml;
  };
  const auto source = load_source("rules/sources/acme.toml", with("[\"404\", \"403 closed now\"]"));
  REQUIRE(source);
  REQUIRE(source->steps[0].nothing.size() == 2);
  CHECK(source->steps[0].nothing[1].word == "closed now");
  for (const char* wrong : {"\"often\"", "\"200\"", "\"600\"", "\"\""}) {
    const Error error = error_of(with(wrong));
    CHECK(says(error, "\"404\""));
    CHECK(error.where.starts_with("rules/sources/acme.toml:6:"));
  }
  CHECK(says(error_of(with("404")), "nothing"));
}

TEST_CASE("a step that comes from nowhere is refused", "[sources]") {
  const Error error = error_of(minimal + R"([[step]]
name = "comments"
from = "threads"
for_each = "/items"
variables = { id = "/id" }
format = "json"
[step.request]
url = "https://acme.example/c/{id}"
)");
  CHECK(says(error, "threads"));
}

}  // namespace testigo::sources
