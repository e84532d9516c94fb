#include "formats/html.h"

#include <catch2/catch.hpp>

#include "formats/html_scan.h"
#include "formats/xpath.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

Tree parsed(std::string_view html) {
  auto tree = parse_html(html);
  REQUIRE(tree);
  return std::move(*tree);
}

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

Errc refusal(std::string_view html) {
  const auto tree = parse_html(html);
  REQUIRE_FALSE(tree);
  return tree.error().code;
}

std::string text(std::string_view html) { return text_of(parsed(html).document()); }

}  // namespace

TEST_CASE("an HTML tree owns its names, attributes and texts", "[formats]") {
  Tree tree;
  {
    const std::string page =
        "<!doctype html><title>T</title><p CLASS='a b' data-x>Uno &amp; dos"
        "<my-tag>tres</my-tag><svg viewBox='0'/></p><p>q";
    tree = parsed(page);
  }
  CHECK(tree.root().name() == "html");
  const Node body = tree.root().child("body");
  const Node p = body.child("p");
  CHECK(p.attribute("class") == "a b");
  CHECK(p.attribute("data-x") == "");
  CHECK_FALSE(p.attribute("id"));
  CHECK(p.first_child().text() == "Uno & dos");
  CHECK(p.first_child().next_sibling().name() == "my-tag");
  CHECK(p.text_content() == "Uno & dostres");
  CHECK(p.next_sibling().text_content() == "q");
  CHECK_FALSE(p.next_sibling().next_sibling());
  CHECK(p.parent() == body);
  CHECK(tree.document().find("title").text_content() == "T");
  CHECK_FALSE(tree.document().parent());
  std::size_t count = 0;
  for (const Node child : body.children()) count += child.is_element("p") ? 1 : 0;
  CHECK(count == 2);
  CHECK(Node().name().empty());
  CHECK_FALSE(Node().find("p"));
}

TEST_CASE("anything is HTML, and always has a body", "[formats]") {
  for (const std::string& page : {std::string(), std::string("\xff\xfe\x00", 3), std::string("<"),
                                  std::string("</p></div>"), std::string("<table><p>x<td>")}) {
    CHECK(parsed(page).root().child("body"));
  }
}

TEST_CASE("text is read as a reader sees it", "[formats]") {
  CHECK(text("<p>Uno  \n dos</p><p>tres<br>cuatro</p>") == "Uno dos\n\ntres\ncuatro");
  CHECK(text("a<b>b</b>c <i> d</i>e") == "abc de");
  CHECK(text("<div>a</div><div>b</div>c") == "a\nb\nc");
  CHECK(text("a<br><br>b") == "a\n\nb");
  CHECK(text("<ul><li>x<li>y</ul>z") == "x\ny\n\nz");
  CHECK(text("<table><tr><td>1<td>2<tr><td>3</table>") == "1 2\n3");
  CHECK(text("<pre>a\n  b</pre>c") == "a\n  b\n\nc");
  CHECK(text("<script>x()</script><style>p{}</style>y<p hidden>no</p>") == "y");
  CHECK(text("caf&eacute;&nbsp;&#8217;&hellip;") == "café ’…");
  CHECK(text("ok <img class=emoji alt='👍' src=x> bye") == "ok 👍 bye");
  CHECK(text("") == "");
}

