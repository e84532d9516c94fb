#include "extract/record_list.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "extract/comment_marks.h"
#include "extract/short_list.h"
#include "formats/html.h"
#include "text/fold.h"

namespace testigo::extract {
namespace {

using formats::Node;

// Characters.
constexpr std::uint32_t min_named_text = 10;
constexpr std::uint32_t min_unnamed_text = 40;  // of a contribution that is not named one
constexpr std::uint32_t longest_heading = 80;

constexpr double most_named_links = 0.6;  // of its text
constexpr double most_unnamed_links = 0.3;

class RecordFinder {
 public:
  RecordFinder(const formats::Tree& tree, const Measures& measures, const PageMarks& marks)
      : tree_(tree), measures_(measures), marks_(marks), record_(tree.size()) {}

  // Siblings of one kind that each may be a record: contributions, whatever they are named.
  std::vector<bool> find() {
    Groups groups;
    bool announced = false;
    std::uint32_t member_end = 0;  // what heads a contribution announces none
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (is_heading(node.name()) && of(node).text > 0 && id >= member_end)
        announced = announces_comments(node, of(node));
      if (!has_record_marks(node, announced)) continue;
      if (is_lone_post(node, measures_, marks_, announced)) lone_posts_.push_back(id);
      if (announced) member_end = std::max(member_end, of(node).end);
      Siblings& group = groups[{node.parent().id(), kind_of(node)}];
      if (group.ids.empty()) group.announced = announced;
      group.ids.push_back(id);
      if (has_record_words(node, announced)) ++group.sure;
    }
    join_variants(groups);
    for (const auto& [kind, group] : groups) {
      const bool told =
          group.announced || is_named(tree_.node(group.ids.front())) || is_pair(group);
      if (group.sure < (told ? 2u : 3u) || lists_threads(group.ids.front())) continue;
      for (const std::uint32_t id : group.ids) record_[id] = true;
      if (kind.second.find('.') == std::string::npos) continue;
      record_kinds_.insert(kind.second);
      record_kinds_.insert(group.variants.begin(), group.variants.end());
    }
    for (const auto& [kind, group] : groups)
      if (record_[group.ids.front()]) drop_frames_of(group.ids);
    add_lone_reviews(groups);
    add_lone_posts();
    add_lone_replies();
    add_opening();
    return std::move(record_);
  }

 private:
  struct Siblings {
    std::vector<std::uint32_t> ids;
    std::size_t sure = 0;  // that have words enough
    bool announced = false;
    std::vector<std::string> variants;  // other kinds among them
  };

  using Groups = std::map<std::pair<std::uint32_t, std::string>, Siblings>;

  // Siblings of which a name or two tells a state ("post unread", "post new" beside "post old") are
  // of one kind.
  static void join_variants(Groups& groups) {
    constexpr std::ptrdiff_t most_kinds = 32;  // of one list
    for (auto first = groups.begin(); first != groups.end();) {
      const auto last = std::find_if(first, groups.end(), [&](const auto& group) {
        return group.first.first != first->first.first;
      });
      if (std::distance(first, last) <= most_kinds)
        for (auto into = first; into != last; ++into) join_into(groups, into, last);
      first = last;
    }
  }

  static void join_into(Groups& groups, Groups::iterator into, Groups::iterator last) {
    for (auto other = std::next(into); other != last;) {
      if (!is_akin(into->first.second, other->first.second)) {
        ++other;
        continue;
      }
      Siblings& all = into->second;
      all.ids.insert(all.ids.end(), other->second.ids.begin(), other->second.ids.end());
      std::sort(all.ids.begin(), all.ids.end());
      all.sure += other->second.sure;
      all.announced = all.announced || other->second.announced;
      all.variants.push_back(other->first.second);
      other = groups.erase(other);
    }
  }

  // Whether two kinds ("div.new.post") are one element with half the names of the shorter in
  // common.
  static bool is_akin(const std::string& a, const std::string& b) {
    const auto [element, names] = parts_of(a);
    const auto [other_element, other_names] = parts_of(b);
    std::vector<std::string_view> common;
    std::set_intersection(names.begin(), names.end(), other_names.begin(), other_names.end(),
                          std::back_inserter(common));
    return element == other_element && !common.empty() &&
           common.size() * 2 >= std::min(names.size(), other_names.size());
  }

  static std::pair<std::string_view, std::vector<std::string_view>> parts_of(
      std::string_view kind) {
    std::vector<std::string_view> names;
    std::size_t dot = kind.find('.');
    const std::string_view element = kind.substr(0, dot);
    while (dot != std::string_view::npos) {
      const std::size_t next = kind.find('.', dot + 1);
      names.push_back(kind.substr(dot + 1, next - dot - 1));
      dot = next;
    }
    return {element, names};
  }

