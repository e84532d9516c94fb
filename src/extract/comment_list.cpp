#include "extract/comment_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extract/comment_reading.h"
#include "extract/shown_date.h"
#include "formats/html.h"
#include "text/fold.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t min_comment_text = 2;   // characters: "Ok"
constexpr std::size_t max_candidates = 10'000;  // the longest threads show 5,000 on a page
constexpr std::uint32_t min_unnamed_text = 40;  // of a contribution that is not named one
constexpr std::uint32_t min_named_text = 10;
constexpr double most_unnamed_links = 0.3;
constexpr double most_named_links = 0.6;
constexpr std::size_t max_dates = 20'000;     // texts tried as dates: some 40 ms
constexpr std::size_t max_date_text = 100;    // bytes
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

// "3 comments", "Opiniones de clientes"
bool announces_comments(Node heading) {
  constexpr std::size_t longest_heading = 100;  // bytes
  const std::string text = formats::text_of(heading);
  if (text.size() > longest_heading) return false;
  const std::string folded = text::fold(text);
  constexpr std::string_view words[] = {
      "comment",   "review",   "opinion",   "comentari", "recenzi",     "pareri",     "resena",
      "guestbook", "testimon", "kommentar", "bewertung", "commentaire", "valoracion", "feedback",
      "replies",   "answers",  "respuesta", "raspuns",   "reactie",     "recension",  "avaliac"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

class Finder {
 public:
  Finder(const formats::Tree& tree, const Measures& measures, std::string_view language)
      : tree_(tree),
        measures_(measures),
        kind_(tree.size(), none),
        own_marks_(tree.size()),
        record_(tree.size()),
        language_(language) {}

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
  enum Mark : std::uint8_t { authored = 1, dated = 2, answerable = 4, starred = 8 };

  const Measure& of(Node node) const { return measures_[node.id()]; }
  bool is_candidate(Node node) const { return kind_[node.id()] != none; }

  void mark_candidates() {
    find_records();
    std::uint32_t record_end = 0;  // what a record holds is its own, but for other contributions
    std::vector<bool> in_form(tree_.size());
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      const Measure& own = measures_[id];
      const bool form = node.name() == "form" && own.text < measures_[0].text / 2;
      in_form[id] = form || in_form[node.parent().id()];
      if (in_form[id] || own.holds_heading || !may_frame(node)) continue;
      if (record_[id]) {
        record_end = std::max(record_end, own.end);
        add_candidate(node);
      } else if (id < record_end && !is_lone_answer(node)) {
        continue;
      } else if (own.hints.has(Hint::comment)) {
        is_only_beside(own.hints) ? add_beside(node) : add_candidate(node);
      }
    }
  }

  // Named and numbered as a contribution, with a name and a date of its own.
  bool is_lone_answer(Node node) const {
    return of(node).hints.has(Hint::comment) && !id_number(node).empty() &&
           (marks_[node.id()] & (authored | dated)) == (authored | dated);
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

  // What is named for a contribution in a forum or a review.
  bool is_named(Node node) const {
    return of(node).hints.has(Hint::message) || of(node).hints.has(Hint::comment);
  }

  // Whether an element bears name and date around words of its own, as the posts of a thread do,
  // or a rating with one of these, as reviews do. Where neither is named, a date will do below a
  // heading that says what follows.
  bool has_record_marks(Node node, bool announced) const {
    const std::uint8_t marks = marks_[node.id()];
    // A product too has a name and stars.
    const bool told = (marks & dated) != 0 || ((marks & authored) != 0 && is_named(node));
    const bool rated = (marks & starred) != 0 && told;
    const bool signed_and_dated = (marks & authored) != 0 && (marks & dated) != 0;
    if (!rated && !signed_and_dated && !(announced && (marks & dated) != 0)) return false;
    if (!may_frame(node) || of(node).holds_heading || of(node).text < min_named_text) return false;
    return rated || !heads_elsewhere(node);
  }

  // Teasers of other pages are mostly links, and what nothing names is a contribution only with
  // words enough.
  bool has_record_words(Node node, bool announced) const {
    const bool named = is_named(node);
    const bool rated = (marks_[node.id()] & starred) != 0;
    return of(node).text >= (named || rated || announced ? min_named_text : min_unnamed_text) &&
           link_share(of(node)) <= (named ? most_named_links : most_unnamed_links);
  }

  struct Siblings {
    std::vector<std::uint32_t> ids;
    std::size_t sure = 0;  // that have words enough
    bool announced = false;
  };

  // Siblings of one kind that each may be a record: contributions, whatever they are named.
  void find_records() {
    std::map<std::pair<std::uint32_t, std::string>, Siblings> groups;
    bool announced = false;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (is_heading(node.name()) && of(node).text > 0) announced = announces_comments(node);
      if (!has_record_marks(node, announced)) continue;
      Siblings& group = groups[{node.parent().id(), kind_of(node)}];
      if (group.ids.empty()) group.announced = announced;
      group.ids.push_back(id);
      if (has_record_words(node, announced)) ++group.sure;
    }
    for (const auto& [kind, group] : groups) {
      const bool told = group.announced || is_named(tree_.node(group.ids.front()));
      if (group.sure < (told ? 2u : 3u) || lists_threads(group.ids.front())) continue;
      for (const std::uint32_t id : group.ids) record_[id] = true;
      if (kind.second.find('.') != std::string::npos) record_kinds_.insert(kind.second);
    }
    for (const auto& [kind, group] : groups)
      if (record_[group.ids.front()]) drop_frames_of(group.ids);
    add_lone_replies();
  }

  // A row of a forum's list tells of a thread's last post.
  bool lists_threads(std::uint32_t row) const {
    constexpr std::uint32_t largest_row = 2'000;  // characters
    if (measures_[row].text > largest_row) return false;
    const std::string folded = text::fold(formats::text_of(tree_.node(row)));
    constexpr std::string_view words[] = {"last post",       "started by",       "last reply",
                                          "ultimo mensaje",  "ultimul mesaj",    "letzter beitrag",
                                          "dernier message", "ultimo messaggio", "laatste bericht",
                                          "last comment"};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
      return folded.find(word) != std::string::npos;
    });
  }

  // A record around several others is the frame of their list, unless it has marks before them.
  void drop_frames_of(const std::vector<std::uint32_t>& ids) {
    if (ids.size() < 2) return;
    for (Node up = tree_.node(ids.front()).parent(); up; up = up.parent()) {
      if (!record_[up.id()]) continue;
      const bool marked = marked_before_[ids.front()] > marked_before_[up.id() + 1];
      if (!marked) record_[up.id()] = false;
    }
  }

  // A single answer within a record is one too where it is of their kind.
  void add_lone_replies() {
    if (record_kinds_.empty()) return;
    std::uint32_t end = 0;  // of the record around
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      if (record_[id]) end = std::max(end, measures_[id].end);
      if (id >= end || record_[id] || !tree_.node(id).is_element()) continue;
      const Node node = tree_.node(id);
      const bool signed_and_dated = (marks_[id] & (authored | dated)) == (authored | dated);
      if ((signed_and_dated || !id_number(node).empty()) && may_frame(node) &&
          record_kinds_.contains(kind_of(node)))
        record_[id] = true;
    }
  }

  // Whether its first heading is a link, as of what is told in full on another page; not to a place
  // on this page, nor to the writer's.
  bool heads_elsewhere(Node node) const {
    for (const Node below : node.descendants()) {
      if (!is_heading(below.name()) || of(below).text == 0) continue;
      if (heads_contribution(below)) continue;
      return of(below).links == of(below).text;
    }
    return false;
  }

  // "#3", "Ana"
  static bool heads_contribution(Node heading) {
    for (const Node below : heading.descendants()) {
      const bool here = below.attribute("href").value_or("").find('#') != std::string_view::npos;
      if (here || leads_to_person(below)) return true;
    }
    return names_person(heading);
  }

  static bool is_only_beside(const Hints& hints) {
    return hints.has(Hint::beside) && !hints.has(Hint::list) && !hints.has(Hint::body);
  }

  // Which marks each element holds, itself included.
  void sum_marks() {
    std::size_t tried = 0;
    std::string_view before;  // the words before a text
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (measures_[id].unseen) continue;
      if (node.is_element()) {
        const ItemMarks own = marks_of(node, measures_);
        own_marks_[id] =
            static_cast<std::uint8_t>((own.author ? authored : 0) | (own.date ? dated : 0) |
                                      (own.reply ? answerable : 0) | (own.rating ? starred : 0));
      } else if (tried < max_dates && node.text().size() < max_date_text &&
                 node.text().find_first_of("0123456789") != std::string_view::npos) {
        ++tried;
        if (!tells_membership(before) && is_shown_date(node.text(), language_)) {
          own_marks_[id] = dated;
          dates_.push_back(node);
        }
      }
      if (!node.is_element() && measures_[id].text > 0) before = node.text();
    }
    marks_ = own_marks_;
    marked_before_.assign(tree_.size() + 1, 0);
    for (std::size_t id = 0; id < tree_.size(); ++id)
      marked_before_[id + 1] = marked_before_[id] + (own_marks_[id] != 0 ? 1 : 0);
    for (std::uint32_t id = static_cast<std::uint32_t>(tree_.size()) - 1; id > 0; --id)
      if (!measures_[id].unseen) marks_[tree_.node(id).parent().id()] |= marks_[id];
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
    if (record_[node.id()]) return own_text(node, inner) >= min_comment_text;
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
    const bool record = record_[step.node.id()];
    const Node whole = replies.empty() && !record ? whole_of(step.node) : step.node;
    PageComment comment = read_comment(whole, replies, {measures_, dates_}, record);
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

  // A page has stars for many things.
  std::uint8_t signs(std::uint32_t id) const {
    return marks_[id] & static_cast<std::uint8_t>(~starred);
  }

  bool has_few_marks(Node node) const { return (marks_[node.id()] & 3) != 3; }

  const formats::Tree& tree_;
  const Measures& measures_;
  std::vector<std::uint32_t> candidates_;  // ids, ascending
  std::vector<std::uint32_t> kind_;        // of candidates, by node id; none of others
  std::unordered_map<std::string, std::uint32_t> kinds_;
  std::vector<std::size_t> repeats_;          // candidates of each kind
  std::vector<std::uint8_t> own_marks_;       // of the node itself, by its id
  std::vector<std::uint8_t> marks_;           // of it and all below
  std::vector<std::uint32_t> marked_before_;  // nodes with marks before an id
  std::vector<Node> dates_;                   // texts that are dates
  std::vector<bool> record_;
  std::unordered_set<std::string> record_kinds_;
  std::string_view language_;
  CommentList found_;
};

}  // namespace

CommentList find_comments(const formats::Tree& tree, const Measures& measures,
                          std::string_view language) {
  return Finder(tree, measures, language).find();
}

}  // namespace testigo::extract
