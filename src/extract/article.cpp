#include "extract/article.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/article_title.h"
#include "extract/comment_marks.h"
#include "extract/plain.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t longest_heading = 300;  // characters; a longer one is no heading
constexpr std::uint32_t longest_byline = 60;    // of a name, with "by" before it

std::string one_line(std::string_view text) {
  return text::collapse_space(plain_text(text, Markup::none));
}

std::optional<std::string> meta_of(const formats::HtmlScan& scan,
                                   std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto value = scan.meta(name);
    if (!value) continue;
    std::string line = one_line(*value);
    if (!line.empty()) return line;
  }
  return std::nullopt;
}

bool has_year(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

// "By Ana Pop", "von Ana Pop": the name.
std::string without_by(std::string_view line) {
  constexpr std::string_view words[] = {
      "by ",          "von ",        "por ",       "de ",
      "par ",         "di ",         "door ",      "af ",
      "av ",          "autor: ",     "author:",    "by: ",
      "escrito por ", "written by ", "posted by ", "veröffentlicht von ",
      "scris de "};
  const std::string lower = text::ascii_lower(line);
  std::size_t cut = 0;
  for (const std::string_view word : words)
    if (lower.starts_with(word)) cut = std::max(cut, word.size());
  line = text::trim(line.substr(cut));
  while (line.ends_with(',') || line.ends_with(';')) line.remove_suffix(1);
  return std::string(line);
}

// A person's or an editors' name: no address, no sentence, no date.
bool is_name(std::string_view text) {
  if (text.size() < 2 || text.size() > longest_byline) return false;
  if (text.find("://") != std::string_view::npos || text.find('@') != std::string_view::npos)
    return false;
  return !has_year(text) && text.find_first_of("|:") == std::string_view::npos;
}

// Reads what the page shows outside of comments, menus and what else stands beside its matter.
class ShownReader {
 public:
  explicit ShownReader(const ShownPage& page) : page_(page), beside_(page.tree.size()) {
    for (const std::uint32_t id : page.apart) beside_[id] = true;
    for (std::uint32_t id = 1; id < page.tree.size(); ++id) {
      const Node node = page.tree.node(id);
      if (beside_[node.parent().id()] || stands_beside(node)) beside_[id] = true;
      if (!beside_[id] && node.is_element()) read(node);
    }
  }

  std::vector<ShownHeading> headings;
  std::optional<std::string> author;
  std::optional<std::string> date;

 private:
  const Measure& of(Node node) const { return page_.measures[node.id()]; }

  bool stands_beside(Node node) const {
    const Measure& own = of(node);
    if (own.unseen) return true;
    if (node.name() == "nav" || node.name() == "footer") return true;
    const bool noise = own.hints.has(Hint::noise) && !own.holds_main && !own.holds_heading;
    return noise && !own.hints.has(Hint::author) && !names_title(node) && own.text > longest_byline;
  }

  void read(Node node) {
    read_heading(node);
    read_author(node);
    read_date(node);
  }

  static bool names_title(Node node) {
    const std::string_view classes = node.attribute("class").value_or("");
    constexpr std::string_view names[] = {"entry-title",    "post-title", "article-title",
                                          "article__title", "headline",   "post__title"};
    return node.attribute("itemprop") == "headline" ||
           std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
             return classes.find(name) != std::string_view::npos;
           });
  }

  void read_heading(Node node) {
    const bool main = node.name() == "h1" || names_title(node);
    if ((!main && !is_heading(node.name())) || of(node).text == 0) return;
    if (of(node).text > longest_heading) return;
    headings.push_back({one_line(formats::text_of(node)), main});
  }

  // rel=author and itemprop=author before what a class calls so.
  void read_author(Node node) {
    const int rank = author_rank(node);
    if (rank <= author_rank_) return;
    std::string name = without_by(one_line(author_text(node)));
    if (!is_name(name)) return;
    author = std::move(name);
    author_rank_ = rank;
  }

  int author_rank(Node node) const {
    const Hints& hints = of(node).hints;
    if (hints.has(Hint::comment)) return 0;
    if (node.attribute("rel") == "author" || node.attribute("itemprop") == "author") return 2;
    const std::string_view classes = node.attribute("class").value_or("");
    const bool named = classes.find("author") != std::string_view::npos ||
                       classes.find("byline") != std::string_view::npos;
    return named ? 1 : 0;
  }

  static std::string author_text(Node node) {
    if (const auto content = node.attribute("content")) return std::string(*content);
    for (const Node below : node.descendants()) {
      if (below.is_element() && below.attribute("itemprop") == "name") {
        const auto content = below.attribute("content");
        return content ? std::string(*content) : formats::text_of(below);
      }
    }
    return formats::text_of(node);
  }

  // itemprop=datePublished before a <time>, that before what a class calls a date.
  void read_date(Node node) {
    const bool stated = node.attribute("itemprop") == "datePublished";
    const int rank = stated ? 3 : node.name() == "time" ? 2 : 1;
    if (rank <= date_rank_) return;
    const auto content = node.attribute("content");
    auto written =
        stated && content ? std::optional(std::string(*content)) : date_shown(node, of(node));
    if (!written || !has_year(*written)) return;
    date = std::move(written);
    date_rank_ = rank;
  }

  const ShownPage& page_;
  std::vector<bool> beside_;
  int author_rank_ = 0;
  int date_rank_ = 0;
};

