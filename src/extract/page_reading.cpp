#include "extract/page_reading.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "extract/article.h"
#include "extract/comment_list.h"
#include "extract/json_ld.h"
#include "extract/main_text.h"
#include "extract/microdata.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "extract/structured.h"
#include "formats/encoding_sniff.h"
#include "formats/html.h"
#include "formats/html_scan.h"
#include "formats/link_header.h"
#include "formats/plain_url.h"
#include "formats/url.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::string_view feed_types[] = {"application/rss+xml", "application/atom+xml",
                                           "application/feed+json", "application/rdf+xml"};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Whether any of the types is of those that make posts: does this page's microdata speak of
// reviews, or only of breadcrumbs?
bool any_makes_posts(const std::vector<std::string>& types) {
  constexpr std::string_view words[] = {"Review", "Rating",  "Comment",
                                        "Answer", "Posting", "Question"};
  return std::any_of(types.begin(), types.end(), [&](const std::string& type) {
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return contains(type, word); });
  });
}

// Which syntaxes that need the tree the page may hold.
struct TreeSyntaxes {
  bool microdata = false;
  bool rdfa = false;
  bool microformats = false;

  [[nodiscard]] bool any() const { return microdata || rdfa || microformats; }
};

TreeSyntaxes syntaxes_in(const formats::HtmlScan& scan) {
  return {any_makes_posts(scan.item_types), any_makes_posts(scan.rdfa_types), scan.review_classes};
}

StructuredData data_of_tree(const formats::Tree& tree, const TreeSyntaxes& syntaxes,
                            std::string_view url) {
  StructuredData data;
  if (syntaxes.microdata) merge(data, read_things(things_of_microdata(tree, url)));
  if (syntaxes.rdfa) merge(data, read_things(things_of_rdfa(tree, url)));
  if (syntaxes.microformats) merge(data, read_things(things_of_microformats(tree, url)));
  return data;
}

bool is_feed_type(std::string_view type) {
  type = text::trim(type.substr(0, type.find(';')));
  return std::find(std::begin(feed_types), std::end(feed_types), text::ascii_lower(type)) !=
         std::end(feed_types);
}

// rel="feed" says what it leads to, unless its type says otherwise: a page can be a feed as well.
bool is_of_no_other_type(std::string_view type) {
  constexpr std::string_view general[] = {"", "application/xml", "text/xml", "application/json"};
  if (is_feed_type(type)) return true;
  type = text::trim(type.substr(0, type.find(';')));
  return std::find(std::begin(general), std::end(general), text::ascii_lower(type)) !=
         std::end(general);
}

bool offers_feed(std::string_view rels, std::string_view type) {
  if (contains(rels, "alternate") && is_feed_type(type)) return true;
  return contains(" " + text::collapse_space(rels) + " ", " feed ") && is_of_no_other_type(type);
}

void note_feed(std::string url, std::string_view title, const PageWants& wants, PageReading& page) {
  std::vector<std::string>& list =
      tells_comments(title, url, wants.comment_feeds) ? page.comment_feeds : page.feeds;
  if (std::find(list.begin(), list.end(), url) == list.end()) list.push_back(std::move(url));
}

void read_head(const formats::HtmlScan& scan, std::string_view url, const PageWants& wants,
               PageReading& page) {
  const auto given = scan.base ? absolute_url(*scan.base, url) : std::nullopt;
  const formats::LinkBase base(given ? std::string_view(*given) : url);
  page.language = scan.language;
  if (page.language && page.language->empty()) page.language.reset();
  if (scan.title) page.title = plain_or_none(*scan.title, Markup::none);
  if (page.title) page.title = text::collapse_space(*page.title);
  for (const auto& link : scan.links) {
    const std::string rel = text::ascii_lower(link.rel);
    const bool canonical = rel == "canonical" && !page.canonical_url;
    const bool feed = offers_feed(rel, link.type);
    if (!canonical && !feed) continue;
    auto target = base.resolve(link.href);
    if (!target) continue;
    if (canonical)
      page.canonical_url = std::move(target);
    else
      note_feed(*std::move(target), link.title, wants, page);
  }
}

// Feeds that the response's headers offer.
void read_headers(const std::vector<Header>& headers, std::string_view url, const PageWants& wants,
                  PageReading& page) {
  for (const formats::WebLink& link : formats::web_links(headers)) {
    const bool feed = (link.has_rel("feed") && is_of_no_other_type(link.type)) ||
                      (link.has_rel("alternate") && is_feed_type(link.type));
    if (!feed || !link.anchor.empty()) continue;
    if (auto target = absolute_url(link.target, url))
      note_feed(*std::move(target), link.title, wants, page);
  }
}

