#include "extract/feed_elements.h"

#include <algorithm>

#include "extract/date_order.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "formats/date.h"
#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::string_view dc = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view dc_terms = "http://purl.org/dc/terms/";
constexpr std::string_view content = "http://purl.org/rss/1.0/modules/content/";
constexpr std::string_view slash = "http://purl.org/rss/1.0/modules/slash/";
constexpr std::string_view thread = "http://purl.org/syndication/thread/1.0";
constexpr std::string_view wfw = "http://wellformedweb.org/CommentAPI/";
constexpr std::string_view xhtml = "http://www.w3.org/1999/xhtml";

constexpr std::string_view syndication = "http://purl.org/rss/1.0/modules/syndication/";
constexpr std::pair<std::string_view, std::chrono::seconds> periods[] = {
    {"hourly", std::chrono::hours(1)},
    {"daily", std::chrono::days(1)},
    {"weekly", std::chrono::weeks(1)},
    {"monthly", std::chrono::days(30)},
    {"yearly", std::chrono::days(365)}};

bool is_syndication(std::string_view uri) { return uri == syndication; }
bool is_media(std::string_view uri) {
  return uri == "media" || uri.starts_with("http://search.yahoo.com/mrss");
}
bool is_app_store(std::string_view uri) {
  return uri == "im" || uri.starts_with("http://itunes.apple.com/rss");
}
bool is_slash(std::string_view uri) { return uri == slash; }
bool is_thread(std::string_view uri) { return uri == thread; }
bool is_wfw(std::string_view uri) { return uri == wfw; }

// Module namespaces end in "/"; some feeds leave it out.
bool is_without_slash(std::string_view uri, std::string_view meant) {
  return uri.size() + 1 == meant.size() && meant.starts_with(uri) && meant.ends_with('/');
}

// An element's namespace; a well-known prefix that the document forgot to declare (the reader then
// gives the prefix itself) means what it means everywhere.
std::string_view namespace_of(Node node) {
  constexpr std::pair<std::string_view, std::string_view> prefixes[] = {
      {"atom", atom10}, {"dc", dc},   {"dcterms", dc_terms}, {"content", content}, {"slash", slash},
      {"thr", thread},  {"wfw", wfw}, {"rss", rss10},        {"sy", syndication}};
  const std::string_view uri = node.namespace_uri();
  if (uri.empty() || uri.ends_with('/')) return uri;  // neither a prefix nor without its slash
  for (const auto& [prefix, meant] : prefixes) {
    if (uri == prefix || is_without_slash(uri, meant)) return meant;
  }
  return uri;
}

bool is_named(const FeedParent::Child& child, std::string_view name, Belongs belongs) {
  return child.name.size() == name.size() &&  // most have another length
         text::equal_ignoring_case(child.name, name) && belongs(namespace_of(child.node));
}

// Nothing between the tags. Markup without words is something: a picture, say.
bool is_blank(Node node) {
  for (const Node inner : node.children()) {
    if (inner.is_element() || !text::trim(inner.text()).empty()) return false;
  }
  return true;
}

// Of what a base made an address of: whether it had been one already.
bool is_absolute(std::string_view reference) {
  return reference.starts_with("http://") || reference.starts_with("https://") ||
         formats::parse_url(reference);
}

}  // namespace

bool is_rss_namespace(std::string_view uri) {
  return uri.empty() || uri == rss10 || uri == rss090 ||
         uri == "http://channel.netscape.com/rdf/simple/0.9/" ||
         uri == "http://my.netscape.com/publish/formats/rss-0.91.dtd" ||
         uri.starts_with("http://backend.userland.com/") ||
         uri.starts_with("http://blogs.law.harvard.edu/tech/rss") ||
         uri == "http://purl.org/net/rss1.1#" || uri == "http://purl.org/rss/1.0/modules/rss091#";
}

