#include <utility>

#include "extract/feed_elements.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

bool is_tombstone(std::string_view uri) {  // RFC 6721 §3
  return uri == "http://purl.org/atompub/tombstones/1.0";
}

// Atom 0.3 and 1.0 (RFC 4287), and feeds that took Atom's names without its namespace.
class AtomReader : private FeedElements {
 public:
  explicit AtomReader(const FeedElements& elements) : FeedElements(elements) {}

  Feed feed(const FeedParent& of) const {
    const Node root = of.node;
    Feed feed;
    feed.format = root.namespace_uri() == atom10   ? "atom10"
                  : root.namespace_uri() == atom03 ? "atom03"
                                                   : "atom";
    if (feed.format == "atom" && root.attribute("version") == "0.3") feed.format = "atom03";
    feed.title = title_of(of, is_atom_or_none, TextDefault::text);
    for (const std::string_view name : {"subtitle", "tagline", "info"}) {
      if (!feed.description)
        feed.description = text_of_child(of, name, is_atom_or_none, TextDefault::text);
    }
    feed.url = alternate_link(of);
    if (!feed.url) feed.url = related_link(of, "self");
    if (const Node id = child(of, "id", is_atom_or_none)) feed.id = address(id, id.text_content());
    feed.language = language_of(root);
    feed.author = atom_person(of, "author");
    feed.updated = date_of(of, {{"updated", is_atom_or_none}, {"modified", is_atom_or_none}}).time;
    feed.rest = update_rest(of);
    feed.next = related_link(of, "next");
    feed.tags = tags_of(of, is_atom_or_none);
    each_entry(of, "entry", is_atom_or_none, [&](Node node) {
      if (feed.entries.size() < max_entries)
        feed.entries.push_back(entry(node));
      else
        ++feed.unread;
    });
    each_child(of, "deleted-entry", is_tombstone, [&](Node node) {
      const auto id = address(node, node.attribute("ref").value_or(""));
      if (!id || feed.deleted.size() >= max_entries) return;
      feed.deleted.push_back({*id, parse_iso8601(node.attribute("when").value_or(""))});
    });
    return feed;
  }

  // RFC 4287 §2: an entry may be a document of its own.
  Feed lone_entry(Node root) const {
    Feed feed;
    feed.format = root.namespace_uri() == atom10 ? "atom10" : "atom";
    if (!is_cut_short()) feed.entries.push_back(entry(root));
    return feed;
  }

  FeedEntry entry(const FeedParent& of) const {
    FeedEntry read;
    if (const Node id = child(of, "id", is_atom_or_none)) {
      read.id = address(id, id.text_content());
      if (std::string written = trimmed_text(id); read.id && *read.id != written)
        read.written_id = std::move(written);
    }
    read.url = alternate_link(of);
    if (!read.url) read.url = first_href(of);
    read.title = title_of(of, is_atom_or_none, TextDefault::text);
    read.author = atom_person(of, "author");
    if (auto summary = words_of_child(of, "summary", is_atom_or_none, TextDefault::text)) {
      read.summary = std::move(summary->text);
      read.own_words = std::move(summary->own);
    }
    each_child(of, "content", is_atom_or_none,
               [&](Node one) { add_content(one, TextDefault::text, read); });
    if (!read.summary && !read.content.empty()) read.summary = read.content.front();
    if (!read.summary) read.summary = media_description(of);
    read.reach = media_views(of);
    const Dated published = date_of(of, {{"published", is_atom_or_none},
                                         {"issued", is_atom_or_none},
                                         {"created", is_atom_or_none}});
    read.published = published.time;
    read.published_written = published.written;
    const Dated updated = date_of(
        of,
        {{"updated", is_atom_or_none}, {"modified", is_atom_or_none}, {"date", is_dublin_core}});
    read.updated = updated.time;
    if (!read.published_written) read.published_written = updated.written;
    read.language = language_of(of.node);
    read.tags = tags_of(of, is_atom_or_none);
    read_app_review(of, read);
    add_enclosures(of, read);
    read_comments(of, read);
    read_source(of, read);
    return read;
  }

 private:
  std::optional<std::string> first_href(const FeedParent& of) const {
    std::optional<std::string> found;
    each_child(of, "link", is_atom_or_none, [&](Node link) {
      const std::string_view rel = link.attribute("rel").value_or("");
      const auto href = link.attribute("href");
      if (found || rel == "enclosure" || rel == "self" || rel == "edit" || rel == "replies") return;
      if (href)
        found = address(link, *href);
      else if (!text::trim(link.text_content()).empty())
        found = address(link, link.text_content());
    });
    return found;
  }

  // RFC 4287 §4.2.11: where a copied entry comes from.
  void read_source(const FeedParent& of, FeedEntry& entry) const {
    const FeedParent source(child(of, "source", is_atom_or_none));
    if (!source.node) return;
    entry.source_title = title_of(source, is_atom_or_none, TextDefault::text);
    entry.source_url = alternate_link(source);
    if (const Node id = child(source, "id", is_atom_or_none)) entry.source_id = trimmed_text(id);
    if (!entry.author) entry.author = atom_person(source, "author");
  }
};

}  // namespace

Feed read_atom(const FeedElements& elements, formats::Node root) {
  const AtomReader reader(elements);
  return text::equal_ignoring_case(root.name(), "entry") ? reader.lone_entry(root)
                                                         : reader.feed(root);
}

FeedEntry read_atom_entry(const FeedElements& elements, formats::Node entry) {
  return AtomReader(elements).entry(entry);
}

}  // namespace testigo::extract
