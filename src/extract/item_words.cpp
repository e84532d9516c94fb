#include "extract/item_words.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/comment_marks.h"
#include "extract/control_words.h"
#include "extract/name_words.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "extract/rating_words.h"
#include "extract/shown_date.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

class WordsReader {
 public:
  WordsReader(const OwnNodes& own, const FoundMarks& marks, std::span<const Node> dates,
              bool record)
      : own_(own), marks_(marks), dates_(dates), record_(record), title_node_(marks.title_node) {}

  ItemWords read() {
    ItemWords words;
    const std::vector<Node> from = words_nodes();
    if (from.front() != own_.item() && !title_node_) title_node_ = heading_before(from.front());
    if (from.front() != own_.item() && !title_node_) title_node_ = heading_of(from.front());
    words.text = text_of(from, false);
    find_quotes(from);
    std::string own = quotes_.empty() ? words.text : text_of(from, true);
    own = own_lines(std::move(own));
    // Who only quotes has said that, and who only leads to a quotation ("Ana wrote:") too.
    if (!own.empty() && own != words.text && !own.ends_with(':')) words.own_words = own;
    if (title_node_) words.title = title();
    return words;
  }

 private:
  const Measure& of(Node node) const { return own_.of(node); }

  // "Avoid" of "2/10 Avoid", where the rating stands in the title.
  std::optional<std::string> title() const {
    const std::string text = formats::text_of(title_node_);
    const bool rated = own_.is_within(marks_.rating_node, title_node_);
    return plain_or_none(rated ? behind_rating(text).value_or(text) : std::string_view(text),
                         Markup::none);
  }

  // What heads the words, where they stand in an element of their own.
  Node heading_before(Node words) const {
    Node heading;
    own_.for_each_inner([&](Node node) {
      if (heading || node.id() >= words.id()) return false;
      const bool fits = is_heading(node.name()) && of(node).text > 0 &&
                        of(node).text <= longest_title && !holds_marks(node) && !is_mark(node) &&
                        !names_person(node);
      if (fits) heading = node;
      return !fits;
    });
    return heading;
  }

  // A heading that begins the words: named one ("h4"), or a link to the contribution itself.
  Node heading_of(Node words) const {
    Node first = words.first_child();
    while (first && of(first).text == 0) first = first.next_sibling();
    if (!first || !first.is_element() || of(first).text > longest_title) return {};
    if (of(first).text == of(words).text) return {};
    const std::string names =
        ' ' + text::collapse_space(first.attribute("class").value_or("")) + ' ';
    const bool named = names.find(" h3 ") != std::string::npos ||
                       names.find(" h4 ") != std::string::npos ||
                       names.find(" h5 ") != std::string::npos;
    const Node link = first.find("a");
    const bool leads_here = is_heading(first.name()) && link && of(link).text == of(first).text &&
                            link.attribute("href").value_or("").find('#') != std::string_view::npos;
    return named || leads_here ? first : Node();
  }

  // Where people quote by hand, a line behind ">" is another's (Hacker News).
  static std::string own_lines(std::string text) {
    if (!text.starts_with("> ") && text.find("\n> ") == std::string::npos) return text;
    std::string own(text::trim(without_quoted_lines(text)));
    return own.empty() ? text : own;
  }

  // The elements that are named for the words hold them; else all that is neither name nor date nor
  // control.
  std::vector<Node> words_nodes() const {
    // Shops keep notices beside a review that are longer than it.
    if (record_) {
      const auto bodies = largest({Hint::body, Hint::comment});
      if (!bodies.empty()) return bodies;
    }
    if (auto bodies = largest({Hint::body}); !bodies.empty()) return bodies;
    // "comment", "review": of a record whose words are named no better.
    const auto named = record_ ? largest({Hint::comment}) : std::vector<Node>();
    const bool most = !named.empty() && of(named.front()).text * 2 > of(own_.item()).text;
    return most ? named : std::vector<Node>{own_.item()};
  }

