#include "extract/quotes.h"

#include "formats/html.h"
#include "formats/xpath.h"

namespace testigo::extract {
namespace {

using formats::Node;

// As deep as parse_html allows trees to be.
void copy_without(Node node, const NodeIds& left_out, formats::TreeBuilder& copy) {
  if (left_out.contains(node.id())) return;
  if (node.kind() == formats::NodeKind::text) {
    copy.text(node.text());
    return;
  }
  copy.open(node.name());
  for (const Node::Attribute& attribute : node.attributes()) {
    copy.attribute(attribute.name, attribute.value);
  }
  for (const Node child : node.children()) copy_without(child, left_out, copy);
  copy.close();
}

}  // namespace

std::string text_without(Node node, const NodeIds& quotes) {
  if (quotes.empty()) return formats::text_of(node);
  formats::TreeBuilder copy;
  copy_without(node, quotes, copy);
  const formats::Tree tree = copy.finish();
  return formats::text_of(tree.root());
}

std::string html_text_without(std::string_view html, std::string_view quotes) {
  const Result<formats::Tree> tree = formats::parse_html(html);
  if (!tree) return formats::text_of_html(html);
  NodeIds ids;
  if (const auto matches = formats::XPathDocument(*tree).select(quotes)) {
    for (const formats::XPathMatch& match : *matches) ids.insert(match.node.id());
  }
  return text_without(tree->root(), ids);
}

}  // namespace testigo::extract
