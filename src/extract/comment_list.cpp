#include "extract/comment_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extract/comment_reading.h"
#include "extract/comment_words.h"
#include "extract/flat_list.h"
#include "extract/indent.h"
#include "extract/name_words.h"
#include "extract/owner_answer.h"
#include "extract/page_marks.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "extract/rating_words.h"
#include "extract/record_list.h"
#include "extract/star_scale.h"
#include "formats/html.h"
#include "text/fold.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::size_t max_candidates = 20'000;  // the longest threads show 5,000 on a page
constexpr double most_links = 0.8;              // of a comment's text
constexpr std::uint32_t largest_frame = 200;    // characters around a comment's words: name, date

class Finder {
 public:
  Finder(const formats::Tree& tree, const Measures& measures, std::string_view language)
      : tree_(tree),
        measures_(measures),
        kind_(tree.size(), none),
        language_(language),
        marks_(marks_of_page(tree, measures, language)),
        scales_(tree),
        subject_(subject_of(tree)),
        record_(find_records(tree, measures, marks_)),
        lone_(tree.size()) {
    for (FlatItem& item : find_flat_items(tree, measures, marks_, record_)) {
      const std::uint32_t id = item.words.id();
      record_[id] = true;
      for (const Node beside : item.beside) {
        taken_.insert(beside.id());
        record_[beside.id()] = false;
      }
      flat_.emplace(id, std::move(item.beside));
    }
  }

  CommentList find() {
    mark_candidates();
    if (candidates_.empty()) return std::move(found_);
    walk();
    drop_unmarked();
    drop_shared_urls();
    settle_scale();
    settle_names();
    nest_by_indent(found_.comments, indents());
    return std::move(found_);
  }

 private:
  using Inner = std::span<const std::uint32_t>;
  struct Step {
    Node node;
    std::optional<std::string> parent;  // id of the comment that it stands in
    std::uint32_t answers = 0;          // and its place; 0 none
  };
  static constexpr std::uint32_t none = 0;

  static std::string subject_of(const formats::Tree& tree) {
    constexpr std::size_t longest = 200;  // bytes of a name
    const Node heading = tree.document().find("h1");
    std::string name = heading ? text::fold(formats::text_of(heading)) : std::string();
    return name.size() <= longest ? name : std::string();
  }

  const Measure& of(Node node) const { return measures_[node.id()]; }
  bool is_candidate(Node node) const { return kind_[node.id()] != none; }
  bool is_rated(Node node) const { return (marks_.below[node.id()] & starred) != 0; }

