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
  CHECK(document.first("/a:feed/dc:creator").value()->value == "Año");
  CHECK(document.first("//dc:creator/@dc:x").value()->value == "1");
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

TEST_CASE("entities of a document are never expanded", "[formats]") {
  const Tree tree = parsed(
      "<!DOCTYPE r [<!ENTITY a 'AAAA'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM "
      "'file:///etc/passwd'>"
      "<!ENTITY % p SYSTEM 'http://127.0.0.1/x'> %p;]><r>1&b;&x;2</r>");
  CHECK(tree.root().text_content() == "1&b;&x;2");
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
