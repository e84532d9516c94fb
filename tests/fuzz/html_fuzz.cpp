// Any bytes give a tree, a scan and a text within bounds, and XML never more than XML. The tree of
// a plain page is Gumbo's.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/encoding_sniff.h"
#include "formats/html.h"
#include "formats/html_fragment.h"
#include "formats/html_plain.h"
#include "formats/html_scan.h"
#include "formats/xml.h"
#include "formats/xml_plain.h"
#include "text/utf8.h"

using namespace testigo::formats;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void check_tree(const Tree& tree) {
  std::size_t nodes = 1;
  for (const Node node : tree.document().descendants()) {
    ++nodes;
    expect(node.parent().id() < node.id());
  }
  expect(nodes == tree.size());
}

void check_same(const Tree& a, const Tree& b) {
  expect(a.size() == b.size());
  for (std::uint32_t id = 0; id < a.size(); ++id) {
    const Node x = a.node(id);
    const Node y = b.node(id);
    expect(x.kind() == y.kind() && x.name() == y.name() && x.text() == y.text());
    expect(x.parent().id() == y.parent().id());
    const auto of_x = x.attributes();
    const auto of_y = y.attributes();
    expect(of_x.size() == of_y.size());
    for (std::size_t i = 0; i < of_x.size(); ++i)
      expect(of_x[i].name == of_y[i].name && of_x[i].value == of_y[i].value &&
             of_x[i].namespace_uri == of_y[i].namespace_uri);
    expect(x.namespace_uri() == y.namespace_uri());
  }
}

// C1 controls and noncharacters: Gumbo puts U+FFFD for them, the standard keeps them (§13.2.3.5).
bool has_odd_points(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const auto point = testigo::text::decode(utf8, at);
    const char32_t c = point.value;
    if ((c >= 0x7F && c < 0xA0) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE)
      return true;
    at += point.size;
  }
  return false;
}

// A page that the plain parser takes, whatever Gumbo is allowed.
void check_plain(std::string_view html) {
  const auto plain = parse_plain_html(html);
  if (!plain || has_odd_points(html)) return;
  HtmlLimits limits;
  limits.max_depth = max_plain_depth - 1;  // too little for the plain parser: Gumbo's turn
  if (const auto whole = parse_html(html, limits)) check_same(*plain, *whole);
}

// A fragment whose text is read off its tokens has the text of its tree.
void check_fragment(std::string_view html) {
  const auto text = text_of_plain_fragment(html);
  if (!text || has_odd_points(html)) return;
  if (const auto tree = parse_html(html)) expect(*text == text_of(tree->document()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const DecodedPage page = decode_page(bytes, "text/html");
  expect(testigo::text::is_valid_utf8(page.text));
  const HtmlScan scan = scan_html(page.text);
  expect(scan.anchors.size() <= max_scanned_links);
  check_plain(page.text);
  check_fragment(page.text);
  check_plain("<html><head></head><body>" + page.text + "</body></html>");
  if (const auto tree = parse_html(page.text)) {
    check_tree(*tree);
    expect(static_cast<bool>(tree->root().child("body")) ||
           static_cast<bool>(tree->root().child("frameset")));
    expect(testigo::text::is_valid_utf8(text_of(tree->document())));
  }
  if (const auto tree = parse_any_xml(page.text)) {
    check_tree(*tree);
    if (const auto plain = parse_plain_xml(page.text, {})) check_same(*plain, *tree);
  }
  return 0;
}