  void mark_candidates() {
    std::uint32_t teaser_end = 0;  // what lists of comments elsewhere hold is none of this page
    std::vector<Node> open;        // records around; what they hold is theirs, but for answers
    std::vector<bool> in_form(tree_.size());
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      const Measure& own = measures_[id];
      const bool form =
          node.name() == "form" && own.text < measures_[0].text / 2 && is_written_in(node);
      in_form[id] = form || in_form[node.parent().id()];
      if (lists_comments_elsewhere(node, measures_)) teaser_end = std::max(teaser_end, own.end);
      if (id < teaser_end) continue;
      if ((in_form[id] && !record_[id]) || own.holds_heading || !may_frame(node, own)) continue;
      while (!open.empty() && id >= of(open.back()).end) open.pop_back();
      if (record_[id]) {
        open.push_back(node);
        add_candidate(node);
      } else if (!open.empty()) {
        if (is_rated(open.back()) && is_review_answer(node, measures_)) continue;
        lone_[id] = stands_alone(open.back(), node);
        if (lone_[id] || is_lone_answer(node)) add_candidate(node);
      } else if (own.hints.has(Hint::comment)) {
        is_only_beside(own.hints) ? add_beside(node) : add_candidate(node);
      }
    }
  }

  // Moderators' forms stand around whole lists.
  bool is_written_in(Node form) const {
    return form.find("textarea") || (marks_.below[form.id()] & dated) == 0;
  }

  // Named and numbered as a contribution, with a name and a date of its own.
  bool is_lone_answer(Node node) const {
    return of(node).hints.has(Hint::comment) && !id_number(node).empty() &&
           (marks_.below[node.id()] & (authored | dated)) == (authored | dated);
  }

  // Signed and dated behind what the record around has of both: another's words, of whatever shape.
  bool stands_alone(Node record, Node node) const {
    const Hints& hints = of(node).hints;
    const bool named = hints.has(Hint::comment) && !hints.has(Hint::body) &&
                       !hints.has(Hint::list) && !is_only_beside(hints) &&
                       (!hints.has(Hint::control) || is_named_reply(node));
    if (!named || (marks_.below[node.id()] & (authored | dated)) != (authored | dated))
      return false;
    const bool behind = marks_.names_before[node.id()] > marks_.names_before[record.id()] &&
                        marks_.dates_before[node.id()] > marks_.dates_before[record.id()];
    return behind && !is_in_quote(record, node) && !may_be_owner_answer(node, measures_) &&
           has_words(node);
  }

  bool is_in_quote(Node record, Node node) const {
    for (Node up = node; up && up != record; up = up.parent())
      if (is_quote(up)) return true;
    return false;
  }

  // Whether more stands in it than who wrote and when.
  bool has_words(Node node) const {
    constexpr std::uint32_t most_nodes = 400;
    std::uint32_t marked_end = 0;
    for (const Node below : node.descendants()) {
      if (below.id() - node.id() > most_nodes) return false;
      if ((marks_.own[below.id()] & (authored | dated | answerable)) != 0)
        marked_end = std::max(marked_end, of(below).end);
      if (below.id() >= marked_end && !below.is_element() && !of(below).unseen &&
          of(below).text >= min_comment_text)
        return true;
    }
    return false;
  }

  void add_candidate(Node node) {
    if (candidates_.size() == max_candidates) {
      found_.cut = true;
      return;
    }
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

  static bool is_only_beside(const Hints& hints) {
    return hints.has(Hint::beside) && !hints.has(Hint::list) && !hints.has(Hint::body);
  }

  void walk() {
    std::vector<Step> open{{tree_.root(), std::nullopt, 0}};
    while (!open.empty()) {
      Step at = std::move(open.back());
      open.pop_back();
      if (taken_.contains(at.node.id())) continue;
      std::vector<Node> inside;
      if (is_candidate(at.node)) {
        if (is_comment(at.node)) {
          inside = add(at);
        } else {
          found_.regions.push_back(at.node.id());
          inside = children_of(at.node);
        }
      } else {
        inside = children_of(at.node);
      }
      for (auto node = inside.rbegin(); node != inside.rend(); ++node)
        open.push_back({*node, at.parent, at.answers});
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
    if (record_[node.id()] || lone_[node.id()]) return own_text(node, inner) >= min_comment_text;
    if (std::any_of(inner.begin(), inner.end(), [&](auto id) { return flat_.contains(id); }))
      return false;
    if (link_share(of(node)) > most_links || holds_several(node, inner)) return false;
    if (own_text(node, inner) < min_comment_text) return false;
    const bool numbered = !id_number(node).empty();
    if (numbered && node.name() == "li") return true;
    if (of(node).hints.has(Hint::list) && !inner.empty()) return false;
    if (!numbered && signs(node.id()) == 0 && repeats_[kind_[node.id()]] < 2 && !in_list(node))
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
      return measures_[id].text * 2 > of(node).text && signs(id) == signs(node.id()) &&
             signs(id) != 0 && tree_.node(id).name() != "p";
    });
  }

  bool in_list(Node node) const {
    return is_candidate(node.parent()) && of(node.parent()).hints.has(Hint::list);
  }

  // A reply stands inside the comment that it answers and is of its kind, or numbered like it.
  bool answers(Node outer, Node inner) const {
    if (kind_[outer.id()] == kind_[inner.id()]) return true;
    if (record_[outer.id()] && lone_[inner.id()]) return true;
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

  // Keeps the comment; its replies are what is left to look at, under its id and place.
  std::vector<Node> add(Step& step) {
    std::vector<Node> replies = replies_of(step.node, candidates_below(step.node));
    const bool record = record_[step.node.id()];
    const Node whole = replies.empty() && !record ? whole_of(step.node) : step.node;
    const std::vector<Node> beside = beside_of(whole);
    const bool rated = is_rated(whole) || std::any_of(beside.begin(), beside.end(),
                                                      [&](Node node) { return is_rated(node); });
    PageComment comment = read_comment({whole, beside, replies, record, rated, step.answers != 0},
                                       {measures_, marks_.dates, scales_, subject_});
    comment.parent = step.parent;
    comment.answers = step.answers;
    comment.place = step.node.id();
    if (rated && !comment.reply) take_nested_answer(replies, comment);
    if (rated && !comment.reply) take_answer_behind(whole, comment);
    if (comment.id || !comment.text.empty()) {
      step.parent = comment.id;
      step.answers = comment.place;
    }
    found_.regions.push_back(whole.id());
    for (const Node node : beside) found_.regions.push_back(node.id());
    if (tells_nothing(comment) || tells_removal(comment.text) || heads_columns(comment))
      return replies;
    found_.comments.push_back(std::move(comment));
    nodes_.push_back(step.node);
    return replies;
  }

  // A review may be its stars alone, but is signed or dated then.
  static bool tells_nothing(const PageComment& comment) {
    if (comment.text.empty()) return !(comment.rating && comment.author && comment.date);
    return !comment.author && !comment.date && is_bare_rating(comment.text);
  }

  // "Author | Posts" above a thread.
  static bool heads_columns(const PageComment& comment) {
    return comment.author && !comment.date && !comment.rating && heads_names(*comment.author);
  }

  std::vector<Node> beside_of(Node node) const {
    const auto flat = flat_.find(node.id());
    return flat == flat_.end() ? std::vector<Node>() : flat->second;
  }

  // Where others of the page are signed or dated, what is neither, nor of their kind or beside
  // them, is a notice.
  void drop_unmarked() {
    const auto is_marked = [](const PageComment& comment) {
      return comment.author || comment.date || comment.rating;
    };
    std::unordered_set<std::uint32_t> kinds;
    std::unordered_set<std::uint32_t> lists;
    std::vector<std::size_t> times(repeats_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      ++times[kind_[nodes_[i].id()]];
      if (!is_marked(found_.comments[i])) continue;
      kinds.insert(kind_[nodes_[i].id()]);
      lists.insert(nodes_[i].parent().id());
    }
    if (kinds.empty()) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const PageComment& comment = found_.comments[i];
      const std::uint32_t kind = kind_[nodes_[i].id()];
      const bool listed = lists.contains(nodes_[i].parent().id()) && times[kind] > 1;
      if (!is_marked(comment) && id_number(nodes_[i]).empty() && !kinds.contains(kind) && !listed)
        continue;
      if (kept != i) {
        found_.comments[kept] = std::move(found_.comments[i]);
        nodes_[kept] = nodes_[i];
      }
      ++kept;
    }
    found_.comments.resize(kept);
    nodes_.resize(kept);
  }

  // An address that several have is the page's and no one's.
  void drop_shared_urls() {
    std::unordered_map<std::string, int> times;
    for (const PageComment& comment : found_.comments)
      if (comment.url) ++times[*comment.url];
    for (PageComment& comment : found_.comments)
      if (comment.url && times[*comment.url] > 1) comment.url.reset();
  }

  // Hotels are rated of ten: where one of a list is above five, all are.
  void settle_scale() {
    constexpr double usual_best = 5.0;
    constexpr double other_best = 10.0;
    const auto is_above = [&](const PageComment& comment) {
      return comment.rating && !comment.rating->best && comment.rating->value > usual_best;
    };
    if (std::none_of(found_.comments.begin(), found_.comments.end(), is_above)) return;
    for (PageComment& comment : found_.comments)
      if (comment.rating && !comment.rating->best) comment.rating->best = other_best;
  }

  // "Par Jeanne", "Par Marc"
  void settle_names() {
    std::vector<std::string_view> names;
    for (const PageComment& comment : found_.comments)
      if (comment.author) names.emplace_back(*comment.author);
    const std::size_t front = shared_by(names, language_);
    if (front == 0) return;
    for (PageComment& comment : found_.comments)
      if (comment.author)
        comment.author = plain_or_none(comment.author->substr(front), Markup::none);
  }

  std::vector<std::optional<double>> indents() const {
    std::vector<std::optional<double>> all;
    all.reserve(nodes_.size());
    for (const Node node : nodes_) all.push_back(indent_of(node, measures_));
    return all;
  }

  // Below a review, what the page's own writer answers (WordPress names it so) is the shop's
  // answer, and what is signed by a seller or by who is named like what is reviewed.
  void take_nested_answer(std::vector<Node>& replies, PageComment& comment) {
    const auto answer = std::find_if(replies.begin(), replies.end(), [&](Node reply) {
      return (is_by_site(reply) || is_signed_by_owner(reply, measures_, subject_)) &&
             replies_of(reply, candidates_below(reply)).empty();
    });
    if (answer == replies.end()) return;
    PageComment said = read_comment({*answer, {}, {}, true, false, true},
                                    {measures_, marks_.dates, scales_, subject_});
    if (said.text.empty()) return;
    comment.reply = std::move(said.text);
    comment.reply_date = std::move(said.date);
    replies.erase(answer);
  }

  static bool is_by_site(Node reply) {
    const std::string_view classes = reply.attribute("class").value_or("");
    return classes.find("bypostauthor") != std::string_view::npos;
  }

  // The owner's answer may stand behind the review that it answers.
  void take_answer_behind(Node review, PageComment& comment) {
    Node next = review.next_sibling();
    while (next && of(next).text == 0) next = next.next_sibling();
    OwnerAnswer answer = read_owner_answer(next, measures_, marks_.dates);
    if (!answer.is_there()) return;
    comment.reply = std::move(answer.text);
    comment.reply_date = std::move(answer.date);
    taken_.insert(next.id());
    found_.regions.push_back(next.id());
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

  // A page has stars for many things.
  std::uint8_t signs(std::uint32_t id) const {
    return marks_.below[id] & static_cast<std::uint8_t>(~starred);
  }

  bool has_few_marks(Node node) const { return (marks_.below[node.id()] & 3) != 3; }

  const formats::Tree& tree_;
  const Measures& measures_;
  std::vector<std::uint32_t> candidates_;  // ids, ascending
  std::vector<std::uint32_t> kind_;        // of candidates, by node id; none of others
  std::unordered_map<std::string, std::uint32_t> kinds_;
  std::vector<std::size_t> repeats_;  // candidates of each kind
  std::string_view language_;         // of the page
  PageMarks marks_;
  StarScales scales_;
  std::string subject_;                      // what the page is about, folded
  std::vector<bool> record_;                 // by node id
  std::vector<bool> lone_;                   // answers in a record that stand alone, by node id
  std::unordered_set<std::uint32_t> taken_;  // ids of what belongs to a comment before it
  std::unordered_map<std::uint32_t, std::vector<Node>> flat_;  // by the id of the words
  CommentList found_;
  std::vector<Node> nodes_;  // of the comments found
};

}  // namespace

CommentList find_comments(const formats::Tree& tree, const Measures& measures,
                          std::string_view language) {
  return Finder(tree, measures, language).find();
}

}  // namespace testigo::extract
