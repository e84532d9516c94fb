#include "formats/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <memory>
#include <new>
#include <vector>

#include "formats/xml_mend.h"
#include "formats/xml_plain.h"

namespace testigo::formats {
namespace {

struct FreeDoc {
  void operator()(xmlDoc* doc) const noexcept { xmlFreeDoc(doc); }
};
struct FreeParser {
  void operator()(xmlParserCtxt* parser) const noexcept { xmlFreeParserCtxt(parser); }
};
using XmlDoc = std::unique_ptr<xmlDoc, FreeDoc>;
using XmlParser = std::unique_ptr<xmlParserCtxt, FreeParser>;

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

std::string_view view(const xmlChar* begin, const xmlChar* end) {
  return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

// What the SAX callbacks fill. Nothing may be thrown through libxml2, so at a bound they stop it.
struct Events {
  TreeBuilder builder;
  XmlLimits limits;
  std::size_t depth = 0;
  std::vector<int> declared;  // namespaces, by the open elements
  std::size_t in_force = 0;   // of them all together: each name is looked up among these
  bool too_much = false;

  bool refuse(xmlParserCtxt* parser) {
    const bool beyond = depth > limits.max_depth || builder.size() > limits.max_nodes ||
                        in_force > limits.max_namespaces;
    if (!too_much && beyond) {
      too_much = true;
      xmlStopParser(parser);
    }
    return too_much;
  }
};

Events& events_of(void* context) {
  return *static_cast<Events*>(static_cast<xmlParserCtxt*>(context)->_private);
}

std::string_view space_of(const xmlChar* uri, const xmlChar* prefix) {
  return uri ? view(uri) : view(prefix);
}

extern "C" void start_element(void* context, const xmlChar* name, const xmlChar* prefix,
                              const xmlChar* uri, int space_count, const xmlChar**,
                              int attribute_count, int, const xmlChar** attributes) noexcept {
  Events& events = events_of(context);
  ++events.depth;
  events.declared.push_back(space_count);
  events.in_force += static_cast<std::size_t>(space_count);
  if (events.refuse(static_cast<xmlParserCtxt*>(context))) return;
  events.builder.open(view(name), space_of(uri, prefix));
  // In fives: local name, prefix, namespace, begin and end of the value.
  for (int i = 0; i < attribute_count; ++i) {
    const xmlChar** attribute = attributes + std::ptrdiff_t{5} * i;
    events.builder.attribute(view(attribute[0]), view(attribute[3], attribute[4]),
                             space_of(attribute[2], attribute[1]));
  }
}

extern "C" void end_element(void* context, const xmlChar*, const xmlChar*,
                            const xmlChar*) noexcept {
  Events& events = events_of(context);
  if (events.too_much || events.depth == 0) return;
  --events.depth;
  events.in_force -= static_cast<std::size_t>(events.declared.back());
  events.declared.pop_back();
  events.builder.close();
}

extern "C" void characters(void* context, const xmlChar* text, int size) noexcept {
  Events& events = events_of(context);
  if (events.depth == 0 || events.refuse(static_cast<xmlParserCtxt*>(context))) return;
  events.builder.text(view(text, text + size));
}

// Only elements and texts are heard: whatever a DTD declares is never stored.
XmlParser make_parser(Events& events) {
  xmlInitParser();
  XmlParser parser(xmlNewParserCtxt());
  if (!parser) throw std::bad_alloc();
  *parser->sax = xmlSAXHandler{};
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->sax->startElementNs = start_element;
  parser->sax->endElementNs = end_element;
  parser->sax->characters = characters;
  parser->sax->cdataBlock = characters;
  parser->sax->ignorableWhitespace = characters;
  parser->_private = &events;
  return parser;
}

}  // namespace

Result<Tree> parse_xml(std::string_view utf8, const XmlLimits& limits) {
  if (utf8.size() > limits.max_bytes) {
    return fail(Errc::limit_exceeded, "The document has " + std::to_string(utf8.size()) +
                                          " bytes; at most " + std::to_string(limits.max_bytes) +
                                          " are read.");
  }
  if (auto plain = parse_plain_xml(utf8, limits)) return *std::move(plain);
  return parse_any_xml(utf8, limits);
}

Result<Tree> parse_any_xml(std::string_view utf8, const XmlLimits& limits) {
  const std::string mended = mend_xml(utf8);
  if (has_wide_tag(mended, limits.max_attributes)) {
    return fail(Errc::limit_exceeded, "The document has a tag with more than " +
                                          std::to_string(limits.max_attributes) +
                                          " attributes; it was not read.");
  }
  Events events;
  events.limits = limits;
  const XmlParser parser = make_parser(events);
  // NOENT: "&#38;" in an attribute is "&". There are no other entities left to put in place.
  // HUGE: texts may be longer than 10 MB; the limits here hold for the rest.
  constexpr int options = XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NOERROR |
                          XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                          XML_PARSE_HUGE;
  const XmlDoc none(xmlCtxtReadMemory(parser.get(), mended.data(), static_cast<int>(mended.size()),
                                      nullptr, "UTF-8", options));
  if (events.too_much) {
    return fail(Errc::limit_exceeded, "The document has more than " +
                                          std::to_string(limits.max_nodes) + " nodes, " +
                                          std::to_string(limits.max_depth) + " levels or " +
                                          std::to_string(limits.max_namespaces) +
                                          " namespaces in one place; it was not read.");
  }
  Tree tree = events.builder.finish();
  if (!tree.root()) return fail(Errc::malformed, "This is not XML: it has no element.");
  return tree;
}

}  // namespace testigo::formats
