#include "extract/paging.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "extract/paging_score.h"
#include "extract/paging_words.h"
#include "extract/plain.h"
#include "formats/link_header.h"
#include "formats/plain_url.h"
#include "formats/url.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

std::string origin_of(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed ? parsed->origin() : std::string();
}

std::string_view host_of(std::string_view origin) {
  std::string_view host = origin.substr(std::min(origin.find("//") + 2, origin.size()));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host;
}

struct ScoredUrl {
  int score;
  std::string url;
};

struct ScoredUrls {
  std::vector<ScoredUrl> next, previous;
};

ScoredUrls scored(const std::vector<PageAnchor>& anchors, std::string_view page_url) {
  const std::string origin = origin_of(page_url);
  const std::string_view page = without_fragment(page_url);
  ScoredUrls found;
  for (const PageAnchor& anchor : anchors) {
    const PagingScore score = paging_score(anchor);
    if ((score.next == 0 && score.previous == 0) || anchor.url == page) continue;
    if (host_of(origin_of(anchor.url)) != host_of(origin)) continue;
    if (score.next != 0) found.next.push_back({score.next, anchor.url});
    if (score.previous != 0) found.previous.push_back({score.previous, anchor.url});
  }
  return found;
}

std::vector<std::string> best_first(std::vector<ScoredUrl> found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const ScoredUrl& a, const ScoredUrl& b) { return a.score > b.score; });
  std::vector<std::string> urls;
  for (ScoredUrl& one : found) {
    if (std::find(urls.begin(), urls.end(), one.url) == urls.end())
      urls.push_back(std::move(one.url));
  }
  return urls;
}

std::vector<std::string> numbered(const std::vector<PageAnchor>& anchors,
                                  std::string_view page_url) {
  const std::string origin = origin_of(page_url);
  std::vector<std::string> urls;
  for (const PageAnchor& anchor : anchors) {
    if (!page_number(anchor.text) || origin_of(anchor.url) != origin) continue;
    if (std::find(urls.begin(), urls.end(), anchor.url) == urls.end()) urls.push_back(anchor.url);
  }
  return urls;
}

bool links_first(const std::vector<PageAnchor>& anchors, std::string_view page_url) {
  const std::string_view page = without_fragment(page_url);
  return std::any_of(anchors.begin(), anchors.end(), [&](const PageAnchor& anchor) {
    return anchor.url != page && page_number(anchor.text) == 1;
  });
}

std::string folded(std::string_view text) { return text::collapse_space(text::fold(text)); }

// Class, id and labels of a link and of what it wraps.
std::string hint_of(Node anchor) {
  std::string hint;
  const auto add = [&](Node node) {
    for (const std::string_view name : {"class", "id", "title", "aria-label", "alt"}) {
      if (const auto value = node.attribute(name)) hint += " " + std::string(*value);
    }
  };
  add(anchor);
  for (const Node node : anchor.descendants()) {
    if (node.is_element()) add(node);
  }
  return folded(hint);
}

// Whether a link stands in a box that blogs put between two stories: "nav post-navigation".
bool is_between_stories(Node anchor) {
  constexpr std::string_view names[] = {"post-nav",     "postnav",     "nav-single", "single-nav",
                                        "story-nav",    "article-nav", "next-post",  "prev-post",
                                        "next-article", "nav-article", "adjacent"};
  constexpr int levels = 4;
  Node at = anchor;
  for (int i = 0; i < levels && at; ++i, at = at.parent()) {
    const std::string classes = text::ascii_lower(at.attribute("class").value_or(""));
    if (classes.empty()) continue;
    for (const std::string_view name : names)
      if (classes.find(name) != std::string::npos) return true;
  }
  return false;
}

// Where a link leads, without its fragment; nothing for a place in the page itself.
std::optional<std::string> address(std::string_view href, const formats::LinkBase& base) {
  href = text::trim(href);
  if (href.empty() || href.starts_with('#')) return std::nullopt;
  std::optional<std::string> url = base.resolve(href);
  if (url) url->resize(without_fragment(*url).size());
  return url;
}

formats::LinkBase base_of(const std::optional<std::string_view>& href, std::string_view page_url) {
  const auto base = href ? absolute_url(*href, page_url) : std::nullopt;
  return formats::LinkBase(base ? std::string_view(*base) : page_url);
}

// "0; URL='/new'" (HTML §4.2.5.3, shared declarative refresh steps); nothing where the page only
// loads itself again.
std::string_view refresh_target(std::string_view content) {
  constexpr std::string_view blanks = " \t\n\f\r";
  const auto skip = [&](std::string_view what) {
    content.remove_prefix(std::min(content.find_first_not_of(what), content.size()));
  };
  skip(blanks);
  skip("0123456789.");
  if (content.empty() || (content.front() != ';' && content.front() != ',' &&
                          blanks.find(content.front()) == std::string_view::npos))
    return {};
  skip(" \t\n\f\r;,");
  const std::string_view whole = content;
  if (text::equal_ignoring_case(content.substr(0, 3), "url")) {
    content.remove_prefix(3);
    skip(blanks);
    if (!content.starts_with('=')) return whole;
    content.remove_prefix(1);
    skip(blanks);
  }
  if (content.empty() || (content.front() != '"' && content.front() != '\'')) return content;
  const char quote = content.front();
  content.remove_prefix(1);
  return content.substr(0, content.find(quote));
}

