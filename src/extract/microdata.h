#pragma once

#include <string_view>
#include <vector>

#include "extract/thing.h"
#include "formats/tree.h"

namespace testigo::extract {

// The things that elements of a page describe. `page_url` is the base of relative addresses.

// HTML microdata (HTML standard §5): itemscope, itemtype, itemprop, itemref, itemid. Beyond it:
// a `content` attribute counts on any element, as schema.org's own examples use it.
[[nodiscard]] Things things_of_microdata(const formats::Tree& tree, std::string_view page_url);

// RDFa Lite 1.1: typeof, property, resource, content.
[[nodiscard]] Things things_of_rdfa(const formats::Tree& tree, std::string_view page_url);

// hreview, hreview-aggregate, h-review and h-review-aggregate (microformats 1 and 2), and the
// h-entry and h-cite that answer another post (u-in-reply-to, u-comment), under the
// names that schema.org has for the same.
[[nodiscard]] Things things_of_microformats(const formats::Tree& tree, std::string_view page_url);

// The words of an attribute that is a list of them: class, itemprop.
[[nodiscard]] std::vector<std::string_view> tokens_of(std::string_view attribute);

}  // namespace testigo::extract