TEST_CASE("markup in strings becomes text and plain text stays", "[formats]") {
  CHECK(text_of_html("<p>Hello &amp; <b>bye</b></p>") == "Hello & bye");
  CHECK(text_of_html("plain\nlines 1 < 2 &amp; x") == "plain\nlines 1 < 2 & x");
  CHECK(text_of_html(repeat("<div>", 5'000) + "deep") == "deep");
}

TEST_CASE("what a string's markup hides is left out, on a page what `hidden` does", "[formats]") {
  const std::string shown = "<p>y</p>";
  for (const std::string tag :
       {"<p hidden>", "<i aria-hidden=TRUE>", "<b style='x:y;display: none !important'>",
        "<div STYLE='VISIBILITY:\nhidden'>"}) {
    INFO(tag);
    CHECK(text_of_html(tag + "no" + tag.substr(0, 1) + "/" + tag.substr(1, tag.find(' ') - 1) +
                       ">" + shown) == "y");
  }
  for (const std::string tag : {"<i aria-hidden=false>", "<b style='display:inline'>",
                                "<b style='--x-display:none'>", "<b title=hidden>"})
    CHECK(text_of_html(tag + "no") == "no");
  CHECK(text_of(parsed("<p style='display:none'>more").document()) == "more");
}

TEST_CASE("a character's number that never ends is one that cannot be read", "[formats]") {
  const std::string endless = repeat("5", 120);
  for (const std::string& number : {"&#" + endless, "&#x" + endless, "&#00" + endless}) {
    const Tree tree = parsed("<p title='" + number + ";'>a" + number + ";b<table><i>");
    CHECK(text_of(tree.document()) == "a\uFFFDb");
  }
  const Tree tree = parsed("<p>a&#" + repeat("0", 90) + "65;b<table><i>");
  CHECK(text_of(tree.document()) == "aAb");
}

TEST_CASE("pages that would take Gumbo long are refused at once", "[formats]") {
  CHECK(refusal(repeat("<div>", 100'000)) == Errc::limit_exceeded);
  CHECK(refusal(repeat("<div></span>", 100'000)) == Errc::limit_exceeded);
  CHECK(refusal(repeat("<span><div></span>", 100'000)) == Errc::limit_exceeded);
  CHECK(refusal(repeat("<b><div></b>", 100'000)) == Errc::limit_exceeded);
  CHECK(refusal(repeat("<div><table><tr><td></div>", 100'000)) == Errc::limit_exceeded);
  CHECK(refusal("<div><table>" + repeat("<i>", 900) + repeat("</div>", 1'000'000)) ==
        Errc::limit_exceeded);
  CHECK(refusal("<p" + repeat(" a b", 100'000) + ">") == Errc::limit_exceeded);
  std::string fonts;
  for (int i = 0; i < 900; ++i) fonts += "<font size=" + std::to_string(i) + ">";
  CHECK(refusal("<p>" + fonts + repeat("<p>x", 1'000'000)) == Errc::limit_exceeded);
  CHECK(refusal(std::string((16u << 20) + 1, 'x')) == Errc::limit_exceeded);
}

TEST_CASE("long pages with sloppy end tags are not taken for an attack", "[formats]") {
  CHECK(parse_html("<ul>" + repeat("<li>x", 20'000) + "</ul>"));
  CHECK(parse_html(repeat("<p>x<br>", 20'000)));
  CHECK(parse_html("<table>" + repeat("<tr><td>x<td><a href=y>z</a>", 20'000)));
  CHECK(parse_html(repeat("<div><b>x</b><span>y</span></div>", 20'000)));
  CHECK(parse_html(repeat("</div>", 20'000)));
}

TEST_CASE("a scan tells which vocabularies a page is marked up in", "[formats]") {
  const HtmlScan scan = scan_html(
      "<div itemscope ITEMTYPE='https://schema.org/Review'><p itemtype='https://schema.org/Review'>"
      "<p typeof=Rating><script>\"itemtype='https://schema.org/Answer'\"</script>"
      "<!-- <p itemtype=Comment> --><i class='box h-review'>");
  CHECK(scan.item_types == std::vector<std::string>{"https://schema.org/Review"});
  CHECK(scan.rdfa_types == std::vector<std::string>{"Rating"});
  CHECK(scan.review_classes);
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "<p itemtype=" + std::to_string(i) + " class=review>";
  CHECK(scan_html(many).item_types.size() == max_scanned_types);
  CHECK(!scan_html(many).review_classes);
  CHECK(scan_html("<p class='box\nhreview-aggregate'>").review_classes);
  CHECK(!scan_html("<p class='éhreview xh-review huge'>").review_classes);
}

TEST_CASE("metas alone are those that a whole scan finds", "[formats]") {
  const std::string page =
      "<META Name=' Robots ' content=noindex><meta content=x><meta property=og:type>"
      "<!-- <meta name=no> --><script>\"<meta name=no>\"</script><metal name=no>"
      "<body><meta itemprop=a name='b&amp;c' content=' d '";
  const auto metas = scan_metas(page);
  const HtmlScan scan = scan_html(page);
  REQUIRE(metas.size() == scan.metas.size());
  for (std::size_t i = 0; i < metas.size(); ++i) {
    CHECK(metas[i].name == scan.metas[i].name);
    CHECK(metas[i].content == scan.metas[i].content);
  }
  REQUIRE(metas.size() == 3);
  CHECK(metas[0].name == "robots");
  CHECK(metas[2].name == "b&c");
  CHECK(scan_metas("").empty());
}

TEST_CASE("a scan finds what needs no tree", "[formats]") {
  const HtmlScan scan = scan_html(
      "<!doctype html><HTML lang='es-MX'><head><title> A &amp; B </title><base href='/b/'>"
      "<!-- <a href=no> --><link rel=\"Alternate Feed\" type='application/rss+xml' "
      "href='/f?a=1&amp;b=2'>"
      "<meta name=Robots content=\"noindex\"><meta property='og:url' content=x>"
      "<script type='application/ld+json; charset=utf-8'>{\"a\":\"<b>\"}</script>"
      "<script>var s = '<a href=no>';</script></head>"
      "<body><a href=' /p2 ' rel=NEXT>Siguiente <b>p&aacute;gina</b></a><a name=x>no</a>"
      "<a href=unclosed>last");
  CHECK(scan.language == "es-MX");
  CHECK(scan.title == "A & B");
  CHECK(scan.base == "/b/");
  REQUIRE(scan.links.size() == 1);
  CHECK(scan.links[0].rel == "alternate feed");
  CHECK(scan.links[0].href == "/f?a=1&b=2");
  CHECK(scan.meta("robots") == "noindex");
  CHECK(scan.meta("og:url") == "x");
  CHECK_FALSE(scan.meta("none"));
  CHECK(scan.json_ld == std::vector<std::string>{"{\"a\":\"<b>\"}"});
  REQUIRE(scan.anchors.size() == 2);
  CHECK(scan.anchors[0].href == "/p2");
  CHECK(scan.anchors[0].rel == "next");
  CHECK(scan.anchors[0].text == "Siguiente página");
  CHECK(scan.anchors[1].text == "last");
}

TEST_CASE("a scan of broken pages ends", "[formats]") {
  for (const char* page :
       {"<", "<a", "<a href", "<a href=", "<a href='", "<!--", "<!-->", "<!doctype", "<script>",
        "<script></scrip", "</", "</a", "<a/", "<?x", "<title>"}) {
    INFO(page);
    CHECK(scan_html(page).anchors.size() <= 1);
  }
  CHECK(scan_html(repeat("<script>", 50'000)).json_ld.empty());
  CHECK(scan_html("<!--" + repeat("<a href=x>", 10'000)).anchors.empty());
}

TEST_CASE("character references are decoded as browsers do", "[formats]") {
  CHECK(decode_entities("&lt;&GT;&amp;amp;&#39;&#x27;&apos;&#146;") == "<&GT;&amp;'''’");
  CHECK(decode_entities("a & b &; &# &#x; &nosuch; &#0; &#xD800;") ==
        "a & b &; &# &#x; &nosuch; \uFFFD \uFFFD");
  CHECK(decode_entities("&#8364 &euro;") == "€ €");
}

TEST_CASE("XPath selects elements, attributes and values of an HTML tree", "[formats]") {
  const Tree tree = parsed(
      "<div class=r><span class=n>Ana</span><a href=/1>x</a></div><div class=r><span class=n>Luis"
      "</span><a href=/2>y</a></div>");
  XPathDocument document(tree);
  const auto rows = document.select("//div[@class='r']").value();
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].node.name() == "div");
  CHECK(rows[1].node.text_content() == "Luisy");
  CHECK(rows[1].value.empty());
  CHECK(document.first("span", rows[1].node).value()->node.text_content() == "Luis");
  CHECK(document.first("a/@href", rows[0].node).value()->value == "/1");
  CHECK(document.first("a/@href", rows[0].node).value()->node.name() == "a");
  CHECK(document.first("a/@href", rows[0].node).value()->is_attribute);
  CHECK(document.first("count(//div)").value()->value == "2");
  CHECK(document.first("normalize-space(//span)").value()->value == "Ana");
  CHECK(document.first("//none").value() == std::nullopt);
  CHECK(document.select("//span/text()").value()[0].node.text() == "Ana");
  CHECK(document.select("//div[").error().code == Errc::malformed);
  CHECK(document.select("//x:div").error().code == Errc::malformed);
  CHECK(document.select("nosuch()").error().code == Errc::malformed);
  CHECK(check_xpath("//a[@rel='next']"));
  CHECK(check_xpath("//a[").error().code == Errc::malformed);
  CHECK(check_xpath("string(//a [text() and not(@b = 'x(')]) or (//c mod (2))"));
  CHECK(check_xpath("ancestor::node()/@x[starts-with (., \"a\")]"));
  CHECK(check_xpath("//a[ends-with(@b, 'c')]").error().what.find("\"ends-with\"") !=
        std::string::npos);
}

TEST_CASE("an XPath expression that takes too long is stopped", "[formats]") {
  const Tree tree = parsed(repeat("<p><b>x</b></p>", 5'000));
  XPathDocument document(tree);
  CHECK(document.select("//p[count(//p[count(//b) > 1]) > 1]").error().code ==
        Errc::limit_exceeded);
  CHECK(document.select("//p[1]").has_value());
}
