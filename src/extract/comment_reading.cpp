#include "extract/comment_reading.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "extract/plain.h"
#include "extract/quotes.h"
#include "extract/shown_date.h"
#include "extract/star_rating.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t longest_name = 60;  // characters of a person's or account's name
constexpr std::uint32_t longest_first_name = 40;
constexpr std::uint32_t longest_date = 60;
constexpr std::size_t longest_rating = 60;    // bytes of what says a rating
constexpr std::uint32_t longest_title = 200;  // characters

bool is_reply_word(std::string_view folded) {
  constexpr std::string_view words[] = {
      "reply",    "antworten", "antwort",      "responder", "respond",  "raspunde",
      "repondre", "rispondi",  "beantwoorden", "odpowiedz", "reageren", "reply to",
      "quote",    "zitieren",  "citar",        "citeaza",   "ответить", "svara"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return folded == word || (folded.starts_with(word) && folded.size() <= word.size() + 24);
  });
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_link_like(Node node) { return node.name() == "a" || node.name() == "button"; }

bool is_reply_control(Node node, const Measure& own) {
  return is_link_like(node) && own.text > 0 && own.text < 40 &&
         is_reply_word(text::fold(text::collapse_space(formats::text_of(node))));
}

bool names_author(Node node, const Measure& own) {
  const bool named = own.hints.has(Hint::author) || node.name() == "cite" ||
                     node.attribute("rel").value_or("") == "author" || leads_to_person(node);
  return named && own.text > 0 && own.text <= longest_name && !own.hints.has(Hint::body);
}

// Whether an element is made to show a rating: by its name, or by a label of stars.
bool may_show_rating(Node node) {
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  for (const std::string_view word : {"star", "rating", "rated", "bubble"})
    if (classes.find(word) != std::string::npos) return true;
  for (const std::string_view name : {"aria-label", "title", "alt"}) {
    const auto label = node.attribute(name);
    if (!label || !has_digit(*label) || label->size() > longest_rating) continue;
    const auto rating = parse_rating(*label);
    if (rating && rating->best) return true;
  }
  return false;
}

class ItemReader {
 public:
  ItemReader(Node item, std::span<const Node> replies, const CommentContext& context, bool record)
      : item_(item),
        replies_(replies),
        measures_(context.measures),
        dates_(context.dates),
        record_(record) {}

  PageComment read() {
    PageComment comment;
    find_marks();
    const std::string_view id = item_.attribute("id").value_or("");
    comment.id = stated_id(id);
    if (record_) find_more();
    comment.author = author_;
    comment.date = date_;
    comment.rating = rating_;
    if (title_node_) comment.title = plain_or_none(formats::text_of(title_node_), Markup::none);
    comment.url = permalink(id);
    const Node words = words_node();
    comment.text = text_of(words, false);
    std::string own = text_of(words, true);
    // Who only quotes has said that, and who only leads to a quotation ("Ana wrote:") too.
    if (!own.empty() && own != comment.text && !own.ends_with(':')) comment.own_words = own;
    return comment;
  }

 private:
  const Measure& of(Node node) const { return measures_[node.id()]; }
  static bool before(Node a, Node b) { return a.id() < b.id(); }

  bool is_within(Node node, Node outer) const {
    return node && node.id() >= outer.id() && node.id() < of(outer).end;
  }

  bool is_reply(Node node) const {
    const auto found = std::lower_bound(replies_.begin(), replies_.end(), node, before);
    return found != replies_.end() && *found == node;
  }

  // Each element of the item, its replies left out; `each` says whether to look inside.
  template <typename Each>
  void for_each_own(Each each) const {
    Node node = item_.first_child();
    while (node) {
      const bool own = node.is_element() && !of(node).unseen && !is_reply(node);
      if (own && each(node) && node.first_child()) {
        node = node.first_child();
        continue;
      }
      while (node && node != item_ && !node.next_sibling()) node = node.parent();
      if (!node || node == item_) return;
      node = node.next_sibling();
    }
  }

  std::optional<std::string> stated_id(std::string_view id) const {
    if (!id.empty() && has_digit(id)) return std::string(id);
    for (const std::string_view name : {"data-review-id", "data-reviewid", "data-comment-id",
                                        "data-post-id", "data-message-id", "data-content-id"})
      if (const auto value = item_.attribute(name); value && !value->empty())
        return std::string(*value);
    return std::nullopt;
  }

  // What a record shows without naming it.
  void find_more() {
    for_each_own([&](Node node) {
      note_rating(node);
      return true;
    });
    if (!date_) find_plain_date();
    if (!author_) find_first_words();
    if (rating_) find_title();
  }

  void note_rating(Node node) {
    constexpr std::uint32_t most_nodes = 200;  // a row of ten stars has fifty
    if (rating_ || !may_show_rating(node) || of(node).end - node.id() > most_nodes) return;
    auto rating = of(node).text <= longest_rating ? rating_of_element(node) : rating_of_stars(node);
    if (!rating || rating->value > rating->best.value_or(5.0)) return;
    rating_ = rating;
    rating_node_ = node;
  }