  // The largest of those that are named so, with the others of its kind: what was liked and what
  // was not.
  std::vector<Node> largest(std::initializer_list<Hint> wanted) const {
    std::vector<Node> found;
    Node best;
    own_.for_each_inner([&](Node node) {
      const Hints& hints = of(node).hints;
      const bool all =
          std::all_of(wanted.begin(), wanted.end(), [&](Hint hint) { return hints.has(hint); });
      if (!all || hints.has(Hint::control) || own_.holds_reply(node) || of(node).text == 0)
        return true;
      if (holds_marks(node)) return true;
      if (of(node).text <= longest_date && date_shown(node, of(node))) return false;
      if (!best || of(node).text > of(best).text) best = node;
      found.push_back(node);
      return false;
    });
    if (found.size() < 2) return found;
    const std::string kind = kind_of(best);
    std::erase_if(found, [&](Node node) { return node != best && kind_of(node) != kind; });
    return found;
  }

  // What is quoted, with what says whose words it is.
  void find_quotes(const std::vector<Node>& nodes) {
    for (const Node from : nodes) {
      Node before;  // the last text
      for (const Node node : from.descendants()) {
        if (of(node).text == 0) continue;
        if (node.is_element())
          note_quote(node, before, from != own_.item());
        else
          before = node;
      }
    }
  }

  // `in_words`: within what is named for the words.
  void note_quote(Node node, Node before, bool in_words) {
    const bool told = is_quote(node) || is_headed_quote(node);
    const bool named = is_named_quote(node);
    if (!told && !named) return;
    const Node head = head_of_quote(node, before);
    if (!told && !head && !in_words) return;
    quotes_.insert(node.id());
    if (head) quotes_.insert(head.id());
  }

  std::string text_of(const std::vector<Node>& nodes, bool without_quotes) const {
    std::string text;
    for (const Node from : nodes) {
      const auto left_out = [&](Node node) {
        return node != from && (is_beside(node) || (without_quotes && quotes_.contains(node.id())));
      };
      const std::string part = formats::text_of(from, left_out);
      if (!text.empty() && !part.empty()) text += "\n\n";
      text += part;
    }
    return without_signature(without_date(plain_text(text, Markup::none)));
  }

  // Forums draw a line between a post and its writer's signature.
  static std::string without_signature(std::string text) {
    constexpr std::string_view line = "\n_______________";  // so long at least
    constexpr std::size_t longest = 600;                    // bytes of a signature
    const std::size_t at = text.rfind(line);
    if (at == std::string::npos || text.size() - at > longest) return text;
    const std::size_t end = text.find_first_not_of('_', at + 1);
    if (end != std::string::npos && text[end] != '\n') return text;
    const std::string_view own = text::trim(std::string_view(text).substr(0, at));
    return own.empty() ? text : std::string(own);
  }

  // A date that no element holds alone is cut where the words begin with it.
  std::string without_date(std::string text) const {
    const std::string_view date =
        marks_.date_text ? text::trim(marks_.date_text.text()) : std::string_view();
    if (date.empty() || !text.starts_with(date)) return text;
    return std::string(text::trim(std::string_view(text).substr(date.size())));
  }

  // Whether it stands in the name or the rating.
  bool is_mark(Node node) const {
    return own_.is_within(node, marks_.author_node) || own_.is_within(node, marks_.rating_node);
  }

  // Whether the name or date stands in it: then it is the comment's frame, not its words.
  bool holds_marks(Node node) const {
    return own_.is_within(marks_.author_node, node) || own_.is_within(marks_.time_node, node) ||
           own_.is_within(marks_.date_text, node) || own_.is_within(marks_.rating_node, node);
  }

  // "By:" before the name.
  bool is_before_name(Node node) const {
    constexpr std::uint32_t longest = 20;  // characters
    if (!marks_.author_node || of(node).text == 0 || of(node).text > longest) return false;
    Node next = node.next_sibling();
    while (next && of(next).text == 0) next = next.next_sibling();
    if (!next || !own_.is_within(marks_.author_node, next)) return false;
    return leads_to_name(node.is_element() ? formats::text_of(node) : std::string(node.text()));
  }