bool is_atom_namespace(std::string_view uri) {
  return uri == atom10 || uri == atom03 || uri.starts_with("http://purl.org/atom/") ||
         uri.starts_with("http://example.com/newformat") ||
         uri.starts_with("http://example.com/necho") || uri.starts_with("http://purl.org/echo/") ||
         uri.starts_with("uri/of/echo/") || uri.starts_with("http://purl.org/pie/") ||
         uri.starts_with("http://www.w3.org/2005/atom");
}

bool is_dublin_core(std::string_view uri) {
  return uri == dc || uri == "http://purl.org/dc/elements/1.0/" || uri == dc_terms;
}

bool is_atom_or_none(std::string_view uri) { return uri.empty() || is_atom_namespace(uri); }

bool is_content(std::string_view uri) { return uri == content; }

bool is_body(std::string_view uri) { return uri.empty() || uri == xhtml; }

FeedParent::FeedParent(Node element) : node(element) {
  constexpr std::size_t usual_children = 16;
  children.reserve(usual_children);
  for (const Node child : element.children())
    if (child.is_element()) children.push_back({child.name(), child});
}

std::string trimmed_text(Node node) { return std::string(text::trim(node.text_content())); }

Node FeedElements::child(const FeedParent& parent, std::string_view name, Belongs belongs) const {
  for (const FeedParent::Child& one : parent.children) {
    if (is_named(one, name, belongs)) return one.node;
  }
  return {};
}

void FeedElements::each_child(const FeedParent& parent, std::string_view name, Belongs belongs,
                              const std::function<void(Node)>& found) const {
  for (const FeedParent::Child& one : parent.children) {
    if (is_named(one, name, belongs)) found(one.node);
  }
}

void FeedElements::each_entry(const FeedParent& parent, std::string_view name, Belongs belongs,
                              const std::function<void(Node)>& found) const {
  each_child(parent, name, belongs, [&](Node node) {
    if (!cut_short_ || !node.is_unclosed()) found(node);
  });
}

std::optional<std::string> FeedElements::text_of_child(const FeedParent& parent,
                                                       std::string_view name, Belongs belongs,
                                                       TextDefault otherwise) const {
  const Node node = child(parent, name, belongs);
  if (!node || is_blank(node)) return std::nullopt;
  return feed_text(node, otherwise);
}

std::optional<FeedWords> FeedElements::words_of_child(const FeedParent& parent,
                                                      std::string_view name, Belongs belongs,
                                                      TextDefault otherwise) const {
  const Node node = child(parent, name, belongs);
  if (!node || is_blank(node)) return std::nullopt;
  return feed_words(node, otherwise);
}

std::optional<std::string> FeedElements::title_of(const FeedParent& parent, Belongs belongs,
                                                  TextDefault otherwise) const {
  auto title = text_of_child(parent, "title", belongs, otherwise);
  if (title) title = text::collapse_space(*title);
  return title;
}

std::optional<std::string> FeedElements::address(Node node, std::string_view reference) const {
  reference = text::trim(reference);
  if (reference.empty()) return std::nullopt;
  const std::string base = base_of(node, url_);
  const auto url = base == url_ ? base_.resolve(reference) : absolute_url(reference, base);
  if (!url) return std::string(reference);
  // As written where it was absolute: an address is also an identity.
  return is_absolute(reference) ? std::string(reference) : url;
}

Dated FeedElements::date_of(
    const FeedParent& parent,
    std::initializer_list<std::pair<std::string_view, Belongs>> names) const {
  for (const auto& [name, belongs] : names) {
    Dated dated;
    each_child(parent, name, belongs, [&](Node node) {
      const std::string written = trimmed_text(node);
      if (written.empty()) return;
      const bool of_numbers = has_numeric_date(written);
      const auto time = formats::parse_date(written, now_, of_numbers ? dates_ : std::string());
      if (time || !dated.written) dated = {time, written};
    });
    if (dated.written) return dated;
  }
  return {};
}