  void find_plain_date() {
    const auto first = std::lower_bound(dates_.begin(), dates_.end(), item_, before);
    for (auto date = first; date != dates_.end() && is_within(*date, item_); ++date) {
      const Node text = *date;
      if (holds(replies_, text)) continue;
      date_ = plain_or_none(text.text(), Markup::none);
      date_text_ = text;
      return;
    }
  }

  // The first words, where they are few and stand by themselves before the date or the rating.
  void find_first_words() {
    const std::uint32_t limit = std::min(
        {first_id(time_node_), first_id(date_text_), first_id(rating_node_), of(item_).end});
    for_each_own([&](Node node) {
      if (author_ || node.id() >= limit) return false;
      if (of(node).text == 0) return true;
      if (is_heading(node.name())) {  // a title, unless the date stands in it: "Ana, 5 May"
        if (!holds_date(node)) return false;
        author_ = name_in(node);
        author_node_ = node;
        return false;
      }
      const Node inside = node.first_child();
      const bool leaf = inside && !inside.is_element() && !inside.next_sibling();
      if (!leaf || of(node).text > longest_first_name) return !leaf;
      author_ = plain_or_none(inside.text(), Markup::none);
      author_node_ = node;
      return false;
    });
  }

  std::uint32_t first_id(Node node) const { return node ? node.id() : of(item_).end; }

  void find_title() {
    for_each_own([&](Node node) {
      const bool named =
          is_heading(node.name()) || (of(node).hints.has(Hint::control) && names_title(node));
      if (title_node_ || !named || of(node).text == 0 || of(node).text > longest_title ||
          is_within(author_node_, node) || is_within(node, author_node_) ||
          is_within(rating_node_, node))
        return !title_node_;
      title_node_ = node;
      return false;
    });
  }

  static bool names_title(Node node) {
    const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
    const auto says = [&](std::string_view word) {
      return classes.find(word) != std::string::npos;
    };
    return (says("title") || says("heading")) && !says("user") && !says("author");
  }

  bool holds(std::span<const Node> nodes, Node inner) const {
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](Node node) { return is_within(inner, node); });
  }

  void find_marks() {
    for_each_own([&](Node node) {
      note_author(node);
      note_date(node);
      return true;
    });
  }

  void note_author(Node node) {
    if (!names_author(node, of(node)) || (author_ && !is_within_author(node))) return;
    author_ = name_in(node);
    author_node_ = node;
  }

  // The words of an element named for the author; of several lines, or where the date stands too,
  // the first words in it.
  std::optional<std::string> name_in(Node node) const {
    const std::string text = formats::text_of(node);
    if (text.find('\n') == std::string::npos && !holds_date(node))
      return plain_or_none(text, Markup::none);
    for (const Node below : node.descendants())
      if (!below.is_element() && of(below).text > 0 && !of(below).unseen)
        return plain_or_none(below.text(), Markup::none);
    return std::nullopt;
  }

  bool holds_date(Node node) const {
    const auto first = std::lower_bound(dates_.begin(), dates_.end(), node, before);
    return first != dates_.end() && is_within(*first, node);
  }

  // The inmost element that is named for the author holds the name alone.
  bool is_within_author(Node node) const { return is_within(node, author_node_); }

  void note_date(Node node) {
    const bool stated = node.name() == "time" && !time_node_;
    if (stated || !date_) {
      if (auto date = date_shown(node, of(node))) date_ = std::move(date);
    }
    if (stated) time_node_ = node;
  }

  std::optional<std::string> permalink(std::string_view id) const {
    std::optional<std::string> url;
    const std::string number(id_number(item_));
    for_each_own([&](Node node) {
      const std::string_view href = node.attribute("href").value_or("");
      const std::size_t hash = href.find('#');
      if (url || node.name() != "a" || hash == std::string_view::npos) return true;
      const std::string_view fragment = href.substr(hash + 1);
      if ((!id.empty() && fragment == id) || (!number.empty() && fragment.ends_with(number) &&
                                              fragment.find("respond") == std::string_view::npos))
        url = std::string(href);
      return true;
    });
    return url;
  }

  // The element that is named for the words holds them; else all that is neither name nor date nor
  // control.
  Node words_node() const {
    // Shops keep notices beside a review that are longer than it.
    if (const Node body = record_ ? largest({Hint::body, Hint::comment}) : Node()) return body;
    if (const Node body = largest({Hint::body})) return body;
    // "comment", "review": of a record whose words are named no better.
    const Node named = record_ ? largest({Hint::comment}) : Node();
    return named && of(named).text * 2 > of(item_).text ? named : item_;
  }

  Node largest(std::initializer_list<Hint> wanted) const {
    Node best;
    for_each_own([&](Node node) {
      const Hints& hints = of(node).hints;
      const bool all =
          std::all_of(wanted.begin(), wanted.end(), [&](Hint hint) { return hints.has(hint); });
      if (!all || hints.has(Hint::control) || holds_reply(node) || of(node).text == 0) return true;
      if (holds_marks(node)) return true;
      if (!best || of(node).text > of(best).text) best = node;
      return false;
    });
    return best;
  }

  std::string text_of(Node from, bool without_quotes) const {
    const auto left_out = [&](Node node) {
      return node != from && (is_beside(node) || (without_quotes && is_quote(node)));
    };
    return without_date(plain_text(formats::text_of(from, left_out), Markup::none));
  }

  // A date that no element holds alone is cut where the words begin with it.
  std::string without_date(std::string text) const {
    const std::string_view date = date_text_ ? text::trim(date_text_.text()) : std::string_view();
    if (date.empty() || !text.starts_with(date)) return text;
    return std::string(text::trim(std::string_view(text).substr(date.size())));
  }

  bool holds_reply(Node node) const {
    const auto next = std::lower_bound(replies_.begin(), replies_.end(), node, before);
    return next != replies_.end() && is_within(*next, node);
  }

  // Whether the name or date stands in it: then it is the comment's frame, not its words.
  bool holds_marks(Node node) const {
    return is_within(author_node_, node) || is_within(time_node_, node) ||
           is_within(date_text_, node) || is_within(rating_node_, node);
  }

  bool is_beside(Node node) const {
    if (is_reply(node) || of(node).unseen) return true;
    if (node == author_node_ || node.name() == "time" || node.name() == "form") return true;
    if (node == title_node_ || node == rating_node_ || node == date_text_) return true;
    if (node.name() == "button" || node.name() == "footer" || node.name() == "header") return true;
    const Measure& own = of(node);
    if (is_reply_control(node, own) || (rating_ && is_dated_line(node))) return true;
    const bool small = own.text <= longest_name;
    const bool named = own.hints.has(Hint::control) || own.hints.has(Hint::author) ||
                       own.hints.has(Hint::date) || own.hints.has(Hint::beside);
    return small && named && !own.hints.has(Hint::body);
  }

  // "Date of experience: 1 March 2023"
  bool is_dated_line(Node node) const {
    return node.is_element() && of(node).text <= longest_date && holds_date(node) &&
           is_shown_date(text::collapse_space(formats::text_of(node)), {});
  }

  Node item_;
  std::span<const Node> replies_;
  const Measures& measures_;
  std::optional<std::string> author_;
  Node author_node_;
  Node time_node_;
  std::optional<std::string> date_;
  std::span<const Node> dates_;
  bool record_ = false;
  Node date_text_;
  std::optional<WrittenRating> rating_;
  Node rating_node_;
  Node title_node_;
};

}  // namespace

