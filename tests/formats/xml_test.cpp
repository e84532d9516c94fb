#include "formats/xml.h"

#include <catch2/catch.hpp>

#include "formats/xpath.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

Tree parsed(std::string_view xml) {
  auto tree = parse_xml(xml);
  INFO((tree ? "" : tree.error().what));
  REQUIRE(tree);
  return std::move(*tree);
}

}  // namespace

TEST_CASE("an XML tree has local names, namespaces, CDATA and attributes", "[formats]") {
  const Tree tree = parsed(
      "\n<?xml version='1.0' encoding='iso-8859-1'?>\n<feed xmlns='urn:atom' xmlns:d='urn:dc' "
      "xml:lang='es'><d:creator d:x='1'>Año</d:creator><c><![CDATA[<b>&amp;]]> t</c></feed>");
  const Node feed = tree.root();
  CHECK(feed.name() == "feed");
  CHECK(feed.namespace_uri() == "urn:atom");
  CHECK(feed.attribute("lang") == "es");
  const Node creator = feed.child("creator");
  CHECK(creator.namespace_uri() == "urn:dc");
  CHECK(creator.text_content() == "Año");
  CHECK(creator.attribute("urn:dc", "x") == "1");
  CHECK(feed.child("c").text_content() == "<b>&amp; t");
  XPathDocument document(tree, {{"a", "urn:atom"}, {"dc", "urn:dc"}});
  CHECK(document.first("/a:feed/dc:creator").value()->node.text_content() == "Año");
  CHECK(document.first("//dc:creator/@dc:x").value()->value == "1");
}

TEST_CASE("names of one length and the same ends are kept apart", "[formats]") {
  const Tree tree = parsed("<r><axb ayb='1'/><ayb axb='2'/><axb/></r>");
  std::vector<std::string> names;
  for (const Node child : tree.root().children()) names.emplace_back(child.name());
  CHECK(names == std::vector<std::string>{"axb", "ayb", "axb"});
  CHECK(tree.root().child("axb").attribute("ayb") == "1");
  CHECK(tree.root().child("ayb").attribute("axb") == "2");
}

TEST_CASE("feeds that are not quite XML are read", "[formats]") {
  CHECK(parsed("<r><t>Caf&eacute; &amp; t&eacute; A&B &#146;</t></r>").root().text_content() ==
        "Café & té A&B ’");
  CHECK(parsed("<r a='x&y&copy;'/>").root().attribute("a") == "x&y©");
  CHECK(parsed("<r>a\x01z\xffq</r>").root().text_content() == "a z\uFFFDq");
  CHECK(parsed("<r><a>1</a><b>2").root().child("b").text_content() == "2");
  CHECK(parsed("<r><a>1</b><c>3</c></r>").root().child("c").text_content() == "3");
  CHECK(parsed("<r><dc:date>x</dc:date></r>").root().first_child().namespace_uri() == "dc");
  CHECK(parsed("junk <r>1</r>").root().name() == "r");
}

TEST_CASE("values of attributes need no quotes", "[formats]") {
  const Tree tree =
      parsed("<rss version=2.0><a href=https://a.example/?p=1&amp;q=2 b = c d='e=f'>x</a></rss>");
  CHECK(tree.root().attribute("version") == "2.0");
  const Node a = tree.root().child("a");
  CHECK(a.attribute("href") == "https://a.example/?p=1&q=2");
  CHECK(a.attribute("b") == "c");
  CHECK(a.attribute("d") == "e=f");
  CHECK(a.text_content() == "x");
}

TEST_CASE("entities of a document are never expanded", "[formats]") {
  const Tree tree = parsed(
      "<!DOCTYPE r [<!ENTITY a 'AAAA'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM "
      "'file:///etc/passwd'>"
      "<!ENTITY % p SYSTEM 'http://127.0.0.1/x'> %p;]><r>1&b;&x;2</r>");
  CHECK(tree.root().text_content() == "1&b;&x;2");
}

TEST_CASE("a tag with a million attributes is refused before it is read", "[formats]") {
  const auto wide = [](std::string_view name, std::size_t count) {
    std::string xml = "<rss";
    for (std::size_t i = 0; i < count; ++i)
      xml += " " + std::string(name) + std::to_string(i) + "=\"x=1\"";
    return xml + "><channel/></rss>";
  };
  CHECK(parse_xml(wide("a", 512)));
  for (const std::string_view name : {"a", "xmlns:a"}) {
    const auto refused = parse_xml(wide(name, 1'000'000));
    REQUIRE(!refused);
    CHECK(refused.error().code == Errc::limit_exceeded);
    CHECK(refused.error().what.find("512 attributes") != std::string::npos);
  }
  // What stands in comments, CDATA and texts is none.
  std::string text = "<a><!-- ";
  for (int i = 0; i < 2000; ++i) text += "x=\"1\" ";
  CHECK(parse_any_xml(text + "--><![CDATA[" + text.substr(3) + "]]>" + text.substr(8) + "</a>"));
}

TEST_CASE("namespaces that pile up on the way down are refused", "[formats]") {
  std::string xml;
  for (int level = 0; level < 200; ++level) {
    xml += "<a";
    for (int i = 0; i < 400; ++i) xml += " xmlns:n" + std::to_string(level * 400 + i) + "=\"u\"";
    xml += ">";
  }
  for (int i = 0; i < 100'000; ++i) xml += "<q:x/>";
  const auto refused = parse_xml(xml);
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  // Each entry may declare its own, one after another.
  std::string feed = "<feed>";
  for (int i = 0; i < 5000; ++i) feed += "<entry xmlns:e" + std::to_string(i) + "='u'/>";
  CHECK(parse_xml(feed + "</feed>"));
  CHECK(parse_any_xml(feed + "</feed>"));
}

TEST_CASE("XML beyond its bounds is refused, and so is what is none", "[formats]") {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<a>";
  CHECK(parse_xml(deep).error().code == Errc::limit_exceeded);
  CHECK(parse_xml("<r><a/><a/><a/></r>", {.max_nodes = 2}).error().code == Errc::limit_exceeded);
  CHECK(parse_xml("<r/>", {.max_bytes = 3}).error().code == Errc::limit_exceeded);
  CHECK(parse_xml("").error().code == Errc::malformed);
  CHECK(parse_xml("{\"json\":1}").error().code == Errc::malformed);
  CHECK(parse_xml("<!DOCTYPE html><html><p>not xml<br></html>"));
}
