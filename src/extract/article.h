#pragma once

#include <cstdint>
#include <span>

#include "extract/page_measure.h"
#include "extract/page_reading.h"
#include "formats/html_scan.h"
#include "formats/tree.h"

namespace testigo::extract {

// The page's tree, where there is one; `apart` are the nodes of readers' comments.
struct ShownPage {
  const formats::Tree& tree;
  const Measures& measures;
  std::span<const std::uint32_t> apart;
};

// What the page says of itself as one text: by schema.org (`described`: its articles), by OpenGraph
// and other metas, and by what it shows: headings, bylines, dates. A title as shown wins over one
// that was written for search engines; `shown` may be null.
[[nodiscard]] PageArticle read_article(const formats::HtmlScan& scan,
                                       std::span<const PageArticle> described,
                                       const ShownPage* shown);

}  // namespace testigo::extract