  const Measure& of(Node node) const { return measures_[node.id()]; }

  // What is named for a contribution in a forum or a review.
  bool is_named(Node node) const {
    return of(node).hints.has(Hint::message) || of(node).hints.has(Hint::comment);
  }

  // Whether an element bears name and date around words of its own, as the posts of a thread do,
  // or a rating with one of these, as reviews do. Where neither is named, a date will do below a
  // heading that says what follows.
  bool has_record_marks(Node node, bool announced) const {
    const std::uint8_t marks = marks_.below[node.id()];
    // A product too has a name and stars.
    const bool told = (marks & dated) != 0 || ((marks & authored) != 0 && is_named(node));
    const bool rated = (marks & starred) != 0 && told;
    const bool signed_and_dated = (marks & authored) != 0 && (marks & dated) != 0;
    if (!rated && !signed_and_dated && !(announced && (marks & dated) != 0) &&
        !is_plain_post(node, marks))
      return false;
    const bool full = is_full_review(node);  // which may have stars and no words
    if (!may_frame(node, of(node)) || of(node).holds_heading) return false;
    if (!full && of(node).text < min_named_text) return false;
    return rated || !heads_elsewhere(node);
  }

  // Signed words for readers without scripts, whom forums show no dates.
  bool is_plain_post(Node node, std::uint8_t marks) const {
    if ((marks & authored) == 0 || !is_for_no_scripts(node)) return false;
    const auto below = node.descendants();
    return std::any_of(below.begin(), below.end(), [&](Node inner) {
      return inner.is_element() && of(inner).hints.has(Hint::body);
    });
  }

  // Named a review, with name, date and stars.
  bool is_full_review(Node node) const {
    constexpr std::uint8_t all = authored | dated | starred;
    return (marks_.below[node.id()] & all) == all && is_named(node);
  }

  // Teasers of other pages are mostly links, and what nothing names is a contribution only with
  // words enough.
  bool has_record_words(Node node, bool announced) const {
    const bool named = is_named(node);
    const bool rated = (marks_.below[node.id()] & starred) != 0;
    return (is_full_review(node) ||
            of(node).text >= (named || rated || announced ? min_named_text : min_unnamed_text)) &&
           links_elsewhere(node) <= (named ? most_named_links : most_unnamed_links);
  }

  // The share of its text that links are, but for those to its writer and to what is done with it.
  double links_elsewhere(Node node) const {
    constexpr std::uint32_t longest = 300;  // characters: of more, few are such links
    const Measure& own = of(node);
    if (own.text > longest || own.links == 0) return link_share(own);
    std::uint32_t here = 0;
    for (const Node below : node.descendants()) {
      if (below.name() != "a") continue;
      const bool stays = below.attribute("href").value_or("").starts_with('#');
      if (stays || leads_to_person(below) || is_reply_control(below, of(below)))
        here += of(below).text;
    }
    return here >= own.text ? 1.0 : static_cast<double>(own.links - here) / (own.text - here);
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
      const bool marked = marks_.before[ids.front()] > marks_.before[up.id() + 1];
      if (!marked) record_[up.id()] = false;
    }
  }

  bool is_pair(const Siblings& group) const {
    if (group.ids.size() != 2 || group.sure != 2) return false;
    const Node pair[] = {tree_.node(group.ids.front()), tree_.node(group.ids.back())};
    return !heads_elsewhere(pair[0]) && !heads_elsewhere(pair[1]) &&
           is_pair_of_contributions(pair, measures_, marks_);
  }

  // The outermost ones that nothing found holds or is in.
  void add_lone_posts() {
    for (const std::uint32_t id : lone_posts_)
      if (!holds_record(id) && !is_in_record(tree_.node(id))) record_[id] = true;
  }

  bool holds_record(std::uint32_t id) const {
    const auto first = record_.begin() + std::ptrdiff_t(id);
    return std::any_of(first, record_.begin() + std::ptrdiff_t(measures_[id].end),
                       [](bool is) { return is; });
  }

  // A page's only review: the innermost element that is named so and has all that tells of one.
  void add_lone_reviews(const Groups& groups) {
    std::vector<std::uint32_t> lone;
    for (const auto& [kind, group] : groups) {
      const Node node = tree_.node(group.ids.front());
      const Hints& hints = of(node).hints;
      if (group.ids.size() == 1 && group.sure == 1 && is_full_review(node) &&
          hints.has(Hint::comment) && !hints.has(Hint::list) && !hints.has(Hint::control) &&
          of(node).text >= min_named_text)
        lone.push_back(node.id());
    }
    std::sort(lone.begin(), lone.end());
    for (std::size_t i = 0; i < lone.size(); ++i) {
      const std::uint32_t end = measures_[lone[i]].end;
      if (i + 1 < lone.size() && lone[i + 1] < end) continue;
      if (is_in_record(tree_.node(lone[i]))) continue;
      if (!holds_record(lone[i])) record_[lone[i]] = true;
    }
  }