std::optional<std::string> refresh_of(const formats::HtmlScan& scan, std::string_view page_url) {
  const auto content = scan.meta("refresh");
  return content ? address(refresh_target(*content), base_of(scan.base, page_url)) : std::nullopt;
}

// <link rel=next title="Ten boots">: blogs name the story that they put there.
bool is_headed(std::string_view title) {
  if (title.empty()) return false;
  const std::string words = bare_words(folded(title));
  return leads_to_story(words) || is_headline(words);
}

}  // namespace

std::vector<PageAnchor> anchors_of(const formats::HtmlScan& scan, std::string_view page_url) {
  const formats::LinkBase base = base_of(scan.base, page_url);
  std::vector<PageAnchor> anchors;
  anchors.reserve(scan.anchors.size());
  for (const auto& anchor : scan.anchors) {
    auto url = address(anchor.href, base);
    if (!url) continue;
    anchors.push_back({std::move(*url), text::ascii_lower(anchor.rel), folded(anchor.text),
                       std::string(), false});
  }
  return anchors;
}

std::vector<PageAnchor> anchors_of(const formats::Tree& tree, std::string_view page_url) {
  const formats::LinkBase base = base_of(tree.document().find("base").attribute("href"), page_url);
  std::vector<PageAnchor> anchors;
  for (const Node node : tree.document().descendants()) {
    if (!node.is_element("a") && !node.is_element("area")) continue;
    const auto href = node.attribute("href");
    auto url = href ? address(*href, base) : std::nullopt;
    if (!url) continue;
    const std::string rel = text::ascii_lower(node.attribute("rel").value_or(""));
    anchors.push_back({std::move(*url), rel, folded(node.text_content()), hint_of(node),
                       is_between_stories(node)});
    if (anchors.size() >= formats::max_scanned_links) break;
  }
  return anchors;
}

PageLinks paging_of(const std::vector<PageAnchor>& anchors, std::string_view page_url) {
  auto [next, previous] = scored(anchors, page_url);
  return {best_first(std::move(next)), best_first(std::move(previous)), numbered(anchors, page_url),
          links_first(anchors, page_url)};
}

PageLinks paging_of(const formats::HtmlScan& scan, const std::vector<PageAnchor>& anchors,
                    const std::vector<Header>& headers, std::string_view page_url) {
  constexpr int by_header = 200;  // the server speaks of the answer itself
  constexpr int by_link =
      45;  // themes use <link rel> for the next article too: what people click goes before
  ScoredUrls found = scored(anchors, page_url);
  const auto note = [&](std::string_view rel, std::string url, int score) {
    if (url == without_fragment(page_url)) return;
    if (has_token(rel, "next"))
      found.next.push_back({score, std::move(url)});
    else if (has_token(rel, "prev") || has_token(rel, "previous"))
      found.previous.push_back({score, std::move(url)});
  };
  for (HeaderLink& link : link_headers(headers, page_url))
    note(link.rel, std::move(link.url), by_header);
  const formats::LinkBase base = base_of(scan.base, page_url);
  for (const auto& link : scan.links) {
    const std::string rel = text::ascii_lower(link.rel);
    const bool pages =
        has_token(rel, "next") || has_token(rel, "prev") || has_token(rel, "previous");
    auto url = pages && !is_headed(link.title) ? address(link.href, base) : std::nullopt;
    if (url) note(rel, std::move(*url), by_link);
  }
  return {best_first(std::move(found.next)), best_first(std::move(found.previous)),
          numbered(anchors, page_url), links_first(anchors, page_url)};
}

std::vector<HeaderLink> link_headers(const std::vector<Header>& headers,
                                     std::string_view page_url) {
  std::vector<HeaderLink> links;
  const formats::LinkBase base(page_url);
  for (const formats::WebLink& link : formats::web_links(headers)) {
    const auto url = link.anchor.empty() ? address(link.target, base) : std::nullopt;
    if (!url) continue;
    for (const std::string& rel : link.rels) links.push_back({rel, *url});
  }
  return links;
}

std::vector<std::string> links_of(const std::vector<PageAnchor>& anchors,
                                  const formats::HtmlScan& scan, std::string_view page_url) {
  std::vector<std::string> links;
  std::unordered_set<std::string_view> seen;
  for (const PageAnchor& anchor : anchors) {
    if (seen.insert(anchor.url).second) links.push_back(anchor.url);
  }
  auto refresh = refresh_of(scan, page_url);
  if (refresh && !seen.contains(*refresh)) links.push_back(*std::move(refresh));
  return links;
}

}  // namespace testigo::extract
