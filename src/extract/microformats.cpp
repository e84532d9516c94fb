// hReview, and h-review of microformats2.

#include <algorithm>
#include <utility>

#include "extract/microdata.h"
#include "extract/plain.h"
#include "extract/value_words.h"

namespace testigo::extract {
namespace {

using formats::Node;

bool has_class(Node node, std::string_view name) {
  const auto classes = node.attribute("class");
  if (!classes) return false;
  const auto tokens = tokens_of(*classes);
  return std::find(tokens.begin(), tokens.end(), name) != tokens.end();
}

Node find_class(Node root, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const Node node : root.descendants()) {
      if (node.is_element() && has_class(node, name)) return node;
    }
  }
  return {};
}

ValueWords words_of(Node node) {
  // Microformats' value class pattern: the machine's form is the title of its first element.
  for (const Node child : node.children()) {
    if (!child.is_element()) continue;
    const auto value = child.attribute("title");
    if (value && has_class(child, "value-title")) return {plain_text(*value, Markup::none), {}};
    break;
  }
  for (const std::string_view name : {"title", "datetime", "alt"}) {
    const bool applies = (name == "title" && node.is_element("abbr")) ||
                         (name == "datetime" && node.attribute("datetime")) ||
                         (name == "alt" && node.is_element("img"));
    if (applies) {
      if (const auto value = node.attribute(name)) return {plain_text(*value, Markup::none), {}};
    }
  }
  if (node.is_element("data") || node.is_element("meter")) {
    if (const auto value = node.attribute("value")) return {plain_text(*value, Markup::none), {}};
  }
  return words_of_value(node);
}

class MicroformatReader {
 public:
  explicit MicroformatReader(std::string_view page_url) : page_url_(page_url) {}

  Things read(const formats::Tree& tree) {
    Node last;  // what stands within a review is its own: reviews do not nest
    for (const Node node : tree.document().descendants()) {
      if (!node.is_element() || !node.attribute("class") || is_within(node, last)) continue;
      const std::size_t before = things_.size();
      if (has_class(node, "hreview-aggregate") || has_class(node, "h-review-aggregate")) {
        add_aggregate(node);
      } else if (has_class(node, "hreview") || has_class(node, "h-review")) {
        add_review(node);
      }
      if (things_.size() > before) last = node;
    }
    return std::move(things_);
  }

 private:
  void add_aggregate(Node root) {
    const std::size_t thing = begin("AggregateRating");
    add_item(thing, root);
    const Node rating = find_class(root, {"p-rating", "rating"});
    const Node average = rating ? find_class(rating, {"p-average", "average", "value"}) : Node();
    add(thing, "ratingValue", average ? average : rating ? rating : find_class(root, {"average"}));
    add(thing, "bestRating", find_class(root, {"p-best", "best"}));
    add(thing, "worstRating", find_class(root, {"p-worst", "worst"}));
    add(thing, "reviewCount", find_class(root, {"p-count", "count"}));
    add(thing, "ratingCount", find_class(root, {"p-votes", "votes"}));
  }

  void add_review(Node root) {
    const std::size_t thing = begin("Review");
    add_item(thing, root);
    const Node rating = find_class(root, {"p-rating", "rating"});
    const Node value = rating ? find_class(rating, {"value"}) : Node();
    add(thing, "ratingValue", value ? value : rating);
    add(thing, "bestRating", find_class(root, {"p-best", "best"}));
    add(thing, "worstRating", find_class(root, {"p-worst", "worst"}));
    const Node author = find_class(root, {"p-author", "p-reviewer", "reviewer", "author"});
    const Node name = author ? find_class(author, {"p-name", "fn"}) : Node();
    add(thing, "author", name ? name : author);
    add(thing, "datePublished", find_class(root, {"dt-published", "dt-reviewed", "dtreviewed"}));
    add(thing, "reviewBody",
        find_class(root, {"e-content", "p-content", "e-description", "description"}));
    const Node title = find_class(root, {"p-name", "summary", "p-summary"});
    const Node item = find_class(root, {"p-item", "item"});
    if (title && !is_within(title, item)) {
      add(thing, "name", title);
    } else if (things_[thing].properties.empty()) {
      // microformats2 parsing: with nothing marked up inside, the whole is its own name.
      add(thing, "name", root);
    }
    add(thing, "url", permalink_of(root, author, item));
  }

  // The review's own address, and not its writer's or its subject's.
  static Node permalink_of(Node root, Node author, Node item) {
    for (const Node node : root.descendants()) {
      if (!node.is_element("a") || is_within(node, author) || is_within(node, item)) continue;
      const auto rel = tokens_of(node.attribute("rel").value_or(""));
      const bool marked = std::find(rel.begin(), rel.end(), "bookmark") != rel.end();
      if (marked || has_class(node, "u-url")) return node;
    }
    return {};
  }

  void add_item(std::size_t thing, Node root) {
    const Node item = find_class(root, {"p-item", "item"});
    if (!item) return;
    const Node name = find_class(item, {"p-name", "fn"});
    add(thing, "itemReviewed", name ? name : item);
  }

  static bool is_within(Node node, Node ancestor) {
    if (!ancestor) return false;
    for (Node up = node; up; up = up.parent()) {
      if (up == ancestor) return true;
    }
    return false;
  }

  std::size_t begin(std::string type) {
    things_.emplace_back();
    things_.back().types.push_back(std::move(type));
    return things_.size() - 1;
  }

  void add(std::size_t thing, std::string name, Node node) {
    if (!node) return;
    ValueWords words = words_of(node);
    ThingValue value;
    value.text = std::move(words.text);
    value.own = std::move(words.own);
    if (const auto href = node.attribute("href")) {
      value.url = absolute_url(*href, page_url_).value_or("");
    }
    things_[thing].properties.push_back({std::move(name), std::move(value)});
  }

  std::string_view page_url_;
  Things things_;
};

}  // namespace

Things things_of_microformats(const formats::Tree& tree, std::string_view page_url) {
  return MicroformatReader(page_url).read(tree);
}

}  // namespace testigo::extract