// The main text with what is said of it, and the comments that no markup states.
void read_content(const formats::Tree& tree, const formats::HtmlScan& scan,
                  const StructuredData& data, const PageWants& wants, PageReading& page) {
  const Measures measures = measure(tree);
  CommentList list = find_comments(tree, measures, page.language.value_or(""));
  if (wants.text || wants.article) {
    const ShownPage shown{tree, measures, list.regions};
    page.article = read_article(scan, data.articles, &shown);
    if (wants.text || page.article.stated) page.text = main_text(tree, measures, list.regions);
  }
  page.comments = std::move(list.comments);
  if (list.cut) page.unread = "its first comments alone are read, for it has too many";
}

// One posting or review stated for machines may be the first of a thread or the editor's own, with
// the readers' below it; several are taken for all there is.
bool states_several(const StructuredData& data) {
  return data.reviews.size() + data.comments.size() > 1;
}

// Stated comments go before those found on the page, which are all the page has where the markup
// states several.
void keep_stated(std::vector<PageComment> stated, PageReading& page) {
  if (stated.size() > 1) page.comments.clear();
  keep_places_apart(stated, page.comments);
  std::erase_if(page.comments, [&](const PageComment& found) {
    return std::any_of(stated.begin(), stated.end(), [&](const PageComment& known) {
      return says_the_same(found.text, known.text);
    });
  });
  page.comments.insert(page.comments.begin(), std::make_move_iterator(stated.begin()),
                       std::make_move_iterator(stated.end()));
}

}  // namespace

bool says_the_same(std::string_view found, std::string_view stated) {
  const std::string one = text::collapse_space(found);
  const std::string other = text::collapse_space(stated);
  if (one.empty() || other.empty()) return false;
  return one.starts_with(other) || one.ends_with(other) || other.starts_with(one);
}

bool tells_comments(std::string_view title, std::string_view url,
                    std::span<const std::string> parts) {
  if (parts.empty()) return false;
  const std::string told = text::fold(title) + " " + text::fold(formats::percent_decode(url));
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return contains(told, part); });
}

Result<PageReading> read_page(std::string_view bytes, std::string_view url,
                              const std::vector<Header>& headers, const PageWants& wants) {
  const auto content_type = find_header(headers, "content-type").value_or("");
  const formats::DecodedPage decoded = formats::decode_page(bytes, content_type);
  const formats::HtmlScan scan = formats::scan_html(decoded.text);
  PageReading page;
  page.encoding = std::string(decoded.encoding.name);
  read_head(scan, url, wants, page);
  read_headers(headers, url, wants, page);

  LdThings stated = things_of_json_ld(scan.json_ld);
  page.unread = std::move(stated.unread);
  page.broken_markup = stated.broken;
  StructuredData data = read_things(stated.things);
  const TreeSyntaxes syntaxes = syntaxes_in(scan);
  std::vector<PageAnchor> anchors;
  bool content = wants.text || ((wants.comments || wants.article) && !states_several(data));
  if (content || wants.tree || syntaxes.any()) {
    const Result<formats::Tree> tree = formats::parse_html(decoded.text);
    if (!tree && (wants.text || (syntaxes.any() && data.reviews.empty()))) {
      return fail(tree.error().code, tree.error().what, std::string(url));
    }
    if (!tree) page.unread = tree.error().what;
    if (tree) {
      merge(data, data_of_tree(*tree, syntaxes, url));
      content = content && (wants.text || !states_several(data));
      anchors = anchors_of(*tree, url);
      if (content) read_content(*tree, scan, data, wants, page);
      page.tree_built = true;
    }
  }
  if (!page.tree_built) anchors = anchors_of(scan, url);
  PageLinks paging = paging_of(scan, anchors, headers, url);
  page.next = std::move(paging.next);
  page.previous = std::move(paging.previous);
  page.numbered = std::move(paging.numbered);
  page.links_first = paging.links_first;
  page.links = links_of(anchors, scan, url);
  page.reviews = std::move(data.reviews);
  page.aggregates = std::move(data.aggregates);
  keep_stated(std::move(data.comments), page);
  return page;
}

}  // namespace testigo::extract
