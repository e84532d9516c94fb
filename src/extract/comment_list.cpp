#include "extract/comment_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "extract/comment_reading.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t min_comment_text = 2;   // characters: "Ok"
constexpr std::size_t max_candidates = 10'000;  // the longest threads show 5,000 on a page
constexpr std::uint32_t min_unnamed_text = 40;  // of a contribution that is not named one
constexpr double most_unnamed_links = 0.3;
constexpr double most_links = 0.8;            // of a comment's text
constexpr std::uint32_t largest_frame = 200;  // characters around a comment's words: name, date

// Elements too small or too large to be a comment, whatever they are named.
bool is_no_frame(Node node) {
  constexpr std::string_view names[] = {"form", "button", "input", "textarea", "label", "a",
                                        "h1",   "h2",     "h3",    "h4",       "span",  "time",
                                        "i",    "b",      "em",    "strong",   "nav",   "body",
                                        "html", "main",   "abbr",  "img",      "cite",  "small"};
  return std::find(std::begin(names), std::end(names), node.name()) != std::end(names);
}

class Finder {
 public:
  Finder(const formats::Tree& tree, const Measures& measures)
      : tree_(tree), measures_(measures), kind_(tree.size(), none), marks_(tree.size()) {}

  CommentList find() {
    sum_marks();
    mark_candidates();
    if (!candidates_.empty() && candidates_.size() <= max_candidates) walk();
    return std::move(found_);
  }

 private:
  using Inner = std::span<const std::uint32_t>;
  struct Step {
    Node node;
    std::optional<std::string> parent;  // the comment that it stands in
  };
  static constexpr std::uint32_t none = 0;

  const Measure& of(Node node) const { return measures_[node.id()]; }
  bool is_candidate(Node node) const { return kind_[node.id()] != none; }

