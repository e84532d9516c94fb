#include "extract/extract.h"

#include "extract/html_source.h"
#include "extract/json_source.h"
#include "extract/posts.h"

namespace testigo::extract {

Result<Extraction> extract_page(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  switch (spec.format) {
    case Format::json:
    case Format::jsonl:
      return read_json_source(page, spec, now);
    case Format::html:
      return read_html_source(page, spec, now);
    case Format::feed:
      return posts_of_feed(page, spec, now);
    case Format::page:
    case Format::warc:  // unpacked by whoever can read archives
      return posts_of_page(page, spec, now);
    case Format::sitemap:
      return links_of_sitemap(page);
  }
  return Extraction();
}

}  // namespace testigo::extract