  bool is_in_record(Node node) const {
    for (Node up = node.parent(); up; up = up.parent())
      if (record_[up.id()]) return true;
    return false;
  }

  // What the records answer: one question before answers, one post before those that are numbered
  // like it, signed and dated.
  void add_opening() {
    const auto first = std::find(record_.begin(), record_.end(), true);
    if (first == record_.end()) return;
    const Node answer = tree_.node(static_cast<std::uint32_t>(first - record_.begin()));
    Node opening;
    std::uint32_t end = 0;
    for (std::uint32_t id = 1; id < answer.id(); ++id) {
      const Node node = tree_.node(id);
      if (id < end || !opens(node, answer)) continue;
      if (opening) return;  // a list of them
      opening = node;
      end = of(node).end;
    }
    if (opening) record_[opening.id()] = true;
  }

  bool opens(Node node, Node answer) const {
    constexpr std::uint8_t both = authored | dated;
    if (!node.is_element() || of(node).end > answer.id()) return false;
    if ((marks_.below[node.id()] & both) != both || of(node).holds_heading) return false;
    const bool named = has_name(node, "question") && has_name(answer, "answer");
    if (!named && !is_numbered_like(node, answer)) return false;
    if (!may_frame(node, of(node))) return false;
    const auto below = node.descendants();
    return std::any_of(below.begin(), below.end(), [&](Node words) {
      return words.is_element() && of(words).hints.has(Hint::body) &&
             of(words).text >= min_named_text;
    });
  }

  // Whether one of its class names is this, or its id.
  static bool has_name(Node node, std::string_view wanted) {
    std::string_view names = node.attribute("class").value_or("");
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      if (names.substr(0, end) == wanted) return true;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
    return node.attribute("id").value_or("") == wanted;
  }

  // Both with an id of the site's own, in an attribute of one name.
  static bool is_numbered_like(Node node, Node other) {
    constexpr std::string_view names[] = {"data-fullname", "data-post-id", "data-message-id",
                                          "data-content-id"};
    return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
      return node.attribute(name) && other.attribute(name);
    });
  }

  // A single answer within a record is one too where it is of their kind.
  void add_lone_replies() {
    if (record_kinds_.empty()) return;
    std::uint32_t end = 0;  // of the record around
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      if (record_[id]) end = std::max(end, measures_[id].end);
      if (id >= end || record_[id] || !tree_.node(id).is_element()) continue;
      const Node node = tree_.node(id);
      const bool signed_and_dated = (marks_.below[id] & (authored | dated)) == (authored | dated);
      if ((signed_and_dated || !id_number(node).empty()) && may_frame(node, of(node)) &&
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

  const formats::Tree& tree_;
  const Measures& measures_;
  const PageMarks& marks_;
  std::vector<bool> record_;
  std::unordered_set<std::string> record_kinds_;
  std::vector<std::uint32_t> lone_posts_;  // what may be a post alone on its page, ascending
};

// Elements too small or too large to be a comment, whatever they are named.
bool is_no_frame(Node node) {
  constexpr std::string_view names[] = {"form", "button", "input", "textarea", "label", "a",
                                        "h1",   "h2",     "h3",    "h4",       "span",  "time",
                                        "i",    "b",      "em",    "strong",   "nav",   "body",
                                        "html", "main",   "abbr",  "img",      "cite",  "small"};
  return std::find(std::begin(names), std::end(names), node.name()) != std::end(names);
}

}  // namespace

std::vector<bool> find_records(const formats::Tree& tree, const Measures& measures,
                               const PageMarks& marks) {
  return RecordFinder(tree, measures, marks).find();
}

bool announces_comments(Node heading, const Measure& own) {
  if (own.text > longest_heading) return false;
  const std::string folded = text::fold(formats::text_of(heading));
  constexpr std::string_view words[] = {
      "comment",   "review",   "opinion",   "comentari", "recenzi",     "pareri",     "resena",
      "guestbook", "testimon", "kommentar", "bewertung", "commentaire", "valoracion", "feedback",
      "replies",   "answers",  "respuesta", "raspuns",   "reactie",     "recension",  "avaliac"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

bool may_frame(Node node, const Measure& own) {
  return node.is_element() && !own.unseen && own.text >= min_comment_text && !is_no_frame(node);
}

}  // namespace testigo::extract
