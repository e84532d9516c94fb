#pragma once

#include <optional>
#include <string_view>

#include "formats/tree.h"
#include "formats/xml.h"

namespace testigo::formats {

// The tree of a document (XML 1.0, Namespaces in XML 1.0) in which nothing needs mending and
// nothing is rare: no DTD, each prefix declared, each reference to a character that XML or HTML 4
// names, names in ASCII. It is the tree that parse_xml has libxml2 build, at several times its
// speed. Nothing for any other document, and for one beyond the limits.
[[nodiscard]] std::optional<Tree> parse_plain_xml(std::string_view utf8, const XmlLimits& limits);

}  // namespace testigo::formats
