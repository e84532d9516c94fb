#include "formats/html_plain.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "formats/html.h"

namespace testigo::formats {
namespace {

std::string shown(const Tree& tree) {
  std::string out;
  for (const Node node : tree.document().descendants()) {
    out += std::to_string(node.parent().id());
    if (node.kind() == NodeKind::text) {
      out += " \"" + std::string(node.text()) + "\"\n";
      continue;
    }
    out += " <" + std::string(node.name());
    for (const Node::Attribute& attribute : node.attributes())
      out += " " + std::string(attribute.name) + "=\"" + std::string(attribute.value) + "\"";
    out += ">\n";
  }
  return out;
}

// A bound below the plain parser's own sends the page to Gumbo.
Result<Tree> by_gumbo(std::string_view html) {
  HtmlLimits limits;
  limits.max_depth = max_plain_depth - 1;
  return parse_html(html, limits);
}

std::string page(const std::string& body) {
  return "<!doctype html>\n<html lang=en><head><title>a &amp; b</title>\n<meta charset=utf-8>"
         "<script>if (a < b && c) d(\"</p>\");</script></head>\n<body class='x y'>" +
         body + "</body>\n</html>\n";
}

bool is_plain(const std::string& html) {
  const std::optional<Tree> plain = parse_plain_html(html);
  if (!plain) return false;
  const Result<Tree> whole = by_gumbo(html);
  INFO(html);
  REQUIRE(whole);
  CHECK(shown(*plain) == shown(*whole));
  return true;
}

}  // namespace

TEST_CASE("plain pages have the same tree without Gumbo", "[formats]") {
  for (const std::string body :
       {"",
        "text &lt;3 &#233; &eacute;&nbsp;&mdash; AT&T;",
        "<p>a<p>b</p><div>c</div>",
        "<p>a<ul><li>b<li>c<p>d</ul>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<p>a<br>b<hr>c",
        "<b>a<i>b</i></b> <a href='?a=1&b=2&copy=3&amp;d=&quot;'>x</a>",
        "<form action=/q><input name=q disabled><button "
        "type=submit><span>go</span></button></form>",
        "<h1>a</h1><h2>b<small>c</small></h2>",
        "<textarea>a &amp; c</textarea>",
        "<custom-tag DATA-X=1 data-y>x</custom-tag><img src=a.png alt=''/>",
        "<p>a<!-- b <p> -->c</p><![CDATA[x]]><?php x?>",
        "<noscript><p>a</p></noscript>",
        "<ul><li><ul><li>a</li></ul></li><li>b</li></ul>",
        "<p>a & b &</p>",
        "&#128;",
        "<style>p > a {}</style><script></script>",
        "<div>\n <p>\n</p>\n</div>\n\n",
        "<p><button>a</button></p>",
        "<h1>x<p>y</h1>",
        "<ol><dt>a</ol>",
        "<b><b><b><b>x</b></b></b></b>"}) {
    INFO(body);
    const bool plain = is_plain(page(body));
    if (body.find("AT&T") == std::string::npos) CHECK(plain);
  }
}

TEST_CASE("what needs the whole algorithm is left to Gumbo", "[formats]") {
  for (const std::string body : {"<table><tr><td>x</table>",
                                 "<b><p>a</b>b</p>",
                                 "<a>x<a>y</a></a>",
                                 "</p>",
                                 "</br>",
                                 "<div>",
                                 "</div>",
                                 "<p><span><div>x</div></span></p>",
                                 "<svg><path/></svg>",
                                 "<select><option>a</select>",
                                 "<li>a<div><li>b</div>",
                                 "a\rb",
                                 "a\xFF",
                                 "&copy 2026",
                                 "&lang;",
                                 "&notit;",
                                 "<p a=1 a=2>x</p>",
                                 "<p a\"b>x</p>",
                                 "<pre>\nx</pre>",
                                 "<textarea>\nx</textarea>",
                                 "<body>",
                                 "<html>",
                                 "<head>",
                                 "<title>x</title>",
                                 "<script><!-- <script> </script> --></script>",
                                 "<form><form></form></form>",
                                 "<button><button></button></button>",
                                 "<h1><h2>x</h2></h1>",
                                 "<dl><dd>a<li>b</dl>",
                                 "<iframe><p></iframe>",
                                 "a < b",
                                 "b>><\x18\u00FE<",
                                 "<nobr>x</nobr>",
                                 "<template>x</template>",
                                 "<p\x01>x</p>"}) {
    INFO(body);
    CHECK(!is_plain(page(body)));
  }
  for (const std::string html :
       {"", "text", "<p>x</p>", "<html><body></body></html>", "<html><head></head></html>",
        "<html><head></head>x<body></body></html>", "<html><head><p></head><body></body></html>",
        "<html><head></head><body></body>x</html>", "<html><head></head><body></body></html>x",
        "<html><head></head><body></body></html><p>", "<html><head></head><body>",
        "\xEF\xBB\xBF<html>"}) {
    INFO(html);
    CHECK(!parse_plain_html(html));
  }
  std::string deep;
  for (std::size_t i = 0; i < max_plain_depth; ++i) deep += "<div>";
  CHECK(!parse_plain_html(page(deep)));
}

TEST_CASE("recorded pages that are plain have Gumbo's tree", "[formats]") {
  const std::filesystem::path shared = TESTIGO_SHARED_DIR;
  if (!std::filesystem::exists(shared)) {
    std::cout << "skipped: there are no recordings at " << shared << "\n";
    return;
  }
  std::size_t plain = 0;
  std::size_t pages = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shared)) {
    const std::string kind = entry.path().extension();
    if (kind != ".html" && kind != ".htm") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string html{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    INFO(entry.path().string());
    ++pages;
    if (is_plain(html)) ++plain;
  }
  std::cout << "plain: " << plain << " of " << pages << " recorded pages\n";
}

}  // namespace testigo::formats
