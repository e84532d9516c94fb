#include "extract/feed.h"

#include "extract/feed_xml.h"
#include "formats/encoding_sniff.h"
#include "formats/xml.h"
#include "text/normalize.h"

namespace testigo::extract {

Result<Feed> read_feed(std::string_view bytes, std::string_view url, std::string_view content_type,
                       UtcTime now) {
  const formats::DecodedPage decoded = formats::decode_page(bytes, content_type);
  std::string_view document = text::trim(decoded.text);
  Result<Feed> feed = fail(Errc::malformed, "");
  if (document.starts_with('{')) {
    feed = feed_of_json(document, url, now);
  } else {
    // Servers put blank lines and warnings before the document; XML starts at its first tag.
    const std::size_t begin = document.find('<');
    if (begin == std::string_view::npos) {
      return fail(Errc::malformed, "this is no feed: there is no element in it.", std::string(url));
    }
    document.remove_prefix(begin);
    const Result<formats::Tree> tree = formats::parse_xml(document);
    if (!tree) return fail(tree.error().code, "this is no feed: " + tree.error().what, std::string(url));
    feed = feed_of_xml(*tree, document, url, now);
  }
  if (feed) feed->encoding = std::string(decoded.encoding.name);
  return feed;
}

}  // namespace testigo::extract
