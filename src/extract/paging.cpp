#include "extract/paging.h"

#include <algorithm>
#include <initializer_list>
#include <unordered_set>
#include <utility>

#include "extract/plain.h"
#include "formats/link_header.h"
#include "formats/plain_url.h"
#include "formats/url.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

// What a link to the following or preceding page says, folded; the languages of the shops and
// forums that we have seen.
constexpr std::string_view next_words[] = {"next",
                                           "next page",
                                           "next posts",
                                           "next results",
                                           "show more",
                                           "load more",
                                           "more results",
                                           "more reviews",
                                           "more posts",
                                           "older",
                                           "older posts",
                                           "older entries",
                                           "older articles",
                                           "older reviews",
                                           "older comments",
                                           "siguiente",
                                           "siguientes",
                                           "pagina siguiente",
                                           "siguiente pagina",
                                           "proxima",
                                           "ver mas",
                                           "mas opiniones",
                                           "mas antiguas",
                                           "entradas antiguas",
                                           "urmatoarea",
                                           "urmatorul",
                                           "pagina urmatoare",
                                           "urmatoarea pagina",
                                           "inainte",
                                           "mai vechi",
                                           "mai multe",
                                           "weiter",
                                           "nachste",
                                           "nachste seite",
                                           "vor",
                                           "suivant",
                                           "suivante",
                                           "page suivante",
                                           "volgende",
                                           "proximo",
                                           "proxima pagina",
                                           "successivo",
                                           "avanti",
                                           "nastepne",
                                           "nastepna",
                                           "dalsi",
                                           "naasta",
                                           "neste",
                                           "sonraki",
                                           "επομενη",
                                           "следующая",
                                           "след.",
                                           "след",
                                           "вперед",
                                           "дальше",
                                           "далее",
                                           "次へ",
                                           "次のページ",
                                           "次の記事",
                                           "下一页",
                                           "다음"};
constexpr std::string_view previous_words[] = {
    "prev",        "previous",      "previous page", "previous posts", "newer",
    "newer posts", "newer entries", "anterior",      "anteriores",     "pagina anterior",
    "anterioara",  "precedenta",    "inapoi",        "zuruck",         "vorherige",
    "precedent",   "precedente",    "vorige",        "poprzednie",     "предыдущая",
    "пред.",       "назад",         "前へ",          "前のページ",     "上一页"};
constexpr std::string_view next_glyphs[] = {"→", "»", "›", ">", ">>", "▶", "⟩", "❯", "►"};
constexpr std::string_view previous_glyphs[] = {"←", "«", "‹", "<", "<<", "◀", "⟨", "❮", "◄"};

template <std::size_t N>
bool is_among(std::string_view text, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// "pagination_next next-posts" → {"pagination", "next", "next", "posts"}.
std::vector<std::string_view> name_parts(std::string_view hint) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < hint.size();) {
    const std::size_t begin = at;
    while (at < hint.size() && is_name_char(hint[at])) ++at;
    if (at > begin) parts.push_back(hint.substr(begin, at - begin));
    ++at;
  }
  return parts;
}

bool has_part(std::string_view hint, std::initializer_list<std::string_view> wanted) {
  for (const std::string_view part : name_parts(hint)) {
    if (std::find(wanted.begin(), wanted.end(), part) != wanted.end()) return true;
  }
  return false;
}

// The words without arrows and brackets around them: "next »" → "next".
std::string bare_words(std::string_view text) {
  // What some glyph begins with; few labels hold any of it.
  if (text.find_first_of("<>\xC2\xE2") == std::string_view::npos) return text::collapse_space(text);
  std::string words(text);
  for (const auto* glyphs : {&next_glyphs, &previous_glyphs}) {
    for (const std::string_view glyph : *glyphs) {
      for (std::size_t at; (at = words.find(glyph)) != std::string::npos;) {
        words.replace(at, glyph.size(), " ");
      }
    }
  }
  return text::collapse_space(words);
}

bool has_token(std::string_view rel, std::string_view token) {
  for (std::size_t at = rel.find(token); at != std::string_view::npos;
       at = rel.find(token, at + 1)) {
    const std::size_t end = at + token.size();
    if ((at == 0 || rel[at - 1] == ' ') && (end == rel.size() || rel[end] == ' ')) return true;
  }
  return false;
}