bool leads_to_person(Node node) {
  if (node.name() != "a") return false;
  const std::string href = text::ascii_lower(node.attribute("href").value_or(""));
  constexpr std::string_view parts[] = {
      "/user/",   "/users/",  "/u/",          "/profile",   "/member/", "/members/", "user?id=",
      "/author/", "=profile", "=viewprofile", "member.php", "/by/",     "/people/",  "/@"};
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view part) { return href.find(part) != std::string::npos; });
}

bool names_person(Node node) {
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  constexpr std::string_view words[] = {"user",         "author", "autor",
                                        "message-name", "poster", "nick"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return classes.find(word) != std::string::npos;
  });
}

std::optional<std::string> date_shown(Node node, const Measure& own) {
  if (node.name() == "time") {
    auto stated = plain_or_none(node.attribute("datetime").value_or(""), Markup::none);
    return stated ? stated : plain_or_none(formats::text_of(node), Markup::none);
  }
  const auto title = node.attribute("title");
  if (node.name() == "abbr" && title && has_digit(*title) && !may_show_rating(node))
    return std::string(*title);
  const bool own_link =
      node.name() == "a" && node.attribute("href").value_or("").find('#') != std::string_view::npos;
  if (!(own.hints.has(Hint::date) || own_link)) return std::nullopt;
  for (const std::string_view name : {"title", "datetime", "data-content", "data-date"})
    if (const auto value = node.attribute(name); value && is_shown_date(*value, {}))
      return std::string(*value);
  if (own.text < 4 || own.text > longest_date) return std::nullopt;
  const std::string text = formats::text_of(node);
  const bool dated = own.hints.has(Hint::date) ? has_digit(text) : is_shown_date(text, {});
  return dated ? plain_or_none(text, Markup::none) : std::nullopt;
}

ItemMarks marks_of(Node element, const Measures& measures) {
  const Measure& own = measures[element.id()];
  return {names_author(element, own), date_shown(element, own).has_value(),
          is_reply_control(element, own), may_show_rating(element)};
}

PageComment read_comment(Node item, std::span<const Node> replies, const CommentContext& context,
                         bool record) {
  return ItemReader(item, replies, context, record).read();
}

}  // namespace testigo::extract
