#include "app/searchable_forms.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace testigo::app;

namespace {

std::vector<std::string> lone_values(std::string_view utf8) {
  std::vector<std::string> values;
  static_cast<void>(any_lone_value(utf8, [&](std::string_view value) {
    if (value.find_first_not_of(' ') != std::string_view::npos) values.emplace_back(value);
    return false;
  }));
  return values;
}

}  // namespace

TEST_CASE("what stands alone is between tags, in attributes and in JSON's strings", "[app]") {
  CHECK(lone_values("<p class=\"who\"><b>Ana</b> Pop</p><p>said so</p>") ==
        std::vector<std::string>{"who", "Ana Pop", "said so"});
  CHECK(lone_values(R"({"author": "Ana \u0050op", "text": "<i>old</i><br>new"})") ==
        std::vector<std::string>{"author", "Ana Pop", "text", "old", "new"});
  CHECK(lone_values("<![CDATA[Ana]]>") == std::vector<std::string>{"Ana"});
}

TEST_CASE("the first value that is looked for ends the search", "[app]") {
  int asked = 0;
  CHECK(any_lone_value("<p>one</p><p>two</p>", [&](std::string_view value) {
    ++asked;
    return value == "one";
  }));
  CHECK(asked <= 2);
}

TEST_CASE("a text is searched as read, as written, and without Markdown's addresses", "[app]") {
  const auto forms = searchable_forms("<p>caf&eacute; \\u0041</p>");
  CHECK(forms.size() == 2);
  CHECK(forms.front().find("café A") != std::string::npos);
  CHECK(forms.back().find("<p>") != std::string::npos);
  const auto linked = searchable_forms("see [the review](https://shop.example/r/1)");
  CHECK(linked.size() == 3);
  CHECK(linked.back().find("shop.example") == std::string::npos);
  CHECK(without_references("a &amp; b") == "a & b");
}
