#include "formats/xpath.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <memory>
#include <new>

namespace testigo::formats {
namespace {

struct FreeDoc {
  void operator()(xmlDoc* doc) const noexcept { xmlFreeDoc(doc); }
};
struct FreeContext {
  void operator()(xmlXPathContext* context) const noexcept { xmlXPathFreeContext(context); }
};
struct FreeObject {
  void operator()(xmlXPathObject* object) const noexcept { xmlXPathFreeObject(object); }
};
struct FreeExpression {
  void operator()(xmlXPathCompExpr* compiled) const noexcept { xmlXPathFreeCompExpr(compiled); }
};
using XmlDoc = std::unique_ptr<xmlDoc, FreeDoc>;
using XPathContext = std::unique_ptr<xmlXPathContext, FreeContext>;
using XPathObject = std::unique_ptr<xmlXPathObject, FreeObject>;
using XPathExpression = std::unique_ptr<xmlXPathCompExpr, FreeExpression>;

// libxml2 reports XPath faults as its general codes, in the same order.
constexpr int op_limit_code =
    static_cast<int>(XML_XPATH_EXPRESSION_OK) + static_cast<int>(XPATH_OP_LIMIT_EXCEEDED);

const xmlChar* chars(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

std::string string_of(xmlChar* owned) {
  std::string out(owned ? reinterpret_cast<const char*>(owned) : "");
  xmlFree(owned);
  return out;
}

extern "C" void ignore_error(void*, xmlError*) {}
extern "C" void ignore_message(void*, const char*, ...) {
}  // NOLINT(cert-dcl50-cpp): libxml2's type

// Some faults of expressions are told to a handler of the thread only, which would print them.
class SilentMessages {
 public:
  SilentMessages() { xmlSetGenericErrorFunc(nullptr, ignore_message); }
  ~SilentMessages() { xmlSetGenericErrorFunc(nullptr, nullptr); }
  SilentMessages(const SilentMessages&) = delete;
  SilentMessages& operator=(const SilentMessages&) = delete;
};

Error malformed(std::string_view expression, std::string_view why) {
  return {Errc::malformed, std::string(why), "XPath \"" + std::string(expression) + "\""};
}

XPathContext make_context(xmlDoc* doc) {
  XPathContext context(xmlXPathNewContext(doc));
  if (!context) throw std::bad_alloc();
  context->error = ignore_error;
  return context;
}

// XPath 1.0 §4; §2.3 and §3.7 have the other names that a bracket may follow.
constexpr std::array<std::string_view, 35> names_before_brackets = {"last",
                                                                    "position",
                                                                    "count",
                                                                    "id",
                                                                    "local-name",
                                                                    "namespace-uri",
                                                                    "name",
                                                                    "string",
                                                                    "concat",
                                                                    "starts-with",
                                                                    "contains",
                                                                    "substring-before",
                                                                    "substring-after",
                                                                    "substring",
                                                                    "string-length",
                                                                    "normalize-space",
                                                                    "translate",
                                                                    "boolean",
                                                                    "not",
                                                                    "true",
                                                                    "false",
                                                                    "lang",
                                                                    "number",
                                                                    "sum",
                                                                    "floor",
                                                                    "ceiling",
                                                                    "round",
                                                                    "text",
                                                                    "node",
                                                                    "comment",
                                                                    "processing-instruction",
                                                                    "and",
                                                                    "or",
                                                                    "div",
                                                                    "mod"};

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.:").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first name before a bracket that XPath does not know: it is told only where an evaluation
// comes to it. "" where all are known.
std::string unknown_function(std::string_view expression) {
  std::string name;
  bool is_over = true;  // the name: a space may stand between it and its bracket
  for (std::size_t at = 0; at < expression.size(); ++at) {
    const char c = expression[at];
    if (c == '"' || c == '\'') {
      at = std::min(expression.find(c, at + 1), expression.size());
      name.clear();
    } else if (is_name_byte(c)) {
      if (is_over) name.clear();
      name += c;
      is_over = false;
    } else if (c == '(') {
      std::string_view function = name;
      if (const std::size_t axis = function.rfind("::"); axis != std::string_view::npos)
        function.remove_prefix(axis + 2);
      const bool is_known = std::find(names_before_brackets.begin(), names_before_brackets.end(),
                                      function) != names_before_brackets.end();
      if (!function.empty() && !is_known) return std::string(function);
      name.clear();
    } else {
      is_over = true;
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') name.clear();
    }
  }
  return {};
}

XPathExpression compile(xmlXPathContext* context, std::string_view expression) {
  return XPathExpression(xmlXPathCtxtCompile(context, chars(std::string(expression))));
}

}  // namespace

struct XPathDocument::Impl {
  const Tree* tree = nullptr;
  XmlDoc doc;
  std::vector<xmlNode*> nodes;  // by our ids
  XPathContext context;
  unsigned long spent = 0;  // operations of all expressions so far

  // Each libxml2 node remembers our id in _private, as a pointer into `nodes`.
  void remember(xmlNode* node) {
    node->_private = reinterpret_cast<void*>(nodes.size());  // NOLINT(performance-no-int-to-ptr)
    nodes.push_back(node);
  }
  Node node_of(const xmlNode* node) const {
    return tree->node(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(node->_private)));
  }

