#include "extract/feed_xml.h"

#include "extract/feed_elements.h"
#include "text/normalize.h"

namespace testigo::extract {

Result<Feed> feed_of_xml(const formats::Tree& tree, std::string_view document, std::string_view url,
                         UtcTime now) {
  const FeedElements elements(url, now);
  const formats::Node root = tree.root();
  const std::string name = text::ascii_lower(root.name());
  if (name == "feed" || name == "entry") return read_atom(elements, root);
  if (name == "rss" || name == "rdf" || name == "channel")
    return read_rss(elements, root, document);
  return fail(Errc::malformed,
              "this is no feed: its first element is <" + std::string(root.name()) +
                  ">, not <rss>, <rdf:RDF> or <feed>.",
              std::string(url));
}

}  // namespace testigo::extract