std::string host_words(const formats::HtmlScan& scan) {
  return meta_of(scan, {"og:site_name", "application-name"}).value_or("");
}

std::vector<std::string> stated_titles(const formats::HtmlScan& scan,
                                       const PageArticle& described) {
  std::vector<std::string> titles;
  for (const std::string_view name : {"og:title", "twitter:title"})
    if (auto title = meta_of(scan, {name})) titles.push_back(*std::move(title));
  if (described.title) titles.push_back(one_line(*described.title));
  if (scan.title) titles.push_back(one_line(*scan.title));
  std::erase(titles, "");
  return titles;
}

// A page that lists articles describes several; it is none itself.
PageArticle described_article(std::span<const PageArticle> described) {
  return described.size() == 1 ? described.front() : PageArticle();
}

bool states_article(const formats::HtmlScan& scan) {
  const std::string type = text::ascii_lower(meta_of(scan, {"og:type"}).value_or(""));
  return type == "article" || type == "blog" || scan.meta("article:published_time").has_value();
}

}  // namespace

PageArticle read_article(const formats::HtmlScan& scan, std::span<const PageArticle> described,
                         const ShownPage* shown) {
  PageArticle article = described_article(described);
  article.stated = described.size() == 1 || states_article(scan);
  const std::string site = host_words(scan);
  const std::vector<std::string> titles = stated_titles(scan, article);
  const auto seen = shown != nullptr ? std::optional<ShownReader>(*shown) : std::nullopt;
  article.title = title_among(
      seen ? std::span<const ShownHeading>(seen->headings) : std::span<const ShownHeading>(),
      titles, site);
  // Publishers sign as authors too; whoever the page shows wrote it.
  const auto publisher = article.author == site ? std::exchange(article.author, {}) : std::nullopt;
  const auto meta_author = meta_of(scan, {"author", "article:author", "dc.creator"});
  if (!article.author && seen) article.author = seen->author;
  if (!article.author && meta_author && is_name(*meta_author) && *meta_author != site)
    article.author = meta_author;
  if (!article.author) article.author = publisher;
  if (!article.date)
    article.date = meta_of(scan, {"article:published_time", "datepublished", "dc.date.issued",
                                  "dc.date", "dcterms.created", "pubdate", "publish-date",
                                  "parsely-pub-date", "sailthru.date", "date"});
  if (!article.date && seen) article.date = seen->date;
  if (!article.edited)
    article.edited = meta_of(scan, {"article:modified_time", "og:updated_time", "datemodified"});
  return article;
}

}  // namespace testigo::extract
