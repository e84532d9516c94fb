#include "extract/html_source.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "extract/cut_page.h"
#include "extract/departed.h"
#include "extract/drift.h"
#include "extract/item.h"
#include "extract/number.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "extract/star_rating.h"
#include "extract/star_scale.h"
#include "extract/text_template.h"
#include "formats/canonical_url.h"
#include "formats/encoding_sniff.h"
#include "formats/html.h"
#include "formats/html_scan.h"
#include "formats/json_writer.h"
#include "formats/xpath.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;
using formats::XPathMatch;

// Bytes of text that items may have together, beyond so many times the page's own: items that hold
// one another have the innermost text as often as they are deep.
constexpr std::size_t spare_text_bytes = 16u << 20;
constexpr std::size_t most_readings = 4;

class HtmlReader {
 public:
  HtmlReader(const Page& page, const formats::Tree& tree, std::string_view base,
             const ExtractorSpec& spec, UtcTime now)
      : page_(page),
        tree_(tree),
        xpath_(tree),
        spec_(spec),
        context_{"", formats::LinkBase(base), now},
        text_left_(spare_text_bytes + most_readings * page.body.size()) {
    const auto canonical = formats::canonical_url(page.url, formats::TrackingParameters());
    context_.page_url = canonical ? *canonical : page.url;
  }

  Result<Extraction> read() {
    for (const ItemSpec& items : spec_.items) {
      if (Result<void> read = read_items(items); !read) return fail(std::move(read).error());
    }
    for (const EachSpec& each : spec_.each) {
      if (Result<void> read = read_each(each); !read) return fail(std::move(read).error());
    }
    unread_.tell(out_);
    drop_shown(out_);
    read_paging();
    if (text_left_ == 0) {
      return fail(
          Errc::limit_exceeded,
          "the items of this page hold one another, or all of it is gone through for each of "
          "them; it was not read",
          page_.url);
    }
    out_.begins = !spec_.continued;
    return std::move(out_);
  }

 private:
  Result<std::vector<Node>> nodes(const Selector& list) {
    for (const std::string& expression : list) {
      Result<std::vector<XPathMatch>> matches = xpath_.select(expression);
      if (!matches) return fail(std::move(matches).error());
      std::vector<Node> found;
      for (const XPathMatch& match : *matches) {
        if (match.node) found.push_back(match.node);
      }
      if (!found.empty()) return found;
    }
    return std::vector<Node>();
  }

  Result<void> read_items(const ItemSpec& items) {
    const Result<std::vector<Node>> found = nodes(items.list);
    if (!found) return fail(found.error());
    if (found->empty() && items.list_required)
      add_drift(out_, items.list.front() + " finds nothing");
    const auto has_room = [&] { return out_.items < max_items_per_page && text_left_ > 0; };
    for (std::size_t i = 0; i < found->size() && has_room(); ++i) {
      read_item(items, (*found)[i], items.list.front() + "[" + std::to_string(i + 1) + "]");
    }
    return {};
  }

  void read_item(const ItemSpec& items, Node node, std::string place) {
    const NodeIds quotes = quoted(items.quotes, node);
    const ItemView view{std::move(place),
                        [&](std::string_view selector) { return look_up(node, selector, quotes); }};
    if (!is_wanted(view, items.only_if, items.skip_if)) {
      ++out_.skipped;
      return;
    }
    if (is_gone(view, items)) {
      ++out_.skipped;
      add_departed(out_, item_id(view, find_fields(view, items), items, spec_, context_));
      return;
    }
    ++out_.items;
    BuiltPost built = build_post(view, find_fields(view, items), items, spec_, context_);
    for (const std::string& what : built.drift) add_drift(out_, what);
    unread_.note(std::move(built.unread));
    if (built.post) {
      out_.posts.push_back(std::move(*built.post));
    } else {
      ++out_.left_out;
    }
  }

  Result<void> read_each(const EachSpec& each) {
    const Result<std::vector<Node>> found = nodes(each.list);
    if (!found) return fail(found.error());
    std::vector<Variables>& requests = out_.each[each.step];
    for (const Node node : *found) {
      if (requests.size() >= max_items_per_page || text_left_ == 0) break;
      const ItemView view{"",
                          [&](std::string_view selector) { return look_up(node, selector, {}); }};
      if (!is_wanted(view, each.only_if, each.skip_if)) {
        ++out_.skipped;
        continue;
      }
      Variables variables = variables_of(each, view);
      if (variables.size() != each.variables.size()) continue;
      for (const std::string& selector : each.changed) {
        const Found changed = view.look_up(selector);
        if (changed.is_blank()) continue;
        variables[std::string(changed_variable)] = changed.text();
        break;
      }
      requests.push_back(std::move(variables));
    }
    if (spec_.items.empty()) out_.items += requests.size();
    return {};
  }

  Variables variables_of(const EachSpec& each, const ItemView& view) const {
    Variables variables;
    for (const auto& [name, selectors] : each.variables) {
      for (const std::string& selector : selectors) {
        const std::string value(view.look_up(selector).text());
        if (value.empty()) continue;
        // A whole address is wanted where one is taken from a link.
        const bool link = selector.ends_with("@href") || selector.ends_with("@src");
        const auto absolute = link ? context_.base.resolve(value) : std::nullopt;
        variables[name] = absolute ? *absolute : value;
        break;
      }
    }
    return variables;
  }

