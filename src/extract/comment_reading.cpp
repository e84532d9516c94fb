#include "extract/comment_reading.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t longest_name = 60;  // characters of a person's or account's name
constexpr std::uint32_t longest_date = 60;

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
                     node.attribute("rel").value_or("") == "author";
  return named && own.text > 0 && own.text <= longest_name && !own.hints.has(Hint::body);
}

class ItemReader {
 public:
  ItemReader(Node item, std::span<const Node> replies, const Measures& measures)
      : item_(item), replies_(replies), measures_(measures) {}

  PageComment read() {
    PageComment comment;
    find_marks();
    const std::string_view id = item_.attribute("id").value_or("");
    if (!id.empty() && has_digit(id)) comment.id = std::string(id);
    comment.author = author_;
    comment.date = date_;
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

  void find_marks() {
    for_each_own([&](Node node) {
      note_author(node);
      note_date(node);
      return true;
    });
  }

  void note_author(Node node) {
    if (!names_author(node, of(node)) || (author_ && !is_within_author(node))) return;
    author_ = plain_or_none(formats::text_of(node), Markup::none);
    author_node_ = node;
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
    Node best;
    for_each_own([&](Node node) {
      const Hints& hints = of(node).hints;
      const bool named = hints.has(Hint::body) && !hints.has(Hint::control) && !holds_reply(node) &&
                         of(node).text > 0;
      if (!named) return true;
      if (holds_marks(node)) return true;
      if (!best || of(node).text > of(best).text) best = node;
      return false;
    });
    return best ? best : item_;
  }

  std::string text_of(Node from, bool without_quotes) const {
    const auto left_out = [&](Node node) {
      return node != from && (is_beside(node) || (without_quotes && is_quote(node)));
    };
    return plain_text(formats::text_of(from, left_out), Markup::none);
  }

  bool holds_reply(Node node) const {
    const auto next = std::lower_bound(replies_.begin(), replies_.end(), node, before);
    return next != replies_.end() && is_within(*next, node);
  }

  // Whether the name or date stands in it: then it is the comment's frame, not its words.
  bool holds_marks(Node node) const {
    return is_within(author_node_, node) || is_within(time_node_, node);
  }

  bool is_beside(Node node) const {
    if (is_reply(node) || of(node).unseen) return true;
    if (node == author_node_ || node.name() == "time" || node.name() == "form") return true;
    if (node.name() == "button" || node.name() == "footer" || node.name() == "header") return true;
    const Measure& own = of(node);
    if (is_reply_control(node, own)) return true;
    const bool small = own.text <= longest_name;
    const bool named = own.hints.has(Hint::control) || own.hints.has(Hint::author) ||
                       own.hints.has(Hint::date) || own.hints.has(Hint::beside);
    return small && named && !own.hints.has(Hint::body);
  }

  Node item_;
  std::span<const Node> replies_;
  const Measures& measures_;
  std::optional<std::string> author_;
  Node author_node_;
  Node time_node_;
  std::optional<std::string> date_;
};

}  // namespace

std::optional<std::string> date_shown(Node node, const Measure& own) {
  if (node.name() == "time") {
    auto stated = plain_or_none(node.attribute("datetime").value_or(""), Markup::none);
    return stated ? stated : plain_or_none(formats::text_of(node), Markup::none);
  }
  const auto title = node.attribute("title");
  if (node.name() == "abbr" && title && has_digit(*title)) return std::string(*title);
  const bool own_link =
      node.name() == "a" && node.attribute("href").value_or("").find('#') != std::string_view::npos;
  if (!(own.hints.has(Hint::date) || own_link)) return std::nullopt;
  if (own.text < 4 || own.text > longest_date) return std::nullopt;
  const std::string text = formats::text_of(node);
  return has_digit(text) ? plain_or_none(text, Markup::none) : std::nullopt;
}

ItemMarks marks_of(Node element, const Measures& measures) {
  const Measure& own = measures[element.id()];
  return {names_author(element, own), date_shown(element, own).has_value(),
          is_reply_control(element, own)};
}

PageComment read_comment(Node item, std::span<const Node> replies, const Measures& measures) {
  return ItemReader(item, replies, measures).read();
}

}  // namespace testigo::extract