std::optional<int> page_number(std::string_view text) {
  constexpr std::size_t most_digits = 5;
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// How plainly an anchor says "next page": 0 not at all. Words beat glyphs, since "»" is also last.
int next_score(const PageAnchor& anchor) {
  constexpr std::size_t longest_label = 60;  // longer texts are headlines of the next article
  if (has_token(anchor.rel, "next")) return 100;
  const std::string words = bare_words(anchor.text);
  if (is_among(words, next_words)) return 60;
  if (anchor.text.size() > longest_label || page_number(anchor.text)) return 0;
  if (has_part(anchor.hint, {"prev", "previous", "last", "end", "month", "week"})) return 0;
  if (has_part(anchor.hint, {"next", "nextpostslink", "siguiente", "urmatoarea", "nachste"})) {
    return 50;
  }
  if (is_among(anchor.text, next_glyphs)) return 30;
  if (anchor.text.empty() && has_part(anchor.hint, {"chevron", "arrow", "caret"}) &&
      has_part(anchor.hint, {"right"})) {
    return 25;
  }
  if (words.starts_with("next ") && words.size() < 20) return 20;
  return words.starts_with("more ") || words == "continued" ? 10 : 0;
}

int previous_score(const PageAnchor& anchor) {
  if (has_token(anchor.rel, "prev") || has_token(anchor.rel, "previous")) return 100;
  if (is_among(bare_words(anchor.text), previous_words)) return 60;
  if (page_number(anchor.text) || anchor.text.size() > 60) return 0;
  if (has_part(anchor.hint, {"prev", "previous", "anterior"})) return 50;
  return is_among(anchor.text, previous_glyphs) ? 30 : 0;
}

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

using Score = int (*)(const PageAnchor&);
std::vector<ScoredUrl> scored(const std::vector<PageAnchor>& anchors, std::string_view page_url,
                              Score score) {
  const std::string origin = origin_of(page_url);
  const std::string_view page = without_fragment(page_url);
  std::vector<ScoredUrl> found;
  for (const PageAnchor& anchor : anchors) {
    const int points = score(anchor);
    if (points == 0 || anchor.url == page) continue;
    if (host_of(origin_of(anchor.url)) == host_of(origin)) found.push_back({points, anchor.url});
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

}  // namespace

std::vector<PageAnchor> anchors_of(const formats::HtmlScan& scan, std::string_view page_url) {
  const formats::LinkBase base = base_of(scan.base, page_url);
  std::vector<PageAnchor> anchors;
  anchors.reserve(scan.anchors.size());
  for (const auto& anchor : scan.anchors) {
    auto url = address(anchor.href, base);
    if (!url) continue;
    anchors.push_back(
        {std::move(*url), text::ascii_lower(anchor.rel), folded(anchor.text), std::string()});
  }
  return anchors;
}

std::vector<PageAnchor> anchors_of(const formats::Tree& tree, std::string_view page_url) {
  const formats::LinkBase base =
      base_of(tree.document().find("base").attribute("href"), page_url);
  std::vector<PageAnchor> anchors;
  for (const Node node : tree.document().descendants()) {
    if (!node.is_element("a") && !node.is_element("area")) continue;
    const auto href = node.attribute("href");
    auto url = href ? address(*href, base) : std::nullopt;
    if (!url) continue;
    const std::string rel = text::ascii_lower(node.attribute("rel").value_or(""));
    anchors.push_back({std::move(*url), rel, folded(node.text_content()), hint_of(node)});
    if (anchors.size() >= formats::max_scanned_links) break;
  }
  return anchors;
}

PageLinks paging_of(const std::vector<PageAnchor>& anchors, std::string_view page_url) {
  return {best_first(scored(anchors, page_url, next_score)),
          best_first(scored(anchors, page_url, previous_score)), numbered(anchors, page_url),
          links_first(anchors, page_url)};
}

PageLinks paging_of(const formats::HtmlScan& scan, const std::vector<PageAnchor>& anchors,
                    const std::vector<Header>& headers, std::string_view page_url) {
  constexpr int by_header = 200;  // the server speaks of the answer itself
  constexpr int by_link =
      45;  // themes use <link rel> for the next article too: what people click goes before
  std::vector<ScoredUrl> next = scored(anchors, page_url, next_score);
  std::vector<ScoredUrl> previous = scored(anchors, page_url, previous_score);
  const auto note = [&](std::string_view rel, std::string url, int score) {
    if (url == without_fragment(page_url)) return;
    if (has_token(rel, "next"))
      next.push_back({score, std::move(url)});
    else if (has_token(rel, "prev") || has_token(rel, "previous"))
      previous.push_back({score, std::move(url)});
  };
  for (HeaderLink& link : link_headers(headers, page_url))
    note(link.rel, std::move(link.url), by_header);
  const formats::LinkBase base = base_of(scan.base, page_url);
  for (const auto& link : scan.links) {
    auto url = address(link.href, base);
    if (url) note(text::ascii_lower(link.rel), std::move(*url), by_link);
  }
  return {best_first(std::move(next)), best_first(std::move(previous)),
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

std::vector<std::string> links_of(const std::vector<PageAnchor>& anchors) {
  std::vector<std::string> links;
  std::unordered_set<std::string_view> seen;
  for (const PageAnchor& anchor : anchors) {
    if (seen.insert(anchor.url).second) links.push_back(anchor.url);
  }
  return links;
}

}  // namespace testigo::extract
