#include "formats/html_guard.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/html_tokens.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

// How an element's tags move the stack of open elements (HTML standard §13.2.4.2, §13.2.6.4.7).
enum class Sort : std::uint8_t {
  uncounted,   // void, or closed by the next of its kind: never deeper than its parent allows
  formatting,  // its end tag takes it out and leaves what is within (adoption agency)
  boundary,    // end tags from within do not reach past it
  special,     // its end tag closes everything within, up to a boundary
  ordinary,    // its end tag is ignored where a special element stands within
};

constexpr std::string_view uncounted[] = {
    "area",  "base",  "basefont", "bgsound",  "br",     "embed",    "frame", "hr",
    "img",   "input", "link",     "meta",     "param",  "source",   "track", "wbr",
    "p",     "li",    "dt",       "dd",       "tr",     "td",       "th",    "tbody",
    "thead", "tfoot", "col",      "colgroup", "option", "optgroup", "rb",    "rt",
    "rp",    "rtc",   "html",     "head",     "body"};
constexpr std::string_view formatting[] = {"a",    "b", "big",   "code",   "em",     "font", "i",
                                           "nobr", "s", "small", "strike", "strong", "tt",   "u"};
constexpr std::string_view boundaries[] = {"table",    "caption", "object", "marquee", "applet",
                                           "template", "svg",     "math",   "select"};
constexpr std::string_view specials[] = {
    "address", "article",  "aside",    "blockquote", "button",   "center",     "details",
    "dialog",  "dir",      "div",      "dl",         "fieldset", "figcaption", "figure",
    "footer",  "form",     "frameset", "h1",         "h2",       "h3",         "h4",
    "h5",      "h6",       "header",   "hgroup",     "listing",  "main",       "menu",
    "nav",     "ol",       "pre",      "section",    "summary",  "ul",         "iframe",
    "noembed", "noframes", "noscript", "plaintext",  "script",   "style",      "textarea",
    "title",   "xmp"};

using Sorts = std::unordered_map<std::string_view, Sort>;

Sorts make_sorts() {
  Sorts sorts;
  for (const std::string_view name : uncounted) sorts.emplace(name, Sort::uncounted);
  for (const std::string_view name : formatting) sorts.emplace(name, Sort::formatting);
  for (const std::string_view name : boundaries) sorts.emplace(name, Sort::boundary);
  for (const std::string_view name : specials) sorts.emplace(name, Sort::special);
  return sorts;
}

Sort sort_of(std::string_view lower_name) {
  static const Sorts sorts = make_sorts();
  const auto found = sorts.find(lower_name);
  return found == sorts.end() ? Sort::ordinary : found->second;
}

// How far an end tag may look, on average over the page, before the page counts as an attack.
constexpr std::size_t looks_per_tag = 32;

class OpenElements {
 public:
  void open(std::string name) {
    budget_ += looks_per_tag;
    const Sort sort = sort_of(name);
    if (sort != Sort::uncounted) open_.push_back({std::move(name), sort});
  }

  void close(const std::string& name) {
    budget_ += looks_per_tag;
    const Sort sort = sort_of(name);
    if (sort == Sort::uncounted) return;
    const std::optional<std::size_t> at = find(name, sort);
    if (!at) return;
    const auto element = open_.begin() + static_cast<std::ptrdiff_t>(*at);
    if (sort == Sort::formatting) {
      open_.erase(element);
    } else {
      open_.erase(element, open_.end());
    }
  }

  std::size_t depth() const { return open_.size(); }
  bool spent() const { return budget_ == 0; }

 private:
  struct Element {
    std::string name;  // lower-case
    Sort sort;
  };

  // The open element that the end tag closes, if the algorithm lets it.
  std::optional<std::size_t> find(const std::string& name, Sort sort) {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (budget_ == 0) return {};
      --budget_;
      const Element& element = open_[i];
      if (element.name == name) return i;
      if (element.sort == Sort::boundary && sort != Sort::boundary) return {};
      if (element.sort == Sort::special && sort == Sort::ordinary) return {};
    }
    return {};
  }

  std::vector<Element> open_;
  std::size_t budget_ = 100'000;  // small pages may be as odd as they like
};

}  // namespace

Result<void> check_html_shape(std::string_view page, const HtmlLimits& limits) {
  HtmlTokens tokens(page);
  OpenElements open;
  while (true) {
    const HtmlToken& token = tokens.next();
    if (token.kind == HtmlToken::Kind::end) return {};
    if (token.kind == HtmlToken::Kind::end_tag) open.close(text::ascii_lower(token.name));
    if (token.kind == HtmlToken::Kind::start_tag) open.open(text::ascii_lower(token.name));
    if (token.attribute_count > limits.max_attributes) {
      return fail(Errc::limit_exceeded, "The page has a tag with more than " +
                                            std::to_string(limits.max_attributes) +
                                            " attributes; it was not read.");
    }
    if (open.depth() > limits.max_depth || open.spent()) {
      return fail(Errc::limit_exceeded, "The page is nested more than " +
                                            std::to_string(limits.max_depth) +
                                            " levels deep; it was not read.");
    }
  }
}

}  // namespace testigo::formats
