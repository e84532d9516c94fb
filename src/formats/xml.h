#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "formats/tree.h"

namespace testigo::formats {

struct XmlLimits {
  std::size_t max_bytes = 64u << 20;   // a sitemap may have 50 MB (sitemaps.org)
  std::size_t max_depth = 250;         // libxml2's own bound is 256
  std::size_t max_attributes = 512;    // on one tag; libxml2 is quadratic in them
  std::size_t max_namespaces = 1'000;  // in force at one place
  std::size_t max_nodes = 2'000'000;
};

// The tree of a document as far as it can be read: libxml2 in recovering mode, without network, DTD
// or entity expansion. Bytes are UTF-8 after decode_page; an encoding in the XML declaration is
// ignored. Beyond XML, as feeds need it: HTML's named characters are understood, a lone "&" is
// itself, control characters are spaces. Names are local names with their namespace; of a prefix
// that is not declared, the prefix stands for the namespace ("dc").
// Errors: malformed (not one element); limit_exceeded.
[[nodiscard]] Result<Tree> parse_xml(std::string_view utf8, const XmlLimits& limits = {});

// The same by libxml2 alone; parse_xml reads plain documents without it (xml_plain.h).
[[nodiscard]] Result<Tree> parse_any_xml(std::string_view utf8, const XmlLimits& limits = {});

}  // namespace testigo::formats
