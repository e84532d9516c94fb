#include "sources/value_check.h"

#include <catch2/catch.hpp>

#include "sources/plan.h"

namespace testigo::sources {
namespace {

Source site() {
  auto source = load_source("rules/sources/pages.toml", R"(title = "Pages"
about = "pages"
tier = 1
gives = ["reviews"]
format = "page"
[parameters.url]
required = true
[parameters.path]
[parameters.depth]
[parameters.word]
[request]
url = "{+url}"
[discover]
links = true
max_depth = 3
)");
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  return *source;
}

std::string fault(const std::string& name, const std::vector<std::string>& values) {
  return value_fault(site(), name, values).value_or("good");
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an address that cannot be asked is named with its mend", "[sources]") {
  CHECK(fault("url", {"https://a.example/", "http://127.0.0.1:8080", ""}) == "good");
  CHECK(says(fault("url", {"https://a.example/", "b.example/x"}), "write \"https://b.example/x\""));
  for (const char* bad : {"ftp://a.example/", "http://", "http://a.example:99999/",
                          "http://a.exa mple/", "/reviews", "reviews", "mailto:a"}) {
    INFO(bad);
    CHECK(says(fault("url", {bad}),
               "\"" + std::string(bad) + "\" is no address on the web; write one"));
  }
  CHECK(fault("word", {"a.example"}) == "good");
}

TEST_CASE("an address with a password is refused, and the password not told", "[sources]") {
  for (const char* bad : {"http://anna:secret@a.example/", "http://anna:secret/x@a.example/",
                          "ftp://anna:secret@a.example/", "anna:secret@a.example"}) {
    INFO(bad);
    CHECK(fault("url", {bad}) != "good");
    CHECK_FALSE(says(fault("url", {bad}), "secret"));
  }
  CHECK(says(fault("url", {"http://anna@a.example/"}), "before the @"));
}

TEST_CASE("a path that no address begins with is named with the one meant", "[sources]") {
  CHECK(fault("path", {"/reviews/", "/", "/a-b_c~d/%C3%B1", ""}) == "good");
  CHECK(says(fault("path", {"/good/", "reviews/"}), "write \"/reviews/\""));
  CHECK(says(fault("path", {"https://a.example/reviews/?page=1"}), "write \"/reviews/\""));
  CHECK(says(fault("path", {"/reseñas/"}), "write \"/rese%C3%B1as/\""));
  CHECK(says(fault("path", {"/a/../b"}), "write \"/b\""));
}

TEST_CASE("a depth is one number of links", "[sources]") {
  for (const char* good : {"0", "3", "20", ""}) CHECK(fault("depth", {good}) == "good");
  for (const char* bad : {"x", "-1", "21", "3x", "1.5", " 1"}) {
    INFO(bad);
    CHECK(says(fault("depth", {bad}), "from 0 to 20"));
  }
  CHECK(says(fault("depth", {"1", "2"}), "one number"));
}

TEST_CASE("a plan is not made of values that cannot be meant", "[sources]") {
  Watch watch;
  watch.parameters = {{"url", {"https://a.example/"}}, {"depth", {"x"}}};
  const auto planned = plan(site(), watch, UtcTime{});
  REQUIRE_FALSE(planned);
  CHECK(says(planned.error().what, "from 0 to 20"));
}

}  // namespace testigo::sources
