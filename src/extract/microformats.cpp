// hReview, and h-review, h-entry and h-cite of microformats2.

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

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
      if (is_entry(node)) {
        add_entry(node);
        continue;
      }
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

  // What may hold others: a post with its answers.
  static bool is_entry(Node node) {
    return has_class(node, "h-entry") || has_class(node, "h-cite");
  }

  // Posts that stand around, the nearest first.
  static std::vector<Node> entries_around(Node entry) {
    std::vector<Node> around;
    for (Node up = entry.parent(); up; up = up.parent())
      if (is_entry(up)) around.push_back(up);
    return around;
  }

  // What answers: an entry that says to what, and what is cited as an answer to the entry around.
  // An article is none, nor is what a post quotes, likes or answers.
  void add_entry(Node root) {
    constexpr std::size_t deepest = 16;  // each looks through all that it holds
    const std::vector<Node> around = entries_around(root);
    if (around.size() > deepest) return;
    const bool answers = is_comment(root);
    const Node answered = answers ? Node() : own_class(root, {"u-in-reply-to"});
    if (!answers && (!answered || !around.empty())) return;
    const Node author = own_class(root, {"p-author", "u-author", "author"});
    const Node name = author ? find_class(author, {"p-name", "fn"}) : Node();
    Node words = own_class(root, {"e-content", "p-content", "p-summary"});
    if (!words) words = own_class(root, {"p-name"});
    if (!words || is_within(words, author)) return;
    const std::size_t thing = begin("Comment");
    if (const auto id = root.attribute("id")) things_[thing].id = "#" + std::string(*id);
    add(thing, "author", name ? name : author);
    add(thing, "text", words);
    add(thing, "datePublished", own_class(root, {"dt-published"}));
    const Node url = own_class(root, {"u-url", "u-uid"});
    if (url && !is_within(url, author)) add(thing, "url", url);
    const Node target = answered && !answered.attribute("href")
                            ? find_class(answered, {"u-url", "u-uid"})
                            : answered;
    if (target && target.attribute("href")) add(thing, "inReplyTo", target);
    const auto above = around.empty() ? entries_.end() : entries_.find(around.front().id());
    if (above != entries_.end()) {
      ThingValue value;
      value.thing = above->second;
      things_[thing].properties.push_back({"parentItem", std::move(value)});
    }
    entries_.emplace(root.id(), thing);
  }

  // The first of a class that belongs to no entry within.
  static Node own_class(Node root, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      Node within;
      for (const Node node : root.descendants()) {
        if (!node.is_element() || !node.attribute("class") || is_within(node, within)) continue;
        if (has_class(node, name) && !is_comment(node)) return node;
        if (is_entry(node)) within = node;
      }
    }
    return {};
  }

  static bool is_comment(Node node) {
    return has_class(node, "p-comment") || has_class(node, "u-comment");
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
  std::unordered_map<std::uint32_t, std::size_t> entries_;  // things of entries, by node
};

}  // namespace

Things things_of_microformats(const formats::Tree& tree, std::string_view page_url) {
  return MicroformatReader(page_url).read(tree);
}

}  // namespace testigo::extract
