#include <algorithm>
#include <chrono>
#include <utility>

#include "extract/feed_elements.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "formats/date.h"
#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

// Modules that say again, in their way, what plain RSS has an element for.
bool is_other(std::string_view uri) {
  return is_dublin_core(uri) || is_atom_namespace(uri) || uri.starts_with("http://www.itunes.com/");
}

bool is_titled(std::string_view uri) { return is_dublin_core(uri) || is_atom_namespace(uri); }

constexpr std::int64_t most_minutes = 525'600;  // a year: what is more was not meant

// An attribute of the Channel Definition Format, which writes names in capitals.
std::optional<std::string_view> cdf_attribute(formats::Node node, std::string_view capitals) {
  if (const auto value = node.attribute(capitals)) return value;
  return node.attribute(text::ascii_lower(capitals));
}

// RSS 0.9x, 1.0 and 2.0, and CDF, whose <CHANNEL HREF> holds an <ITEM HREF> each.
class RssReader : private FeedElements {
 public:
  RssReader(const FeedElements& elements, std::string_view document)
      : FeedElements(elements), document_(document) {}

  Feed feed(Node root) const {
    const std::string name = text::ascii_lower(root.name());
    Feed feed;
    feed.format = rss_version(root, name);
    const Node below = name == "channel" ? root : child(root, "channel", is_rss_namespace);
    const FeedParent channel(below ? below : root);
    feed.title = title_of(channel, is_rss_namespace, TextDefault::html);
    if (!feed.title)
      feed.title = text_of_child(channel, "title", is_dublin_core, TextDefault::html);
    feed.description = text_of_child(channel, "description", is_rss_namespace, TextDefault::html);
    if (!feed.description)
      feed.description = text_of_child(channel, "abstract", is_rss_namespace, TextDefault::html);
    for (const std::string_view other : {"description", "subtitle"}) {
      if (!feed.description)
        feed.description = text_of_child(channel, other, is_other, TextDefault::html);
    }
    feed.url = last_link(channel);
    feed.language = rss_language(channel);
    if (!feed.language) feed.language = language_of(channel.node);
    feed.author = rss_person(channel);
    feed.updated = date_of(channel, {{"pubDate", is_rss_namespace},
                                     {"lastBuildDate", is_rss_namespace},
                                     {"date", is_dublin_core},
                                     {"modified", is_dublin_core},
                                     {"issued", is_dublin_core},
                                     {"updated", is_atom_namespace}})
                       .time;
    feed.rest = rest_of(channel);
    feed.next = related_link(channel, "next");
    feed.tags = tags_of(channel, is_rss_namespace);
    add_items(channel, feed);
    if (!(channel.node == root))
      add_items(root, feed);  // RSS 1.0 and 0.90 keep items beside the channel
    return feed;
  }

 private:
  // How long the feed is to be left alone between two visits: minutes in <ttl> (RSS 2.0), or what
  // the module says.
  std::optional<std::chrono::seconds> rest_of(const FeedParent& channel) const {
    if (const Node ttl = child(channel, "ttl", is_rss_namespace)) {
      const auto minutes = parse_count(trimmed_text(ttl));
      if (minutes && *minutes > 0 && *minutes <= most_minutes)
        return std::chrono::minutes(*minutes);
    }
    return update_rest(channel);
  }

  std::optional<FeedPerson> rss_person(const FeedParent& parent) const {
    for (const auto& [name, belongs] : std::initializer_list<std::pair<std::string_view, Belongs>>{
             {"creator", is_dublin_core},
             {"author", is_rss_namespace},
             {"author", is_dublin_core},
             {"managingEditor", is_rss_namespace}}) {
      const Node node = child(parent, name, belongs);
      if (!node) continue;
      FeedPerson person = parse_person(node.text_content());
      if (!(person == FeedPerson())) return person;
    }
    if (auto person = atom_person(parent, "author")) return person;
    const Node itunes = child(parent, "author", [](std::string_view uri) {
      return uri.starts_with("http://www.itunes.com/") ||
             uri.starts_with("http://search.yahoo.com/mrss");
    });
    if (!itunes) return std::nullopt;
    FeedPerson person = parse_person(itunes.text_content());
    if (person == FeedPerson()) return std::nullopt;
    return person;
  }

  std::string rss_version(Node root, const std::string& name) const {
    if (name == "rdf") {
      const Node channel = root.child("channel");
      const bool old =
          channel && (channel.namespace_uri() == rss090 ||
                      channel.namespace_uri().starts_with("http://channel.netscape.com"));
      return old ? "rss090" : "rss10";
    }
    if (name == "channel" && cdf_attribute(root, "HREF")) return "cdf";
    const std::string_view version = root.attribute("version").value_or("");
    if (version == "0.91") {
      const bool netscape =
          document_.substr(0, 2000).find("netscape.com/publish/formats/rss-0.91.dtd") !=
          std::string_view::npos;
      return netscape ? "rss091n" : "rss091u";
    }
    if (version == "0.92" || version == "0.93" || version == "0.94") {
      return "rss09" + std::string(1, version[3]);
    }
    return version.starts_with("2") ? "rss20" : "rss";
  }

  std::optional<std::string> rss_language(const FeedParent& parent) const {
    for (const Belongs belongs : {Belongs(is_rss_namespace), Belongs(is_dublin_core)}) {
      if (const Node node = child(parent, "language", belongs)) {
        if (auto language = plain_or_none(node.text_content(), Markup::none)) return language;
      }
    }
    return std::nullopt;
  }

