#include "extract/record_list.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "extract/comment_marks.h"
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
    std::map<std::pair<std::uint32_t, std::string>, Siblings> groups;
    bool announced = false;
    std::uint32_t member_end = 0;  // what heads a contribution announces none
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (is_heading(node.name()) && of(node).text > 0 && id >= member_end)
        announced = announces_comments(node, of(node));
      if (!has_record_marks(node, announced)) continue;
      if (announced) member_end = std::max(member_end, of(node).end);
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
    return std::move(record_);
  }

 private:
  struct Siblings {
    std::vector<std::uint32_t> ids;
    std::size_t sure = 0;  // that have words enough
    bool announced = false;
  };

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
    if (!rated && !signed_and_dated && !(announced && (marks & dated) != 0)) return false;
    if (!may_frame(node, of(node)) || of(node).holds_heading || of(node).text < min_named_text)
      return false;
    return rated || !heads_elsewhere(node);
  }

  // Teasers of other pages are mostly links, and what nothing names is a contribution only with
  // words enough.
  bool has_record_words(Node node, bool announced) const {
    const bool named = is_named(node);
    const bool rated = (marks_.below[node.id()] & starred) != 0;
    return of(node).text >= (named || rated || announced ? min_named_text : min_unnamed_text) &&
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