  void copy();
  xmlNode* copy_element(Node node, xmlNode* parent);
  xmlNs* namespace_for(xmlNode* element, const std::string& uri);
  XPathMatch match(xmlNode* found) const;
  Result<std::vector<XPathMatch>> matches(xmlXPathObject* object) const;
};

// Declared on the root, so that each is declared once.
xmlNs* XPathDocument::Impl::namespace_for(xmlNode* element, const std::string& uri) {
  if (uri.empty()) return nullptr;
  if (xmlNs* known = xmlSearchNsByHref(doc.get(), element, chars(uri))) return known;
  xmlNode* root = xmlDocGetRootElement(doc.get());
  int count = 0;
  for (const xmlNs* ns = root->nsDef; ns; ns = ns->next) ++count;
  return xmlNewNs(root, chars(uri), chars("n" + std::to_string(count)));
}

xmlNode* XPathDocument::Impl::copy_element(Node node, xmlNode* parent) {
  xmlNode* made = xmlNewDocNode(doc.get(), nullptr, chars(std::string(node.name())), nullptr);
  if (!made) throw std::bad_alloc();
  xmlAddChild(parent, made);
  xmlSetNs(made, namespace_for(made, std::string(node.namespace_uri())));
  for (const Node::Attribute& attribute : node.attributes()) {
    const std::string value(attribute.value);
    xmlNewNsProp(made, namespace_for(made, std::string(attribute.namespace_uri)),
                 chars(std::string(attribute.name)), chars(value));
  }
  return made;
}

void XPathDocument::Impl::copy() {
  doc.reset(xmlNewDoc(reinterpret_cast<const xmlChar*>("1.0")));
  if (!doc) throw std::bad_alloc();
  nodes.reserve(tree->size());
  remember(reinterpret_cast<xmlNode*>(doc.get()));
  for (const Node node : tree->document().descendants()) {
    xmlNode* parent = nodes[node.parent().id()];
    xmlNode* made = nullptr;
    if (node.is_element()) {
      made = copy_element(node, parent);
    } else {
      made = xmlNewDocTextLen(doc.get(), reinterpret_cast<const xmlChar*>(node.text().data()),
                              static_cast<int>(node.text().size()));
      if (!made) throw std::bad_alloc();
      xmlAddChild(parent, made);
    }
    remember(made);
  }
}

XPathMatch XPathDocument::Impl::match(xmlNode* found) const {
  const bool attribute = found->type == XML_ATTRIBUTE_NODE;
  const xmlNode* bearer = attribute ? found->parent : found;
  if (found->type == XML_NAMESPACE_DECL) return {};
  if (found->type == XML_ELEMENT_NODE || found->type == XML_DOCUMENT_NODE)
    return {node_of(found), {}, false};
  return {node_of(bearer), string_of(xmlNodeGetContent(found)), attribute};
}

Result<std::vector<XPathMatch>> XPathDocument::Impl::matches(xmlXPathObject* object) const {
  std::vector<XPathMatch> out;
  if (object->type != XPATH_NODESET) {
    out.push_back({{}, string_of(xmlXPathCastToString(object)), false});
    return out;
  }
  if (!object->nodesetval) return out;
  xmlXPathNodeSetSort(object->nodesetval);
  const int count = object->nodesetval->nodeNr;
  out.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) out.push_back(match(object->nodesetval->nodeTab[i]));
  return out;
}

XPathDocument::XPathDocument(const Tree& tree,
                             std::vector<std::pair<std::string, std::string>> prefixes)
    : impl_(std::make_unique<Impl>()) {
  impl_->tree = &tree;
  impl_->copy();
  xmlXPathOrderDocElems(impl_->doc.get());
  impl_->context = make_context(impl_->doc.get());
  impl_->context->opLimit = max_xpath_operations;
  for (const auto& [prefix, uri] : prefixes) {
    xmlXPathRegisterNs(impl_->context.get(), chars(prefix), chars(uri));
  }
}

XPathDocument::~XPathDocument() = default;
XPathDocument::XPathDocument(XPathDocument&&) noexcept = default;
XPathDocument& XPathDocument::operator=(XPathDocument&&) noexcept = default;

Result<std::vector<XPathMatch>> XPathDocument::select(std::string_view expression, Node from) {
  const SilentMessages silent;
  xmlXPathContext* context = impl_->context.get();
  context->node = impl_->nodes[from ? from.id() : 0];
  context->opCount = 0;
  const XPathExpression compiled = compile(context, expression);
  if (!compiled) return fail(malformed(expression, "This is not XPath 1.0."));
  xmlResetError(&context->lastError);
  const bool has_time = impl_->spent < max_document_operations;
  const XPathObject object(has_time ? xmlXPathCompiledEval(compiled.get(), context) : nullptr);
  impl_->spent += context->opCount;
  if (object) return impl_->matches(object.get());
  if (!has_time || context->lastError.code == op_limit_code) {
    return fail(Errc::limit_exceeded, "The expression takes too long on this page.",
                "XPath \"" + std::string(expression) + "\"");
  }
  return fail(
      malformed(expression, "It names a prefix, function or variable that does not exist."));
}

Result<std::optional<XPathMatch>> XPathDocument::first(std::string_view expression, Node from) {
  Result<std::vector<XPathMatch>> all = select(expression, from);
  if (!all) return fail(std::move(all).error());
  if (all->empty()) return std::optional<XPathMatch>();
  return std::optional(std::move(all->front()));
}

Result<void> check_xpath(std::string_view expression) {
  const SilentMessages silent;
  const XPathContext context = make_context(nullptr);
  if (!compile(context.get(), expression))
    return fail(malformed(expression, "a bracket, quote or name in it is out of place."));
  if (const std::string name = unknown_function(expression); !name.empty())
    return fail(malformed(expression, "there is no function \"" + name +
                                          "\" in it; there are contains, starts-with, "
                                          "substring-before, substring-after and the like."));
  return {};
}

}  // namespace testigo::formats