  void add_items(const FeedParent& parent, Feed& feed) const {
    each_entry(parent, "item", is_rss_namespace, [&](Node node) {
      if (feed.entries.size() < max_entries)
        feed.entries.push_back(rss_item(node));
      else
        ++feed.unread;
    });
    if (!feed.entries.empty()) return;
    each_entry(parent, "entry", is_atom_namespace, [&](Node node) {
      if (feed.entries.size() < max_entries)
        feed.entries.push_back(read_atom_entry(*this, node));
      else
        ++feed.unread;
    });
  }

  std::optional<std::string> last_link(const FeedParent& parent) const {
    std::optional<std::string> found;
    each_child(parent, "link", is_rss_namespace, [&](Node node) {
      const std::string written = trimmed_text(node);
      if (!written.empty())
        found = address(node, written);
      else if (const auto href = node.attribute("href"))
        found = address(node, *href);
    });
    if (const auto href = cdf_attribute(parent.node, "HREF"); href && !found)
      found = address(parent.node, *href);
    return found ? found : alternate_link(parent);
  }

  FeedEntry rss_item(const FeedParent& item) const {
    FeedEntry entry;
    read_identity(item, entry);
    entry.title = title_of(item, is_rss_namespace, TextDefault::html);
    if (!entry.title) entry.title = title_of(item, is_titled, TextDefault::html);
    entry.author = rss_person(item);
    read_texts(item, entry);
    const Dated published = date_of(item, {{"pubDate", is_rss_namespace},
                                           {"published", is_atom_namespace},
                                           {"issued", is_dublin_core},
                                           {"created", is_dublin_core}});
    entry.published = published.time;
    entry.published_written = published.written;
    const Dated updated = date_of(item, {{"updated", is_atom_namespace},
                                         {"date", is_dublin_core},
                                         {"modified", is_dublin_core},
                                         {"lastBuildDate", is_rss_namespace}});
    entry.updated = updated.time;
    if (!entry.published_written) entry.published_written = updated.written;
    if (const auto changed = cdf_attribute(item.node, "LASTMOD");
        changed && !entry.published_written) {
      entry.updated = formats::parse_date(*changed, now());
      entry.published_written = std::string(text::trim(*changed));
    }
    entry.language = rss_language(item);
    if (!entry.language) entry.language = language_of(item.node);
    entry.tags = tags_of(item, is_rss_namespace);
    add_enclosures(item, entry);
    read_comments(item, entry);
    if (const Node source = child(item, "source", is_rss_namespace)) {
      entry.source_title = plain_or_none(source.text_content(), Markup::html);
      if (const auto url = source.attribute("url")) entry.source_url = address(source, *url);
    }
    return entry;
  }

  // A guid is the permalink unless it says that it is not (RSS 2.0, <guid>).
  void read_identity(const FeedParent& item, FeedEntry& entry) const {
    entry.url = last_link(item);
    if (const Node guid = child(item, "guid", is_rss_namespace)) {
      const std::string written = trimmed_text(guid);
      if (!written.empty()) entry.id = written;
      const auto permanent = guid.attribute("isPermaLink");
      const bool link = !permanent || text::equal_ignoring_case(*permanent, "true");
      if (!entry.url && link && formats::parse_url(written))
        entry.url = address(guid, written);
      else if (!entry.url && link && permanent)
        entry.url = address(guid, written);
      return;
    }
    if (const auto about = item.node.attribute("about")) {
      if (!text::trim(*about).empty()) entry.id = std::string(text::trim(*about));
    }
    if (!entry.id) {
      if (const Node id = child(item, "id", is_atom_namespace)) entry.id = trimmed_text(id);
    }
    if (!entry.id) {
      if (const Node id = child(item, "identifier", is_dublin_core)) entry.id = trimmed_text(id);
    }
  }

  void read_texts(const FeedParent& item, FeedEntry& entry) const {
    entry.summary = text_of_child(item, "summary", is_rss_namespace, TextDefault::html);
    auto description = words_of_child(item, "description", is_rss_namespace, TextDefault::html);
    if (description) {
      entry.own_words = std::move(description->own);
      entry.in_reply_to = std::move(description->answers);
      if (entry.summary)
        entry.content.push_back(std::move(description->text));
      else
        entry.summary = std::move(description->text);
    }
    if (!entry.summary)
      entry.summary = text_of_child(item, "abstract", is_rss_namespace, TextDefault::html);
    for (const std::string_view other : {"description", "summary"}) {
      if (!entry.summary) entry.summary = text_of_child(item, other, is_other, TextDefault::html);
    }
    each_child(item, "encoded", is_content,
               [&](Node one) { add_content(one, TextDefault::html, entry); });
    each_child(item, "body", is_body,
               [&](Node one) { add_content(one, TextDefault::html, entry); });
    each_child(item, "content", is_atom_namespace,
               [&](Node one) { add_content(one, TextDefault::text, entry); });
    each_child(
        item, "fullitem", [](std::string_view) { return true; },
        [&](Node one) { add_content(one, TextDefault::html, entry); });
    if (!entry.summary && !entry.content.empty()) entry.summary = entry.content.front();
    if (!entry.summary) entry.summary = media_description(item);
    entry.reach = media_views(item);
  }

  std::string_view document_;  // for the DOCTYPE, which the tree does not hold
};

}  // namespace

Feed read_rss(const FeedElements& elements, formats::Node root, std::string_view document) {
  return RssReader(elements, document).feed(root);
}

}  // namespace testigo::extract
