#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "formats/tree.h"

namespace testigo::formats {

struct XmlLimits {
  std::size_t max_bytes = 64u << 20;  // a sitemap may have 50 MB (sitemaps.org)
  std::size_t max_depth = 256;        // libxml2's own bound
  std::size_t max_nodes = 2'000'000;
};

// The tree of a document as far as it can be read: libxml2 in recovering mode, without network, DTD
// or entity expansion (HTML's named characters are understood). Bytes are UTF-8 after decode_page;
// an encoding in the XML declaration is ignored. Names are local names, with their namespace.
// Errors: malformed (no element at all, or HTML where XML was expected is still read as far as it
// goes); limit_exceeded.
[[nodiscard]] Result<Tree> parse_xml(std::string_view utf8, const XmlLimits& limits = {});

}  // namespace testigo::formats
