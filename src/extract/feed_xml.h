#pragma once

#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "extract/feed.h"
#include "formats/tree.h"

namespace testigo::extract {

// RSS and Atom as a tree. `document` is the text, for what the tree does not hold (the DOCTYPE).
// Errc::malformed when the root is no feed's.
[[nodiscard]] Result<Feed> feed_of_xml(const formats::Tree& tree, std::string_view document,
                                       std::string_view url, UtcTime now);

// Whether a document ends before its root element does. Where the nesting is broken the root is
// left open as well, but its closing tag stands there. In <rss> all is told where its one channel
// is.
[[nodiscard]] bool ends_within(formats::Node root, std::string_view document);

// JSON Feed 1.0 and 1.1 (jsonfeed.org).
[[nodiscard]] Result<Feed> feed_of_json(std::string_view document, std::string_view url,
                                        UtcTime now);

}  // namespace testigo::extract