  // "says:" right behind the name.
  bool is_behind_name(Node node) const {
    constexpr std::uint32_t longest = 20;      // characters
    constexpr std::uint32_t most_between = 3;  // nodes
    if (!marks_.author_node || of(node).text == 0 || of(node).text > longest) return false;
    const std::uint32_t end = of(marks_.author_node).end;
    if (node.id() < end || node.id() > end + most_between) return false;
    return is_said(node.is_element() ? formats::text_of(node) : std::string(node.text()));
  }

  // What only programs that read pages aloud say: "Review stating It leaks".
  bool is_for_readers_aloud(Node node) const {
    if (!node.is_element() || of(node).text == 0 || of(node).text > longest_title) return false;
    const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
    constexpr std::string_view names[] = {"sr-only", "visually-hidden", "visuallyhidden",
                                          "screen-reader", "assistive"};
    return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
      return classes.find(name) != std::string::npos;
    });
  }

  // "3 people found this helpful", in an element of its own.
  bool counts_those_helped(Node node) const {
    constexpr std::uint32_t longest = 80;  // characters
    if (!node.is_element() || of(node).text == 0 || of(node).text > longest) return false;
    return counts_helped(text::fold(text::collapse_space(formats::text_of(node))));
  }

  // Whether words that no element holds alone stand before or behind it.
  bool stands_in_text(Node node) const {
    const auto beside = node.parent().children();
    return std::any_of(beside.begin(), beside.end(), [&](Node other) {
      return !other.is_element() && of(other).text > 0 && has_letter(other.text());
    });
  }

  // "3 reviews", in an element of its own or right beside the name.
  bool counts_of_writer(Node node) const {
    constexpr std::uint32_t longest = 60;  // characters
    if (of(node).text == 0 || of(node).text > longest) return false;
    const std::string text = node.is_element() ? formats::text_of(node) : std::string(node.text());
    if (!has_digit(text) || !counts_contributions(text::fold(text::trim(text)))) return false;
    const bool by_name = node.parent() != own_.item() && marks_.author_node &&
                         own_.is_within(marks_.author_node, node.parent());
    return by_name || (node.is_element() && !stands_in_text(node));
  }

  bool is_beside(Node node) const {
    if (own_.is_reply(node) || of(node).unseen || is_before_name(node)) return true;
    if (is_behind_name(node) || is_for_readers_aloud(node) || counts_those_helped(node))
      return true;
    if (node == marks_.author_node || node.name() == "time" || takes_input(node)) return true;
    if (node == title_node_ || node == marks_.rating_node || node == marks_.date_text) return true;
    if (node.name() == "button" || node.name() == "footer" || node.name() == "header") return true;
    const Measure& own = of(node);
    if (is_reply_control(node, own) || is_more_link(node)) return true;
    if (node == marks_.author_frame || is_drawn(node) || is_number(node)) return true;
    if (stands_for_name(node) || counts_of_writer(node)) return true;
    if (recommends(node) || is_sign(node)) return true;
    if (asks_for_votes(node) || holds_controls(node)) return true;
    if (marks_.rating && is_dated_line(node)) return true;
    const bool small = own.text <= longest_name;
    const bool named = own.hints.has(Hint::control) || own.hints.has(Hint::author) ||
                       own.hints.has(Hint::date) || own.hints.has(Hint::beside);
    return small && named && !own.hints.has(Hint::body);
  }

  // "#3" before the name.
  bool is_number(Node node) const {
    constexpr std::uint32_t longest = 8;  // characters
    if (!node.is_element() || of(node).text > longest || node.id() >= marks_.author_node.id())
      return false;
    const std::string text = formats::text_of(node);
    return text.size() > 1 && text.front() == '#' &&
           text.find_first_not_of("0123456789", 1) == std::string::npos;
  }

  // "Recommends this product: Yes", of a review and in elements of its own.
  bool recommends(Node node) const {
    constexpr std::uint32_t longest = 60;  // characters
    if (!marks_.rating || !node.is_element() || of(node).text == 0 || of(node).text > longest)
      return false;
    const std::string text = text::fold(text::collapse_space(formats::text_of(node)));
    return tells_recommendation(text) && !stands_in_text(node);
  }

  // "+" before what was liked, in an element of its own.
  bool is_sign(Node node) const {
    if (!node.is_element() || of(node).text != 1 || stands_in_text(node)) return false;
    constexpr std::string_view signs[] = {"+", "-", "−", "–", "•", "·", "✓", "✔", "✗", "✘"};
    const std::string text = formats::text_of(node);
    return std::find(std::begin(signs), std::end(signs), text) != std::end(signs);
  }

  // "J" before "Jane D.", in place of a picture.
  bool stands_for_name(Node node) const {
    constexpr std::uint32_t most = 3;  // characters
    if (!node.is_element() || of(node).text == 0 || of(node).text > most) return false;
    return node.id() < marks_.author_node.id() && marks_.author &&
           are_initials(formats::text_of(node), *marks_.author);
  }

  // A dot between name and date.
  bool is_drawn(Node node) const {
    return of(node).text == 1 && node.attribute("aria-hidden").value_or("") == "true";
  }

  // "Was this helpful? Yes (3) No (0)"
  bool asks_for_votes(Node node) const {
    constexpr std::uint32_t longest = 80;  // characters
    if (!node.is_element() || of(node).text == 0 || of(node).text > longest) return false;
    return asks_helped(text::fold(text::collapse_space(formats::text_of(node))));
  }

  // "Reply · Report · 3": links, one of them to answer, and figures.
  bool holds_controls(Node node) const {
    constexpr std::uint32_t longest = 80;  // characters
    constexpr std::uint32_t most_nodes = 60;
    const Measure& all = of(node);
    if (!node.is_element() || all.text == 0 || all.text > longest || all.links == 0) return false;
    if (all.end - node.id() > most_nodes) return false;
    std::uint32_t pressed_end = 0;
    bool answers = false;
    for (const Node below : node.descendants()) {
      if (below.id() < pressed_end || of(below).text == 0) continue;
      if (below.name() == "a" || below.name() == "button") {
        pressed_end = of(below).end;
        answers = answers || is_reply_control(below, of(below));
      } else if (!below.is_element() && has_letter(below.text())) {
        return false;
      }
    }
    return answers;
  }

  // A form with something to press or to write in; others stand around words to be edited.
  static bool takes_input(Node node) {
    if (node.name() != "form") return false;
    const auto within = node.descendants();
    return std::any_of(within.begin(), within.end(), [](Node below) {
      if (below.name() == "input")
        return text::ascii_lower(below.attribute("type").value_or("")) != "hidden";
      return below.name() == "textarea" || below.name() == "button" || below.name() == "select";
    });
  }

  // "Read more" behind the words, alone in its element or the last in it.
  bool is_more_link(Node node) const {
    constexpr std::uint32_t longest = 40;  // characters
    if (node.name() != "a" || of(node).text == 0 || of(node).text > longest) return false;
    for (Node next = node.next_sibling(); next; next = next.next_sibling())
      if (of(next).text > 0) return false;
    return asks_for_more(text::fold(text::collapse_space(formats::text_of(node))));
  }

  // "Date of experience: 1 March 2023"
  bool is_dated_line(Node node) const {
    return node.is_element() && of(node).text <= longest_date && holds_date(own_, dates_, node) &&
           is_shown_date(text::collapse_space(formats::text_of(node)), {});
  }

  const OwnNodes& own_;
  const FoundMarks& marks_;
  std::span<const Node> dates_;
  bool record_;
  Node title_node_;
  NodeIds quotes_;
};

}  // namespace

ItemWords read_words(const OwnNodes& own, const FoundMarks& marks, std::span<const Node> dates,
                     bool record) {
  return WordsReader(own, marks, dates, record).read();
}

}  // namespace testigo::extract
