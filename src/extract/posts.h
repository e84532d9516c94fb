#pragma once

#include "core/page.h"
#include "core/result.h"
#include "extract/extract.h"
#include "extract/spec.h"

namespace testigo::extract {

// The formats that find their own items, as posts. Errors as for extract_page.

// One post for each entry: its content, else its summary.
[[nodiscard]] Result<Extraction> posts_of_feed(const Page& page, const ExtractorSpec& spec,
                                               UtcTime now);

// One post for each review and each comment that the markup states, or that repeat on the page
// where it states none; where the spec asks for articles, one more for a page without reviews that
// says that it is an article.
[[nodiscard]] Result<Extraction> posts_of_page(const Page& page, const ExtractorSpec& spec,
                                               UtcTime now);

// No posts: the pages and further sitemaps that it names.
[[nodiscard]] Result<Extraction> links_of_sitemap(const Page& page);

}  // namespace testigo::extract
