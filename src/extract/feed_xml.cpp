#include "extract/feed_xml.h"

#include "extract/feed_elements.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_name = 40;  // of a root, with its prefix: "rdf:RDF"

// Whether the document ends before the root element does. Where the nesting is broken the root is
// left open as well, but its closing tag stands there. In <rss> all is told where its one channel
// is.
bool ends_within(formats::Node root, std::string_view document) {
  if (!root.is_unclosed()) return false;
  const bool is_rss = text::equal_ignoring_case(root.name(), "rss");
  for (std::size_t at = document.rfind("</"); at != std::string_view::npos && at > 0;
       at = document.rfind("</", at - 1)) {
    std::string_view name = document.substr(at + 2, longest_name);
    name = name.substr(0, name.find_first_of("> \t\n"));
    name = name.substr(name.find(':') + 1);
    if (text::equal_ignoring_case(name, root.name())) return false;
    if (is_rss && text::equal_ignoring_case(name, "channel")) return false;
  }
  return true;
}

}  // namespace

Result<Feed> feed_of_xml(const formats::Tree& tree, std::string_view document, std::string_view url,
                         UtcTime now) {
  const formats::Node root = tree.root();
  const bool cut_short = ends_within(root, document);
  const FeedElements elements(url, now, cut_short);
  const std::string name = text::ascii_lower(root.name());
  if (name == "feed" || name == "entry" || name == "rss" || name == "rdf" || name == "channel") {
    const bool is_atom = name == "feed" || name == "entry";
    Feed feed = is_atom ? read_atom(elements, root) : read_rss(elements, root, document);
    feed.cut_short = cut_short;
    return feed;
  }
  return fail(Errc::malformed,
              "this is no feed: its first element is <" + std::string(root.name()) +
                  ">, not <rss>, <rdf:RDF> or <feed>.",
              std::string(url));
}

}  // namespace testigo::extract