  void mark_candidates() {
    const std::vector<bool> repeated = repeated_contributions();
    std::vector<bool> in_form(tree_.size());
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      const Measure& own = measures_[id];
      const bool form = node.name() == "form" && own.text < measures_[0].text / 2;
      in_form[id] = form || in_form[node.parent().id()];
      if (in_form[id] || own.holds_heading || !may_frame(node)) continue;
      if (repeated[id]) {
        add_candidate(node);
      } else if (own.hints.has(Hint::comment)) {
        is_only_beside(own.hints) ? add_beside(node) : add_candidate(node);
      }
    }
  }

  bool may_frame(Node node) const {
    const Measure& own = of(node);
    return node.is_element() && !own.unseen && own.text >= min_comment_text && !is_no_frame(node);
  }

  void add_candidate(Node node) {
    const auto kind = kinds_.emplace(kind_of(node), kinds_.size() + 1).first->second;
    kind_[node.id()] = kind;
    candidates_.push_back(node.id());
    if (repeats_.size() <= kind) repeats_.resize(kind + 1);
    ++repeats_[kind];
  }

  // What is named for the form to write a comment, or for a notice about them, is none.
  void add_beside(Node node) {
    if (of(node).text < measures_[0].text / 4) found_.regions.push_back(node.id());
  }

  // Siblings of one kind that each bear name and date around words of their own, as the posts of a
  // thread do, whatever they are named; teasers of other pages are mostly links.
  std::vector<bool> repeated_contributions() const {
    std::map<std::pair<std::uint32_t, std::string>, std::vector<std::uint32_t>> groups;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if ((marks_[id] & 3) != 3 || !may_frame(node) || measures_[id].holds_heading) continue;
      if (measures_[id].text < min_unnamed_text || link_share(measures_[id]) > most_unnamed_links ||
          heads_elsewhere(node))
        continue;
      groups[{node.parent().id(), kind_of(node)}].push_back(id);
    }
    std::vector<bool> repeated(tree_.size());
    for (const auto& [kind, ids] : groups) {
      const bool named = measures_[ids.front()].hints.has(Hint::message);
      if (ids.size() < (named ? 2u : 3u)) continue;
      for (const std::uint32_t id : ids) repeated[id] = true;
    }
    return repeated;
  }

  // Whether its first heading is a link, as of what is told in full on another page.
  bool heads_elsewhere(Node node) const {
    for (const Node below : node.descendants()) {
      if (!is_heading(below.name()) || of(below).text == 0) continue;
      return of(below).links == of(below).text;
    }
    return false;
  }

  static bool is_only_beside(const Hints& hints) {
    return hints.has(Hint::beside) && !hints.has(Hint::list) && !hints.has(Hint::body);
  }

  // Which marks each element holds, itself included.
  void sum_marks() {
    for (std::uint32_t id = static_cast<std::uint32_t>(tree_.size()) - 1; id > 0; --id) {
      const Node node = tree_.node(id);
      if (measures_[id].unseen || !node.is_element()) continue;
      const ItemMarks own = marks_of(node, measures_);
      marks_[id] |= static_cast<std::uint8_t>((own.author ? 1 : 0) | (own.date ? 2 : 0) |
                                              (own.reply ? 4 : 0));
      marks_[node.parent().id()] |= marks_[id];
    }
  }

  void walk() {
    std::vector<Step> open{{tree_.root(), std::nullopt}};
    while (!open.empty()) {
      const Step at = std::move(open.back());
      open.pop_back();
      std::vector<Node> inside;
      std::optional<std::string> parent = at.parent;
      if (is_candidate(at.node)) {
        if (is_comment(at.node)) {
          inside = add(at, parent);
        } else {
          found_.regions.push_back(at.node.id());
          inside = children_of(at.node);
        }
      } else {
        inside = children_of(at.node);
      }
      for (auto node = inside.rbegin(); node != inside.rend(); ++node)
        open.push_back({*node, parent});
    }
  }

  std::vector<Node> children_of(Node node) const {
    std::vector<Node> children;
    for (const Node child : node.children())
      if (child.is_element() && !of(child).unseen) children.push_back(child);
    return children;
  }

  // A list holds several of one kind; what is named a list is one even around a single comment.
  bool is_comment(Node node) const {
    const Inner inner = candidates_below(node);
    if (link_share(of(node)) > most_links || holds_several(node, inner)) return false;
    if (own_text(node, inner) < min_comment_text) return false;
    const bool numbered = !id_number(node).empty();
    if (numbered && node.name() == "li") return true;
    if (of(node).hints.has(Hint::list) && !inner.empty()) return false;
    if (!numbered && marks_[node.id()] == 0 && repeats_[kind_[node.id()]] < 2 && !in_list(node))
      return false;
    return numbered || !holds_whole(node, inner);
  }

  bool holds_several(Node node, Inner inner) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> groups;
    for (const std::uint32_t id : inner) {
      const Node one = tree_.node(id);
      if (is_part_of(node, one) || answers(node, one)) continue;
      if (++groups[{one.parent().id(), kind_[id]}] >= 2) return true;
    }
    return false;
  }

  // Whether one inside has all the marks and most of the words: then the outer one is its wrapper.
  bool holds_whole(Node node, Inner inner) const {
    return std::any_of(inner.begin(), inner.end(), [&](std::uint32_t id) {
      return measures_[id].text * 2 > of(node).text && marks_[id] == marks_[node.id()] &&
             marks_[id] != 0 && tree_.node(id).name() != "p";
    });
  }

  bool in_list(Node node) const {
    return is_candidate(node.parent()) && of(node.parent()).hints.has(Hint::list);
  }

  // A reply stands inside the comment that it answers and is of its kind, or numbered like it.
  bool answers(Node outer, Node inner) const {
    if (kind_[outer.id()] == kind_[inner.id()]) return true;
    return !id_number(outer).empty() && !id_number(inner).empty();
  }

  static bool is_part_of(Node outer, Node inner) {
    const std::string_view number = id_number(inner);
    return !number.empty() && number == id_number(outer);
  }

  Inner candidates_below(Node node) const {
    const auto first = std::upper_bound(candidates_.begin(), candidates_.end(), node.id());
    const auto last = std::lower_bound(first, candidates_.end(), of(node).end);
    return {first, last};
  }

  // The outermost ones inside that are comments of their own.
  std::vector<Node> replies_of(Node node, Inner inner) const {
    std::vector<Node> replies;
    for (const std::uint32_t id : inner) {
      const Node one = tree_.node(id);
      if (!replies.empty() && id < of(replies.back()).end) continue;
      if (!is_part_of(node, one) && answers(node, one)) replies.push_back(one);
    }
    return replies;
  }

  // Characters of a comment without those that answer it.
  std::uint32_t own_text(Node node, Inner inner) const {
    std::uint32_t text = of(node).text;
    for (const Node reply : replies_of(node, inner)) text -= std::min(text, of(reply).text);
    return text;
  }

  // Keeps the comment; its replies are what is left to look at, under its id.
  std::vector<Node> add(const Step& step, std::optional<std::string>& parent) {
    std::vector<Node> replies = replies_of(step.node, candidates_below(step.node));
    const Node whole = replies.empty() ? whole_of(step.node) : step.node;
    PageComment comment = read_comment(whole, replies, measures_);
    comment.parent = step.parent;
    if (comment.id) parent = comment.id;
    found_.regions.push_back(whole.id());
    if (!comment.text.empty()) found_.comments.push_back(std::move(comment));
    return replies;
  }

  // What stands around a comment's words and belongs to it: name and date are often beside them.
  Node whole_of(Node node) const {
    const std::uint32_t kind = kind_[node.id()];
    Node whole = node;
    while (has_few_marks(whole) && id_number(whole).empty() && repeats_[kind] > 1) {
      const Node above = whole.parent();
      if (is_candidate(above) || of(above).text > 2 * of(node).text + largest_frame) break;
      const Inner inner = candidates_below(above);
      const auto same = std::count_if(inner.begin(), inner.end(),
                                      [&](std::uint32_t id) { return kind_[id] == kind; });
      if (same > 1) break;
      whole = above;
    }
    return whole;
  }

  bool has_few_marks(Node node) const { return (marks_[node.id()] & 3) != 3; }

  const formats::Tree& tree_;
  const Measures& measures_;
  std::vector<std::uint32_t> candidates_;  // ids, ascending
  std::vector<std::uint32_t> kind_;        // of candidates, by node id; none of others
  std::unordered_map<std::string, std::uint32_t> kinds_;
  std::vector<std::size_t> repeats_;  // candidates of each kind
  std::vector<std::uint8_t> marks_;   // author 1, date 2, reply 4; by node id
  CommentList found_;
};

}  // namespace

CommentList find_comments(const formats::Tree& tree, const Measures& measures) {
  return Finder(tree, measures).find();
}

}  // namespace testigo::extract