  void read_paging() {
    const auto text_at = [&](const std::string& selector) {
      return selector.empty() ? std::string() : std::string(look_up(Node(), selector, {}).text());
    };
    if (const std::string cursor = text_at(spec_.cursor); !cursor.empty()) out_.cursor = cursor;
    if (const auto url = context_.base.resolve(text_at(spec_.next_url))) {
      out_.next.push_back(*url);
    }
    out_.total = parse_count(text_at(spec_.total));
    if (!spec_.more.empty()) out_.more = !text_at(spec_.more).empty();
  }

  NodeIds quoted(const std::string& expression, Node item) {
    NodeIds ids;
    if (expression.empty()) return ids;
    const auto matches = xpath_.select(expression, item);
    if (!matches) return ids;
    for (const XPathMatch& match : *matches) ids.insert(match.node.id());
    return ids;
  }

  // An element's words, an attribute's value, or what the expression computes. Where an expression
  // finds several elements (".//p"), their texts one below the other.
  Found look_up(Node item, std::string_view selector, const NodeIds& quotes) {
    if (selector.starts_with('=')) {
      auto filled = fill_template(selector.substr(1), spec_.variables, [&](std::string_view inner) {
        return look_up(item, inner, quotes);
      });
      return filled ? Found::made_text(*std::move(filled)) : Found();
    }
    if (selector.starts_with(stars_prefix)) {
      return look_up_stars(item, selector.substr(stars_prefix.size()));
    }
    if (selector.starts_with(header_prefix)) {
      const auto header = find_header(page_.headers, selector.substr(header_prefix.size()));
      return header ? Found::held_text(*header) : Found();
    }
    const Result<std::vector<XPathMatch>> matches = xpath_.select(selector, item);
    if (!matches && matches.error().code == Errc::limit_exceeded) text_left_ = 0;
    if (!matches || matches->empty()) return {};
    std::string text;
    for (const XPathMatch& match : *matches) {
      if (is_quoted(match.node, quotes)) continue;
      if (text_left_ == 0) return {};
      const bool words = match.node.is_element() && !match.is_attribute;
      const std::string one = words ? text_without(match.node, quotes) : match.value;
      text_left_ -= std::min(text_left_, one.size());
      if (!text.empty() && !one.empty()) text += "\n\n";
      text += one;
      if (!words) break;
    }
    if (text::trim(text).empty()) return {};
    return Found::made_text(std::move(text));
  }

  Found look_up_stars(Node item, std::string_view selector) {
    const Result<std::optional<XPathMatch>> match = xpath_.first(selector, item);
    if (!match || !*match || !(*match)->node.is_element()) return {};
    if (!scales_) scales_.emplace(tree_);
    const auto rating = rating_of_element((*match)->node, *scales_);
    if (!rating) return {};
    std::string text = formats::shortest(rating->value);
    if (rating->best) text += "/" + formats::shortest(*rating->best);
    return Found::made_text(std::move(text));
  }

  static bool is_quoted(Node node, const NodeIds& quotes) {
    for (Node up = node; up && !quotes.empty(); up = up.parent()) {
      if (quotes.contains(up.id())) return true;
    }
    return false;
  }

  const Page& page_;
  const formats::Tree& tree_;
  formats::XPathDocument xpath_;
  const ExtractorSpec& spec_;
  ItemContext context_;
  std::size_t text_left_;  // bytes that may still be taken; none, too, where an expression took too
                           // long: the page is not read
  std::optional<StarScales> scales_;
  UnreadValues unread_;
  Extraction out_;
};

// What the page would have held behind its end counts as one item that is left out.
void note_cut(Extraction& extraction) {
  extraction.cut_short = true;
  ++extraction.items;
  ++extraction.left_out;
  add_drift(extraction,
            "the page is cut short: it ends in its middle, and only what stands before that is "
            "read");
}

}  // namespace

Result<Extraction> read_html_source(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  const auto content_type = find_header(page.headers, "content-type").value_or("");
  const std::string utf8 = formats::decode_page(page.body, content_type).text;
  Result<formats::Tree> tree = formats::parse_html(utf8);
  if (!tree) return fail(tree.error().code, tree.error().what, page.url);
  std::string base = page.url;
  if (const Node element = tree->document().find("base")) {
    const auto href = element.attribute("href");
    const auto absolute = href ? absolute_url(*href, page.url) : std::nullopt;
    if (absolute) base = *absolute;
  }
  Result<Extraction> extraction = HtmlReader(page, *tree, base, spec, now).read();
  if (!extraction) return extraction;
  if (ends_in_its_middle(utf8)) note_cut(*extraction);
  if (!spec.next_links && !spec.want_links) return extraction;
  const formats::HtmlScan scan = formats::scan_html(utf8);
  const std::vector<PageAnchor> anchors = anchors_of(*tree, page.url);
  if (spec.want_links) extraction->links = links_of(anchors, scan, page.url);
  if (!spec.next_links) return extraction;
  for (std::string& next : paging_of(scan, anchors, page.headers, page.url).next) {
    extraction->next.push_back(std::move(next));
  }
  return extraction;
}

}  // namespace testigo::extract
