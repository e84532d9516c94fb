#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "formats/tree.h"

namespace testigo::formats {

// One answer of an expression: an element, whose text is its own to give; a text node with its
// text; an attribute's value with the element that bears it; or, for an expression that yields a
// string, number or boolean, that alone.
struct XPathMatch {
  Node node;
  std::string value;
  bool is_attribute = false;
};

// XPath 1.0 over a tree, by libxml2 on a copy of it. HTML elements are named as written in lower
// case, without namespace; for XML, prefixes must be given. The tree must outlive this.
// Not for two threads at once.
class XPathDocument {
 public:
  explicit XPathDocument(const Tree& tree,
                         std::vector<std::pair<std::string, std::string>> prefixes = {});
  ~XPathDocument();
  XPathDocument(XPathDocument&&) noexcept;
  XPathDocument& operator=(XPathDocument&&) noexcept;

  // In document order. `context` is where a relative path starts: a node of the same tree, by
  // default the document. Errors: malformed (not XPath 1.0, unknown prefix or function);
  // limit_exceeded (more than max_xpath_operations, or than max_document_operations together with
  // what was asked before).
  [[nodiscard]] Result<std::vector<XPathMatch>> select(std::string_view expression,
                                                       Node context = {});
  // The first match, if any.
  [[nodiscard]] Result<std::optional<XPathMatch>> first(std::string_view expression,
                                                        Node context = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

inline constexpr unsigned long max_xpath_operations = 20'000'000;  // a second or so
// Twenty thousand items that each have an expression go through all of a large page are days.
inline constexpr unsigned long max_document_operations = 10 * max_xpath_operations;

// Whether an expression compiles: for checking sources when they are loaded. Errc::malformed.
[[nodiscard]] Result<void> check_xpath(std::string_view expression);

}  // namespace testigo::formats
