#include "bare_parsers.h"

#include <gumbo.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <simdjson.h>

namespace testigo::bench {
namespace {

std::size_t count(const GumboNode* node) {
  const GumboVector* children = nullptr;
  if (node->type == GUMBO_NODE_DOCUMENT) children = &node->v.document.children;
  if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
    children = &node->v.element.children;
  std::size_t nodes = 1;
  if (children == nullptr) return nodes;
  for (unsigned i = 0; i < children->length; ++i)
    nodes += count(static_cast<const GumboNode*>(children->data[i]));
  return nodes;
}

std::size_t count(const xmlNode* node) {
  std::size_t nodes = 0;
  for (; node != nullptr; node = node->next) nodes += 1 + count(node->children);
  return nodes;
}

std::size_t count(simdjson::ondemand::value value) {
  std::size_t values = 1;
  switch (value.type()) {
    case simdjson::ondemand::json_type::object:
      for (auto field : value.get_object()) values += count(field.value());
      break;
    case simdjson::ondemand::json_type::array:
      for (auto element : value.get_array()) values += count(element.value());
      break;
    case simdjson::ondemand::json_type::string:
      values += std::string_view(value.get_string()).size();
      break;
    case simdjson::ondemand::json_type::number:
      values += value.get_double().value() < 0 ? 1 : 0;
      break;
    default:
      break;
  }
  return values;
}

}  // namespace

std::size_t walk_gumbo(const std::string& html) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  const std::size_t nodes = count(output->document);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return nodes;
}

std::size_t walk_libxml(const std::string& xml) {
  xmlDoc* document =
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET);
  const std::size_t nodes = count(document->children);
  xmlFreeDoc(document);
  return nodes;
}

std::size_t walk_simdjson(const std::string& json) {
  static simdjson::ondemand::parser parser;
  auto document = parser.iterate(json.data(), json.size(), json.capacity());
  return count(document.get_value().value());
}

}  // namespace testigo::bench
