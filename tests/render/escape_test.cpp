#include "render/escape.h"

#include <catch2/catch.hpp>
#include <type_traits>

using namespace testigo::render;

TEST_CASE("markup in text is shown, not obeyed", "[render]") {
  CHECK(escape("<script>alert('1')</script>").str() ==
        "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
  CHECK(escape("\" onload=`x` &amp;").str() == "&quot; onload=&#96;x&#96; &amp;amp;");
  CHECK(escape("țeapă 😡").str() == "țeapă 😡");
}

TEST_CASE("controls, bidirectional marks and broken bytes are replaced", "[render]") {
  CHECK(escape(std::string("a\0b", 3)).str() == "a\uFFFDb");
  CHECK(escape("\x1b[31m\u202Ex\xFF").str() == "\uFFFD[31m\uFFFDx\uFFFD");
  CHECK(escape("a\tb\nc").str() == "a\tb\nc");
}

TEST_CASE("only literals and escaped text make a page", "[render]") {
  const Html page = "<p>"_html + escape("a<b") + "</p>"_html;
  CHECK(page.str() == "<p>a&lt;b</p>");
  CHECK_FALSE(std::is_constructible_v<Html, std::string>);
  CHECK_FALSE(std::is_constructible_v<Html, const char*>);
}

TEST_CASE("only web links are followed", "[render]") {
  CHECK(escape_link("https://a.example/?a=1&b=2").str() == "https://a.example/?a=1&amp;b=2");
  CHECK(escape_link("HTTP://a.example").str() == "HTTP://a.example");
  for (const auto* url : {"javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//x",
                          "", "vbscript:x", "https:evil", "java\nscript:x"})
    CHECK(escape_link(url).str() == "#");
}
