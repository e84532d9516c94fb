// Any bytes give a tree, a scan and a text within bounds, and XML never more than XML.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/encoding_sniff.h"
#include "formats/html.h"
#include "formats/html_scan.h"
#include "formats/xml.h"
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const DecodedPage page = decode_page(bytes, "text/html");
  expect(testigo::text::is_valid_utf8(page.text));
  const HtmlScan scan = scan_html(page.text);
  expect(scan.anchors.size() <= max_scanned_links);
  if (const auto tree = parse_html(page.text)) {
    check_tree(*tree);
    expect(static_cast<bool>(tree->root().child("body")) ||
           static_cast<bool>(tree->root().child("frameset")));
    expect(testigo::text::is_valid_utf8(text_of(tree->document())));
  }
  if (const auto tree = parse_xml(page.text)) check_tree(*tree);
  return 0;
}