std::optional<FeedPerson> FeedElements::atom_person(const FeedParent& parent,
                                                    std::string_view role) const {
  const Node node = child(parent, role, is_atom_or_none);
  if (!node) return std::nullopt;
  FeedPerson person;
  const FeedParent parts(node);
  const auto part = [&](std::string_view name) -> std::optional<std::string> {
    const Node found = child(parts, name, is_atom_or_none);
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

std::vector<std::string> FeedElements::tags_of(const FeedParent& parent, Belongs belongs) const {
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
  each_child(parent, "category", belongs,
             [&](Node node) { add(node.attribute("term").value_or(node.text_content())); });
  each_child(parent, "subject", is_dublin_core, [&](Node node) { add(node.text_content()); });
  return tags;
}

std::optional<std::string> FeedElements::alternate_link(const FeedParent& parent) const {
  std::optional<std::string> best;
  int best_rank = 0;
  each_child(parent, "link", is_atom_or_none, [&](Node node) {
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

std::optional<std::string> FeedElements::related_link(const FeedParent& parent,
                                                      std::string_view wanted) const {
  std::optional<std::string> found;
  each_child(parent, "link", is_atom_or_none, [&](Node node) {
    const auto href = node.attribute("href");
    if (href && !found && node.attribute("rel") == wanted) found = address(node, *href);
  });
  return found;
}

std::optional<std::chrono::seconds> FeedElements::update_rest(const FeedParent& feed) const {
  const Node period = child(feed, "updatePeriod", is_syndication);
  if (!period) return std::nullopt;
  const Node often = child(feed, "updateFrequency", is_syndication);
  const auto times = often ? parse_count(trimmed_text(often)) : std::nullopt;
  const std::string name = text::ascii_lower(trimmed_text(period));
  for (const auto& [known, length] : periods)
    if (name == known) return length / std::max<std::int64_t>(1, times.value_or(1));
  return std::nullopt;
}

std::optional<std::string> FeedElements::media_description(const FeedParent& entry) const {
  const Node group = child(entry, "group", is_media);
  return group ? text_of_child(group, "description", is_media, TextDefault::text)
               : text_of_child(entry, "description", is_media, TextDefault::text);
}

std::optional<std::int64_t> FeedElements::media_views(const FeedParent& entry) const {
  const Node group = child(entry, "group", is_media);
  const Node community =
      group ? child(group, "community", is_media) : child(entry, "community", is_media);
  const Node statistics = community ? child(community, "statistics", is_media) : Node();
  const auto views = statistics ? statistics.attribute("views") : std::nullopt;
  return views ? parse_count(*views) : std::nullopt;
}

void FeedElements::read_app_review(const FeedParent& parent, FeedEntry& entry) const {
  const Node rating = child(parent, "rating", is_app_store);
  if (!rating) return;
  const auto stars = parse_number(trimmed_text(rating));
  if (stars && *stars >= 1.0 && *stars <= app_store_stars) entry.rating = *stars;
  if (const Node version = child(parent, "version", is_app_store))
    entry.app_version = plain_or_none(version.text_content(), Markup::none);
  if (const Node votes = child(parent, "voteSum", is_app_store))
    entry.reach = parse_count(trimmed_text(votes));
}

void FeedElements::add_enclosures(const FeedParent& parent, FeedEntry& entry) const {
  each_child(parent, "enclosure", is_rss_namespace, [&](Node node) {
    if (const auto url = node.attribute("url")) {
      if (auto absolute = address(node, *url)) entry.enclosures.push_back(*std::move(absolute));
    }
  });
  each_child(parent, "link", is_atom_namespace, [&](Node node) {
    const auto href = node.attribute("href");
    if (href && node.attribute("rel") == "enclosure") {
      if (auto absolute = address(node, *href)) entry.enclosures.push_back(*std::move(absolute));
    }
  });
}

void FeedElements::read_comments(const FeedParent& parent, FeedEntry& entry) const {
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

void FeedElements::add_content(Node node, TextDefault otherwise, FeedEntry& entry) const {
  if (is_blank(node)) return;
  FeedWords words = feed_words(node, otherwise);
  if (entry.content.empty()) entry.own_words = std::move(words.own);
  if (!entry.in_reply_to) entry.in_reply_to = std::move(words.answers);
  entry.content.push_back(std::move(words.text));
}

}  // namespace testigo::extract
