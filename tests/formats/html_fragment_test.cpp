#include "formats/html_fragment.h"

#include <catch2/catch.hpp>

#include "formats/html.h"

using namespace testigo::formats;

namespace {

// The text of the tree that the standard's algorithm makes.
std::string by_tree(const std::string& html) {
  const auto tree = parse_html(html);
  REQUIRE(tree);
  return text_of(tree->document());
}

}  // namespace

TEST_CASE("a plain fragment's text is that of its tree", "[formats]") {
  for (const std::string html : {
           "<p>One<p>Two",
           "One <b>two</b> three<br>four<br><br>five",
           "<ul><li>One<li>Two<p>Three</ul>after",
           "<div><p>x</div>y",
           "x</div>y</p>z</li>w",
           "<div>a<div>b</div>c</div>d",
           "<p>a<ul><li>b</ul>c</p>d",
           "<ul><li><div>a<li>b</div></ul>c",
           "<ol><li>a<ul><li>b</li></ul></li></ol>",
           "<blockquote><p>q</blockquote>mine",
           "<b><p>x</b>y</p>z",
           "<h2>T</h2>text<h3>U</h3>",
           "a<hr>b<img src=x>c",
           "Tom &amp; Jerry &#233; &euro; & co",
           "  <p>  spaced \n out  </p>  ",
           "<P CLASS=x>UPPER</P><BR>",
           "a<!-- c -->b",
           "",
       }) {
    INFO(html);
    const auto text = text_of_plain_fragment(html);
    REQUIRE(text);
    CHECK(*text == by_tree(html));
  }
}

TEST_CASE("what needs the tree is left to it", "[formats]") {
  for (const std::string html :
       {"<table><tr><td>x</table>", "<script>x</script>", "<p hidden>x</p>", "<pre>a\nb</pre>",
        "<h1>a<h2>b", "</br>", "&unknown;", "a < b", "<img class=emoji alt=x>", "\x01", "a</"}) {
    INFO(html);
    CHECK(!text_of_plain_fragment(html));
  }
}
