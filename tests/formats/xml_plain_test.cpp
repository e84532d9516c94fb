#include "formats/xml_plain.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "formats/encoding_sniff.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

// A tree written down whole.
std::string dump(const Tree& tree) {
  std::string out;
  for (const Node node : tree.document().descendants()) {
    out += std::to_string(node.parent().id()) + " {" + std::string(node.namespace_uri()) + "}" +
           std::string(node.name()) + " [" + std::string(node.text()) + "]";
    for (const auto& attribute : node.attributes())
      out += " {" + std::string(attribute.namespace_uri) + "}" + std::string(attribute.name) + "=" +
             std::string(attribute.value);
    out += '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("a plain document's tree is the one that libxml2 builds", "[formats]") {
  for (const std::string xml : {
           "<r/>",
           "<?xml version=\"1.0\"?>\n<r a='1' b=\"2&amp;3\">x<!-- c -->y<b/>z</r>\n",
           "<rss xmlns:dc='urn:dc' xml:lang='es'><dc:creator>Ana &lt; "
           "&#233;&eacute;</dc:creator></rss>",
           "<a xmlns='urn:a'><b xmlns='urn:b' xmlns:x='urn:x' x:k='1' k2='2'/><b/></a>",
           "<a xmlns:x='urn:1'><b xmlns:x='urn:2'><x:c/></b><x:c/></a>",
           "<a>\n  <b>t</b>\n</a>",
           "<a><![CDATA[<b>&amp;]]> tail</a>",
           "<a>&#146; &nbsp;</a>",
       }) {
    INFO(xml);
    const auto plain = parse_plain_xml(xml, {});
    REQUIRE(plain);
    CHECK(dump(*plain) == dump(*parse_any_xml(xml)));
  }
}

TEST_CASE("what is not plain is left to libxml2", "[formats]") {
  for (const std::string xml : {"",
                                "text",
                                "<a>",
                                "<a></b>",
                                "<a/><b/>",
                                "<a b=1/>",
                                "<a b='1' b='2'/>",
                                "<x:a/>",
                                "<!DOCTYPE a><a/>",
                                "<a>&unknown;</a>",
                                "<a>A & B</a>",
                                "<a>]]></a>",
                                "<a><![CDATA[]]></a>",
                                "<a b='<'/>",
                                "<a>\r\n</a>",
                                "<a>\x01</a>",
                                "<a>\xFF</a>",
                                "<a xmlns:x=''/>",
                                "<1/>",
                                "<a><?php x?></a>",
                                "<a b='1'c='2'/>",
                                "<a><!-- a -- b --></a>",
                                "<a/>text"}) {
    INFO(xml);
    CHECK(!parse_plain_xml(xml, {}));
  }
}

TEST_CASE("a plain document keeps to the limits", "[formats]") {
  XmlLimits limits;
  limits.max_depth = 3;
  CHECK(parse_plain_xml("<a><a><a/></a></a>", limits));
  CHECK(!parse_plain_xml("<a><a><a><a/></a></a></a>", limits));
  limits.max_nodes = 5;
  CHECK(!parse_plain_xml("<a><b/><b/><b/><b/><b/></a>", limits));
}

TEST_CASE("recorded feeds have the tree that libxml2 builds", "[formats]") {
  const std::filesystem::path folder = std::filesystem::path(TESTIGO_SHARED_DIR) / "fixtures/feeds";
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "skipped: " << folder << " is not there\n";
    return;
  }
  std::size_t plain_documents = 0;
  std::size_t documents = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".jsonl") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::string text = decode_page(bytes, "application/xml").text;
    ++documents;
    const auto plain = parse_plain_xml(text, {});
    if (!plain) continue;
    ++plain_documents;
    INFO(entry.path());
    CHECK(dump(*plain) == dump(*parse_any_xml(text)));
  }
  std::cout << "plain: " << plain_documents << " of " << documents << " recorded feeds\n";
  CHECK(plain_documents > 0);
}
