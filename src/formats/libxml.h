#pragma once

#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>

// libxml2's handles as owners. For this room's .cpp files only.
namespace testigo::formats {

struct FreeXmlDoc {
  void operator()(xmlDoc* doc) const noexcept { xmlFreeDoc(doc); }
};
struct FreeXmlParser {
  void operator()(xmlParserCtxt* parser) const noexcept { xmlFreeParserCtxt(parser); }
};
struct FreeXPathContext {
  void operator()(xmlXPathContext* context) const noexcept { xmlXPathFreeContext(context); }
};
struct FreeXPathObject {
  void operator()(xmlXPathObject* object) const noexcept { xmlXPathFreeObject(object); }
};
struct FreeXPathExpression {
  void operator()(xmlXPathCompExpr* expression) const noexcept {
    xmlXPathFreeCompExpr(expression);
  }
};

using XmlDoc = std::unique_ptr<xmlDoc, FreeXmlDoc>;
using XmlParser = std::unique_ptr<xmlParserCtxt, FreeXmlParser>;
using XPathContext = std::unique_ptr<xmlXPathContext, FreeXPathContext>;
using XPathObject = std::unique_ptr<xmlXPathObject, FreeXPathObject>;
using XPathExpression = std::unique_ptr<xmlXPathCompExpr, FreeXPathExpression>;

}  // namespace testigo::formats
