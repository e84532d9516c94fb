#include "extract/feed_xml.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "extract/date_order.h"
#include "extract/feed_elements.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_name = 40;  // of a root, with its prefix: "rdf:RDF"

constexpr std::string_view date_elements[] = {"pubDate", "date",     "published", "updated",
                                              "issued",  "modified", "created"};

// The language that the document states first, of itself or of an entry.
std::string language_in(formats::Node root) {
  for (const formats::Node node : root.descendants()) {
    if (node.name() == "language") return trimmed_text(node);
    if (node.name() == "item" || node.name() == "entry") break;
  }
  return language_of(root).value_or("");
}

// The language in whose order the document's numeric dates are.
std::string language_of_dates_in(formats::Node root, UtcTime now) {
  constexpr std::size_t longest_date = 64;
  std::vector<std::string> written;
  for (const formats::Node node : root.descendants()) {
    const std::string_view name = node.name();
    if (std::find(std::begin(date_elements), std::end(date_elements), name) ==
        std::end(date_elements))
      continue;
    const std::string_view text = text::trim(node.first_child().text());
    if (text.size() <= longest_date && has_numeric_date(text)) written.emplace_back(text);
  }
  if (written.empty()) return "";
  const std::vector<std::string_view> dates(written.begin(), written.end());
  return language_of_dates(dates, language_in(root), now);
}

}  // namespace

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

Result<Feed> feed_of_xml(const formats::Tree& tree, std::string_view document, std::string_view url,
                         UtcTime now) {
  const formats::Node root = tree.root();
  const bool cut_short = ends_within(root, document);
  const FeedElements elements(url, now, cut_short, language_of_dates_in(root, now));
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
