#include "extract/feed_xml.h"

#include <algorithm>
#include <utility>

#include "extract/feed_text.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "formats/date.h"
#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::string_view atom10 = "http://www.w3.org/2005/Atom";
constexpr std::string_view atom03 = "http://purl.org/atom/ns#";
constexpr std::string_view dc = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view dc_terms = "http://purl.org/dc/terms/";
constexpr std::string_view content = "http://purl.org/rss/1.0/modules/content/";
constexpr std::string_view slash = "http://purl.org/rss/1.0/modules/slash/";
constexpr std::string_view thread = "http://purl.org/syndication/thread/1.0";
constexpr std::string_view wfw = "http://wellformedweb.org/CommentAPI/";
constexpr std::string_view xhtml = "http://www.w3.org/1999/xhtml";
constexpr std::string_view rss090 = "http://my.netscape.com/rdf/simple/0.9/";
constexpr std::string_view rss10 = "http://purl.org/rss/1.0/";

constexpr std::size_t max_entries = 20'000;  // the longest feeds hold a few thousand

// Namespaces that feeds give to plain RSS elements, beside none at all.
bool is_rss_namespace(std::string_view uri) {
  return uri.empty() || uri == rss10 || uri == rss090 || uri == "http://channel.netscape.com/rdf/simple/0.9/" ||
         uri == "http://my.netscape.com/publish/formats/rss-0.91.dtd" || uri.starts_with("http://backend.userland.com/") ||
         uri.starts_with("http://blogs.law.harvard.edu/tech/rss") || uri == "http://purl.org/net/rss1.1#" ||
         uri == "http://purl.org/rss/1.0/modules/rss091#";
}

// Atom's, or of a feed that forgot to say (or misspelt) whose.
bool is_atom_namespace(std::string_view uri) {
  return uri == atom10 || uri == atom03 || uri.starts_with("http://purl.org/atom/") ||
         uri.starts_with("http://example.com/newformat") || uri.starts_with("http://example.com/necho") ||
         uri.starts_with("http://purl.org/echo/") || uri.starts_with("uri/of/echo/") ||
         uri.starts_with("http://purl.org/pie/") || uri.starts_with("http://www.w3.org/2005/atom");
}

bool is_dublin_core(std::string_view uri) {
  return uri == dc || uri == "http://purl.org/dc/elements/1.0/" || uri == dc_terms;
}

// Module namespaces end in "/"; some feeds leave it out.
bool is_without_slash(std::string_view uri, std::string_view meant) {
  return uri.size() + 1 == meant.size() && meant.starts_with(uri) && meant.ends_with('/');
}

// An element's namespace; a well-known prefix that the document forgot to declare (the reader then
// gives the prefix itself) means what it means everywhere.
std::string_view namespace_of(Node node) {
  constexpr std::pair<std::string_view, std::string_view> prefixes[] = {
      {"atom", atom10}, {"dc", dc},          {"dcterms", dc_terms}, {"content", content},
      {"slash", slash}, {"thr", thread}, {"wfw", wfw},          {"rss", rss10}};
  const std::string_view uri = node.namespace_uri();
  for (const auto& [prefix, meant] : prefixes) {
    if (uri == prefix || is_without_slash(uri, meant)) return meant;
  }
  return uri;
}

std::string trimmed_text(Node node) { return std::string(text::trim(node.text_content())); }

class XmlFeedReader {
 public:
  XmlFeedReader(std::string_view document, std::string_view url, UtcTime now)
      : document_(document), url_(url), now_(now) {}

  Result<Feed> read(const formats::Tree& tree) {
    const Node root = tree.root();
    const std::string name = text::ascii_lower(root.name());
    if (name == "feed") return read_atom(root);
    if (name == "entry") return read_lone_entry(root);
    if (name == "rss" || name == "rdf" || name == "channel") return read_rss(root, name);
    return fail(Errc::malformed,
                "this is no feed: its first element is <" + std::string(root.name()) +
                    ">, not <rss>, <rdf:RDF> or <feed>.",
                std::string(url_));
  }

