#include "extract/text_template.h"

#include <catch2/catch.hpp>

using namespace testigo::extract;

namespace {

std::optional<std::string> filled(std::string_view text) {
  return fill_template(text, {{"lang", "es"}, {"empty", ""}}, [](std::string_view selector) {
    if (selector == "/id") return Found::number("7");
    if (selector == "/list") return Found::other("an array");
    if (selector == "/none") return Found();
    return Found::held_text(selector);
  });
}

}  // namespace

TEST_CASE("a template without a value for each of its braces is nothing", "[extract]") {
  CHECK(!filled("x/{/none}"));
  CHECK(!filled("x/{/list}"));
  CHECK(!filled("x/{empty}"));
  CHECK(!filled("x/{unknown}/{/id}"));
  CHECK(!filled(""));
}

TEST_CASE("a template is filled with variables and selectors in their places", "[extract]") {
  CHECK(filled("{lang}/{/id}-{/id}/{@data-x}!") == "es/7-7/@data-x!");
  CHECK(filled("plain") == "plain");
  CHECK(filled("{lang}") == "es");
  CHECK(filled("cut {off") == "cut ");
}

TEST_CASE("a template is cut up once for many values", "[extract]") {
  const TextTemplate text("{lang}:{/a}:{/b}", {{"lang", "ro"}});
  CHECK(text.selectors() == std::vector<std::string>{"/a", "/b"});
  for (const std::string number : {"1", "2"}) {
    const auto value = [&](std::size_t at) {
      return Found::made_text(number + std::to_string(at));
    };
    CHECK(text.fill(value) == "ro:" + number + "0:" + number + "1");
  }
}