 private:
  // --- finding children --------------------------------------------------------------------

  using Belongs = bool (*)(std::string_view uri);

  static bool is_named(Node node, std::string_view name, Belongs belongs) {
    return node.is_element() && text::equal_ignoring_case(node.name(), name) &&
           belongs(namespace_of(node));
  }

  Node child(Node parent, std::string_view name, Belongs belongs) const {
    for (const Node node : parent.children()) {
      if (is_named(node, name, belongs)) return node;
    }
    return {};
  }

  template <class Found>
  void each_child(Node parent, std::string_view name, Belongs belongs, Found found) const {
    for (const Node node : parent.children()) {
      if (is_named(node, name, belongs)) found(node);
    }
  }

  static bool in_any(std::string_view uri) { return uri.empty() || is_atom_namespace(uri); }
  static bool is_slash(std::string_view uri) { return uri == slash; }
  static bool is_thread(std::string_view uri) { return uri == thread; }
  static bool is_wfw(std::string_view uri) { return uri == wfw; }
  static bool is_content(std::string_view uri) { return uri == content; }
  static bool is_xhtml(std::string_view uri) { return uri == xhtml; }

  // --- values ------------------------------------------------------------------------------

  std::optional<std::string> text_of_child(Node parent, std::string_view name, Belongs belongs,
                                           TextDefault otherwise) const {
    const Node node = child(parent, name, belongs);
    if (!node || is_blank(node)) return std::nullopt;
    return feed_text(node, otherwise);
  }

  // Nothing between the tags. Markup without words is something: a picture, say.
  static bool is_blank(Node node) {
    for (const Node inner : node.children()) {
      if (inner.is_element() || !text::trim(inner.text()).empty()) return false;
    }
    return true;
  }

  std::optional<std::string> title_of(Node parent, Belongs belongs, TextDefault otherwise) const {
    auto title = text_of_child(parent, "title", belongs, otherwise);
    if (title) title = text::collapse_space(*title);
    return title;
  }

  std::optional<std::string> address(Node node, std::string_view reference) const {
    reference = text::trim(reference);
    if (reference.empty()) return std::nullopt;
    if (auto url = absolute_url(reference, base_of(node, url_))) {
      // As written where it was absolute: an address is also an identity.
      return formats::parse_url(reference) ? std::string(reference) : *std::move(url);
    }
    return std::string(reference);
  }

  // The last of the elements so named that is a date: later ones correct earlier ones.
  struct Dated {
    std::optional<UtcTime> time;
    std::optional<std::string> written;
  };
  Dated date_of(Node parent, std::initializer_list<std::pair<std::string_view, Belongs>> names) const {
    for (const auto& [name, belongs] : names) {
      Dated dated;
      each_child(parent, name, belongs, [&](Node node) {
        const std::string written = trimmed_text(node);
        if (written.empty()) return;
        const auto time = formats::parse_date(written, now_);
        if (time || !dated.written) dated = {time, written};
      });
      if (dated.written) return dated;
    }
    return {};
  }

  std::optional<FeedPerson> atom_person(Node parent, std::string_view role) const {
    const Node node = child(parent, role, in_any);
    if (!node) return std::nullopt;
    FeedPerson person;
    const auto part = [&](std::string_view name) -> std::optional<std::string> {
      const Node found = child(node, name, in_any);
      if (!found) return std::nullopt;
      return plain_or_none(found.text_content(), Markup::none);
    };
    person.name = part("name");
    person.email = part("email");
    person.url = part("uri");
    if (!person.url) person.url = part("url");
    if (person == FeedPerson()) person = parse_person(node.text_content());
    if (person == FeedPerson()) return std::nullopt;
    return person;
  }

  std::optional<FeedPerson> rss_person(Node parent) const {
    for (const auto& [name, belongs] :
         std::initializer_list<std::pair<std::string_view, Belongs>>{
             {"creator", is_dublin_core}, {"author", is_rss_namespace}, {"author", is_dublin_core},
             {"managingEditor", is_rss_namespace}}) {
      const Node node = child(parent, name, belongs);
      if (!node) continue;
      FeedPerson person = parse_person(node.text_content());
      if (!(person == FeedPerson())) return person;
    }
    if (auto person = atom_person(parent, "author")) return person;
    const Node itunes = child(parent, "author", [](std::string_view uri) {
      return uri.starts_with("http://www.itunes.com/") || uri.starts_with("http://search.yahoo.com/mrss");
    });
    if (!itunes) return std::nullopt;
    FeedPerson person = parse_person(itunes.text_content());
    if (person == FeedPerson()) return std::nullopt;
    return person;
  }

  std::vector<std::string> tags_of(Node parent, Belongs belongs) const {
    std::vector<std::string> tags;
    const auto add = [&](std::string_view text) {
      if (auto tag = plain_or_none(text, Markup::html)) tags.push_back(*std::move(tag));
    };
    each_child(parent, "tags", is_rss_namespace, [&](Node node) {
      const std::string list = node.text_content();
      for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        add(std::string_view(list).substr(at, end - at));
        at = end + 1;
      }
    });
    each_child(parent, "category", belongs, [&](Node node) {
      add(node.attribute("term").value_or(node.text_content()));
    });
    each_child(parent, "subject", is_dublin_core, [&](Node node) { add(node.text_content()); });
    return tags;
  }

  // --- links -------------------------------------------------------------------------------

  // RFC 4287 §4.2.7: the alternate link, HTML before other types; without rel it is alternate.
  std::optional<std::string> alternate_link(Node parent) const {
    std::optional<std::string> best;
    int best_rank = 0;
    each_child(parent, "link", in_any, [&](Node node) {
      const auto href = node.attribute("href");
      if (!href) return;
      const std::string_view rel = node.attribute("rel").value_or("alternate");
      if (rel != "alternate") return;
      const std::string_view type = node.attribute("type").value_or("");
      const bool page = type.empty() || type == "text/html" || type == "application/xhtml+xml";
      const int rank = page ? 2 : 1;
      if (rank > best_rank) {
        best = address(node, *href);
        best_rank = rank;
      }
    });
    return best;
  }

  std::optional<std::string> related_link(Node parent, std::string_view wanted) const {
    std::optional<std::string> found;
    each_child(parent, "link", in_any, [&](Node node) {
      const auto href = node.attribute("href");
      if (href && !found && node.attribute("rel") == wanted) found = address(node, *href);
    });
    return found;
  }

  void add_enclosures(Node parent, std::vector<std::string>& enclosures) const {
    each_child(parent, "enclosure", is_rss_namespace, [&](Node node) {
      if (const auto url = node.attribute("url")) {
        if (auto absolute = address(node, *url)) enclosures.push_back(*std::move(absolute));
      }
    });
    each_child(parent, "link", is_atom_namespace, [&](Node node) {
      const auto href = node.attribute("href");
      if (href && node.attribute("rel") == "enclosure") {
        if (auto absolute = address(node, *href)) enclosures.push_back(*std::move(absolute));
      }
    });
  }

  void read_comments(Node parent, FeedEntry& entry) const {
    if (const Node page = child(parent, "comments", is_rss_namespace)) {
      entry.comments_url = address(page, page.text_content());
    }
    if (const Node feed = child(parent, "commentRss", is_wfw)) {
      entry.comments_feed = address(feed, feed.text_content());
    }
    if (!entry.comments_feed) entry.comments_feed = related_link(parent, "replies");
    if (const Node count = child(parent, "comments", is_slash)) {
      entry.comment_count = parse_count(count.text_content());
    }
    if (const Node total = child(parent, "total", is_thread)) {
      entry.comment_count = parse_count(total.text_content());
    }
    if (const Node reply = child(parent, "in-reply-to", is_thread)) {
      if (const auto ref = reply.attribute("ref")) entry.in_reply_to = std::string(*ref);
    }
  }

  // --- Atom --------------------------------------------------------------------------------

  Feed read_atom(Node root) const {
    Feed feed;
    feed.format = root.namespace_uri() == atom10 ? "atom10" : root.namespace_uri() == atom03 ? "atom03" : "atom";
    if (feed.format == "atom" && root.attribute("version") == "0.3") feed.format = "atom03";
    const Belongs belongs = in_any;
    feed.title = title_of(root, belongs, TextDefault::text);
    for (const std::string_view name : {"subtitle", "tagline", "info"}) {
      if (!feed.description) feed.description = text_of_child(root, name, belongs, TextDefault::text);
    }
    feed.url = alternate_link(root);
    if (!feed.url) feed.url = related_link(root, "self");
    if (const Node id = child(root, "id", belongs)) feed.id = address(id, id.text_content());
    feed.language = language_of(root);
    feed.author = atom_person(root, "author");
    feed.updated = date_of(root, {{"updated", in_any}, {"modified", in_any}}).time;
    feed.next = related_link(root, "next");
    feed.tags = tags_of(root, in_any);
    each_child(root, "entry", belongs, [&](Node node) {
      if (feed.entries.size() < max_entries) feed.entries.push_back(atom_entry(node, belongs));
    });
    return feed;
  }

  // RFC 4287 §2: an entry may be a document of its own.
  Feed read_lone_entry(Node root) const {
    Feed feed;
    feed.format = root.namespace_uri() == atom10 ? "atom10" : "atom";
    feed.entries.push_back(atom_entry(root, in_any));
    return feed;
  }

  FeedEntry atom_entry(Node node, Belongs belongs) const {
    FeedEntry entry;
    if (const Node id = child(node, "id", belongs)) entry.id = address(id, id.text_content());
    entry.url = alternate_link(node);
    if (!entry.url) entry.url = first_href(node);
    entry.title = title_of(node, belongs, TextDefault::text);
    entry.author = atom_person(node, "author");
    entry.summary = text_of_child(node, "summary", belongs, TextDefault::text);
    each_child(node, "content", belongs, [&](Node one) { add_content(entry, one, TextDefault::text); });
    if (!entry.summary && !entry.content.empty()) entry.summary = entry.content.front();
    const Dated published = date_of(node, {{"published", in_any}, {"issued", in_any}, {"created", in_any}});
    entry.published = published.time;
    entry.published_written = published.written;
    const Dated updated = date_of(node, {{"updated", in_any}, {"modified", in_any}, {"date", is_dublin_core}});
    entry.updated = updated.time;
    if (!entry.published_written) entry.published_written = updated.written;
    entry.language = language_of(node);
    entry.tags = tags_of(node, belongs);
    add_enclosures(node, entry.enclosures);
    read_comments(node, entry);
    read_source(node, entry);
    return entry;
  }

  std::optional<std::string> first_href(Node node) const {
    std::optional<std::string> found;
    each_child(node, "link", in_any, [&](Node link) {
      const std::string_view rel = link.attribute("rel").value_or("");
      const auto href = link.attribute("href");
      if (found || rel == "enclosure" || rel == "self" || rel == "edit" || rel == "replies") return;
      if (href) found = address(link, *href);
      else if (!text::trim(link.text_content()).empty()) found = address(link, link.text_content());
    });
    return found;
  }

  // RFC 4287 §4.2.11: where a copied entry comes from.
  void read_source(Node node, FeedEntry& entry) const {
    const Node source = child(node, "source", in_any);
    if (!source) return;
    entry.source_title = title_of(source, in_any, TextDefault::text);
    entry.source_url = alternate_link(source);
    if (const Node id = child(source, "id", in_any)) entry.source_id = trimmed_text(id);
    if (!entry.author) entry.author = atom_person(source, "author");
  }

  void add_content(FeedEntry& entry, Node node, TextDefault otherwise) const {
    if (!is_blank(node)) entry.content.push_back(feed_text(node, otherwise));
  }

  // --- RSS ---------------------------------------------------------------------------------

  Feed read_rss(Node root, const std::string& name) const {
    Feed feed;
    feed.format = rss_version(root, name);
    Node channel = name == "channel" ? root : child(root, "channel", is_rss_namespace);
    if (!channel) channel = root;
    feed.title = title_of(channel, is_rss_namespace, TextDefault::html);
    if (!feed.title) feed.title = text_of_child(channel, "title", is_dublin_core, TextDefault::html);
    feed.description = text_of_child(channel, "description", is_rss_namespace, TextDefault::html);
    for (const std::string_view other : {"description", "subtitle"}) {
      if (!feed.description) feed.description = text_of_child(channel, other, is_other, TextDefault::html);
    }
    feed.url = last_link(channel);
    feed.language = rss_language(channel);
    if (!feed.language) feed.language = language_of(channel);
    feed.author = rss_person(channel);
    feed.updated = date_of(channel, {{"pubDate", is_rss_namespace}, {"lastBuildDate", is_rss_namespace},
                                     {"date", is_dublin_core}, {"modified", is_dublin_core}, {"issued", is_dublin_core},
                                     {"updated", is_atom_namespace}}).time;
    feed.next = related_link(channel, "next");
    feed.tags = tags_of(channel, is_rss_namespace);
    add_items(channel, feed);
    if (!(channel == root)) add_items(root, feed);  // RSS 1.0 and 0.90 keep items beside the channel
    return feed;
  }

  static bool is_other(std::string_view uri) {
    return is_dublin_core(uri) || is_atom_namespace(uri) || uri.starts_with("http://www.itunes.com/");
  }

  std::string rss_version(Node root, const std::string& name) const {
    if (name == "rdf") {
      const Node channel = root.child("channel");
      const bool old = channel && (channel.namespace_uri() == rss090 ||
                                   channel.namespace_uri().starts_with("http://channel.netscape.com"));
      return old ? "rss090" : "rss10";
    }
    const std::string_view version = root.attribute("version").value_or("");
    if (version == "0.91") {
      const bool netscape = document_.substr(0, 2000).find("netscape.com/publish/formats/rss-0.91.dtd") !=
                            std::string_view::npos;
      return netscape ? "rss091n" : "rss091u";
    }
    if (version == "0.92" || version == "0.93" || version == "0.94") {
      return "rss09" + std::string(1, version[3]);
    }
    return version.starts_with("2") ? "rss20" : "rss";
  }

  std::optional<std::string> rss_language(Node parent) const {
    for (const Belongs belongs : {Belongs(is_rss_namespace), Belongs(is_dublin_core)}) {
      if (const Node node = child(parent, "language", belongs)) {
        if (auto language = plain_or_none(node.text_content(), Markup::none)) return language;
      }
    }
    return std::nullopt;
  }

  void add_items(Node parent, Feed& feed) const {
    each_child(parent, "item", is_rss_namespace, [&](Node node) {
      if (feed.entries.size() < max_entries) feed.entries.push_back(rss_item(node));
    });
    if (!feed.entries.empty()) return;
    each_child(parent, "entry", is_atom_namespace, [&](Node node) {
      if (feed.entries.size() < max_entries) feed.entries.push_back(atom_entry(node, in_any));
    });
  }

  std::optional<std::string> last_link(Node parent) const {
    std::optional<std::string> found;
    each_child(parent, "link", is_rss_namespace, [&](Node node) {
      const std::string written = trimmed_text(node);
      if (!written.empty()) found = address(node, written);
      else if (const auto href = node.attribute("href")) found = address(node, *href);
    });
    return found ? found : alternate_link(parent);
  }

  FeedEntry rss_item(Node node) const {
    FeedEntry entry;
    read_identity(node, entry);
    entry.title = title_of(node, is_rss_namespace, TextDefault::html);
    if (!entry.title) entry.title = title_of(node, is_titled, TextDefault::html);
    entry.author = rss_person(node);
    read_texts(node, entry);
    const Dated published = date_of(node, {{"pubDate", is_rss_namespace}, {"published", is_atom_namespace},
                                           {"issued", is_dublin_core}, {"created", is_dublin_core}});
    entry.published = published.time;
    entry.published_written = published.written;
    const Dated updated = date_of(node, {{"updated", is_atom_namespace}, {"date", is_dublin_core},
                                         {"modified", is_dublin_core}, {"lastBuildDate", is_rss_namespace}});
    entry.updated = updated.time;
    if (!entry.published_written) entry.published_written = updated.written;
    entry.language = rss_language(node);
    if (!entry.language) entry.language = language_of(node);
    entry.tags = tags_of(node, is_rss_namespace);
    add_enclosures(node, entry.enclosures);
    read_comments(node, entry);
    if (const Node source = child(node, "source", is_rss_namespace)) {
      entry.source_title = plain_or_none(source.text_content(), Markup::html);
      if (const auto url = source.attribute("url")) entry.source_url = address(source, *url);
    }
    return entry;
  }

  static bool is_titled(std::string_view uri) { return is_dublin_core(uri) || is_atom_namespace(uri); }

  // A guid is the permalink unless it says that it is not (RSS 2.0, <guid>).
  void read_identity(Node node, FeedEntry& entry) const {
    entry.url = last_link(node);
    if (const Node guid = child(node, "guid", is_rss_namespace)) {
      const std::string written = trimmed_text(guid);
      if (!written.empty()) entry.id = written;
      const auto permanent = guid.attribute("isPermaLink");
      const bool link = !permanent || text::equal_ignoring_case(*permanent, "true");
      if (!entry.url && link && formats::parse_url(written)) entry.url = address(guid, written);
      else if (!entry.url && link && permanent) entry.url = address(guid, written);
      return;
    }
    if (const auto about = node.attribute("about")) {
      if (!text::trim(*about).empty()) entry.id = std::string(text::trim(*about));
    }
    if (!entry.id) {
      if (const Node id = child(node, "id", is_atom_namespace)) entry.id = trimmed_text(id);
    }
    if (!entry.id) {
      if (const Node id = child(node, "identifier", is_dublin_core)) entry.id = trimmed_text(id);
    }
  }

  void read_texts(Node node, FeedEntry& entry) const {
    entry.summary = text_of_child(node, "summary", is_rss_namespace, TextDefault::html);
    auto description = text_of_child(node, "description", is_rss_namespace, TextDefault::html);
    if (entry.summary && description) entry.content.push_back(*std::move(description));
    else if (description) entry.summary = std::move(description);
    for (const std::string_view other : {"description", "summary"}) {
      if (!entry.summary) entry.summary = text_of_child(node, other, is_other, TextDefault::html);
    }
    each_child(node, "encoded", is_content, [&](Node one) { add_content(entry, one, TextDefault::html); });
    each_child(node, "body", [](std::string_view uri) { return uri.empty() || is_xhtml(uri); }, [&](Node one) { add_content(entry, one, TextDefault::html); });
    each_child(node, "content", is_atom_namespace, [&](Node one) { add_content(entry, one, TextDefault::text); });
    each_child(node, "fullitem", [](std::string_view) { return true; },
               [&](Node one) { add_content(entry, one, TextDefault::html); });
    if (!entry.summary && !entry.content.empty()) entry.summary = entry.content.front();
  }

  std::string_view document_;
  std::string_view url_;
  UtcTime now_;
};

}  // namespace

Result<Feed> feed_of_xml(const formats::Tree& tree, std::string_view document, std::string_view url,
                         UtcTime now) {
  return XmlFeedReader(document, url, now).read(tree);
}

}  // namespace testigo::extract
