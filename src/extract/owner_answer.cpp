#include "extract/owner_answer.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "extract/answer_words.h"
#include "extract/comment_marks.h"
#include "extract/control_words.h"
#include "extract/plain.h"
#include "extract/shown_date.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/words.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t longest_head = 90;  // characters of "Response from the owner, 5 May 2023"
constexpr std::uint32_t shortest_head = 8;
constexpr std::uint32_t min_answer = 2;  // characters: "Ok"

// The first text below a node, or itself.
Node first_words_of(Node node, const Measures& measures) {
  if (!node.is_element()) return measures[node.id()].text > 0 ? node : Node();
  for (const Node below : node.descendants())
    if (!below.is_element() && measures[below.id()].text > 0 && !measures[below.id()].unseen)
      return below;
  return {};
}

bool is_pressed(Node node) { return node.name() == "a" || node.name() == "button"; }

template <typename Fits>
bool any_name(Node node, Fits fits) {
  const auto any_of = [&](std::string_view names) {
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      if (fits(names.substr(0, end))) return true;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
    return false;
  };
  return any_of(node.attribute("class").value_or("")) || any_of(test_id(node));
}

bool is_named_answer(Node node) { return any_name(node, names_owner_answer); }

// "Kettle & Sons replied:", the first line of what is named an answer; its length, else 0.
std::size_t answerer_in(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  return end < text.size() && tells_who_answered(text.substr(0, end)) ? end : 0;
}

// "— Kettle & Sons": the last words of what is named an answer, named themselves for who answers.
Node signature_in(Node answer, const Measures& measures) {
  constexpr std::uint32_t most_nodes = 200;
  const Measure& all = measures[answer.id()];
  if (all.end - answer.id() > most_nodes || !any_name(answer, names_answer)) return {};
  Node signature;
  std::uint32_t words_end = answer.id();
  for (const Node below : answer.descendants()) {
    const Measure& own = measures[below.id()];
    if (own.text == 0 || own.unseen || below.id() < words_end) continue;
    const bool signs = below.is_element() && is_named_answer(below) && !own.hints.has(Hint::body) &&
                       own.text <= longest_head && own.text * 2 < all.text;
    if (signs) words_end = own.end;
    if (signs || !below.is_element()) signature = signs ? below : Node();
  }
  return signature;
}

bool is_signed_answer(Node node, const Measure& own) {
  constexpr std::uint32_t longest = 5'000;  // characters of an answer
  return own.text >= shortest_head && own.text <= longest && any_name(node, names_answer) &&
         answerer_in(formats::text_of(node)) > 0;
}

bool is_block(Node node) {
  constexpr std::string_view names[] = {"div", "p",  "section", "article", "blockquote",
                                        "li",  "dd", "td",      "aside"};
  return std::find(std::begin(names), std::end(names), node.name()) != std::end(names);
}

bool has_twin(Node node) {
  constexpr int most = 50;  // siblings
  int seen = 0;
  for (const Node sibling : node.parent().children()) {
    if (++seen > most) return true;
    if (sibling != node && sibling.is_element() && sibling.name() == node.name() &&
        sibling.attribute("class") == node.attribute("class") && test_id(sibling) == test_id(node))
      return true;
  }
  return false;
}

// What is told of who wrote within.
enum class Signing { nobody, somebody, member };

Signing signing_of(Node answer, const Measures& measures) {
  Signing signing = Signing::nobody;
  for (const Node below : answer.descendants()) {
    if (!below.is_element() || measures[below.id()].text == 0) continue;
    if (leads_to_person(below)) return Signing::member;
    if (names_author(below, measures)) signing = Signing::somebody;
  }
  return signing;
}

bool may_be_head(std::string_view line) {
  constexpr std::size_t longest_written = 2 * longest_head;  // bytes
  return line.size() <= longest_written;
}

// How much of a line, "Response from the owner: Send it back", heads an answer; 0 where none does.
std::size_t head_in(std::string_view line, bool of_review) {
  const std::size_t colon = line.substr(0, longest_head).find(':');
  const std::string_view head = line.substr(0, colon);
  if (!may_be_head(head)) return 0;
  if (!heads_owner_answer(text::fold(text::collapse_space(head)), of_review)) return 0;
  return colon == std::string_view::npos ? line.size() : colon + 1;
}

// What an element tells of the owner's answer.
enum class Telling { nothing, heads_it, holds_it };

Telling telling_of(Node node, Node first_words, const Measures& measures, bool of_review) {
  const Measure& own = measures[node.id()];
  if (own.text < shortest_head || first_words.parent() != node) return Telling::nothing;
  // Of a longer text, what stands before the first tag or line break.
  const std::string text = own.text <= longest_head ? formats::text_of(node)
                                                    : std::string(text::trim(first_words.text()));
  const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  const std::size_t head = head_in(line, of_review);
  if (head == 0) return Telling::nothing;
  const bool whole = own.text <= longest_head && head >= text.size();
  return whole ? Telling::heads_it : Telling::holds_it;
}

// "<span class=badge>Seller</span>"
bool is_badge(Node node, const Measure& own) {
  return own.text > 0 && own.text <= longest_name && any_name(node, [](std::string_view name) {
           const std::string lower = text::ascii_lower(name);
           return lower.find("badge") != std::string::npos ||
                  lower.find("role") != std::string::npos;
         });
}

// "Replied 2 weeks ago", and no more, above the words.
std::string without_date_line(std::string text) {
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) return text;
  const std::string_view line = text::trim(std::string_view(text).substr(0, end));
  const std::string_view date = behind_answered(line);
  if (!is_shown_date(date.empty() ? line : date, {})) return text;
  return std::string(text::trim(std::string_view(text).substr(end)));
}

class AnswerReader {
 public:
  AnswerReader(const Measures& measures, std::span<const Node> dates)
      : measures_(measures), dates_(dates) {}

  OwnerAnswer read(std::vector<Node> nodes, Node head) const {
    OwnerAnswer answer;
    std::string text;
    for (const Node node : nodes) {
      const std::uint32_t words = first_words_in(node, head);
      const std::string part = formats::text_of(node, [&](Node below) {
        return is_beside(below, head) || (below.id() < words && is_signature(below));
      });
      if (node == head || part.empty()) continue;
      if (!text.empty()) text += "\n\n";
      text += part;
    }
    answer.text = plain_text(text, Markup::none);
    answer.text = without_answer_head(answer.text.substr(answerer_in(answer.text)));
    answer.text = without_date_line(std::move(answer.text));
    for (const Node node : nodes)
      if (!answer.date) answer.date = date_in(node);
    if (answer.text.size() < min_answer) return {};
    answer.nodes = std::move(nodes);
    return answer;
  }

 private:
  const Measure& of(Node node) const { return measures_[node.id()]; }

  bool is_beside(Node node, Node head) const {
    return node == head || node.name() == "time" || node.name() == "button" ||
           is_reply_control(node, of(node)) || is_date(node);
  }

  bool is_signature(Node node) const {
    return node.is_element() && of(node).hints.has(Hint::author) && names_author(node, measures_);
  }

  // The id of the first text that is neither name nor date; the end where there is none.
  std::uint32_t first_words_in(Node answer, Node head) const {
    std::uint32_t beside_end = 0;
    for (const Node below : answer.descendants()) {
      if (is_beside(below, head) || is_signature(below))
        beside_end = std::max(beside_end, of(below).end);
      if (below.id() >= beside_end && !below.is_element() && of(below).text > 0) return below.id();
    }
    return 0;
  }

  bool is_date(Node node) const {
    return node.is_element() && of(node).hints.has(Hint::date) &&
           is_shown_date(formats::text_of(node), {});
  }

  std::optional<std::string> date_in(Node node) const {
    if (node.is_element()) {
      if (auto date = date_shown(node, of(node))) return date;
      for (const Node below : node.descendants())
        if (below.is_element())
          if (auto date = date_shown(below, of(below))) return date;
    }
    const auto date = std::lower_bound(dates_.begin(), dates_.end(), node, OwnNodes::before);
    if (date == dates_.end() || date->id() >= of(node).end) return std::nullopt;
    return plain_or_none(date->text(), Markup::none);
  }

  const Measures& measures_;
  std::span<const Node> dates_;
};

}  // namespace

OwnerAnswer find_owner_answer(const OwnNodes& own, std::span<const Node> dates, bool of_review) {
  const Measures& measures = own.measures();
  const AnswerReader reader(measures, dates);
  const Node opening = first_words_of(own.item(), measures);
  OwnerAnswer answer;
  own.for_each_inner([&](Node node) {
    if (answer.is_there() || is_pressed(node)) return false;
    if (own.of(node).text == 0 || own.holds_reply(node)) return true;
    const Node first = first_words_of(node, measures);
    if (first == opening) return true;
    if (const Node signature = of_review ? signature_in(node, measures) : Node()) {
      answer = reader.read({node}, signature);
      return !answer.is_there();
    }
    if (is_named_answer(node) ||
        (of_review && (is_signed_answer(node, own.of(node)) || is_review_answer(node, measures)))) {
      answer = reader.read({node}, Node());
      return !answer.is_there();
    }
    const Telling telling = telling_of(node, first, measures, of_review);
    if (telling == Telling::nothing) return true;
    Node holder = node;
    while (holder.parent() != own.item() && first_words_of(holder.parent(), measures) == first)
      holder = holder.parent();
    std::vector<Node> nodes{holder};
    const bool heads = telling == Telling::heads_it;
    answer = reader.read(nodes, heads ? node : Node());
    if (heads && !answer.is_there()) {  // its words follow side by side
      for (Node next = holder.next_sibling(); next; next = next.next_sibling())
        nodes.push_back(next);
      answer = reader.read(std::move(nodes), node);
    }
    return !answer.is_there();
  });
  return answer;
}

bool is_owner_answer(Node element, const Measures& measures) {
  if (!element.is_element() || is_pressed(element) || measures[element.id()].unseen) return false;
  if (measures[element.id()].text < shortest_head) return false;
  if (is_named_answer(element)) return true;
  const std::string text = formats::text_of(element);
  return without_answer_head(text).size() < text.size();
}

bool may_be_owner_answer(Node element, const Measures& measures) {
  return is_owner_answer(element, measures) || is_signed_answer(element, measures[element.id()]);
}

bool is_review_answer(Node element, const Measures& measures) {
  constexpr std::uint32_t longest = 5'000;  // characters
  constexpr std::uint32_t most_nodes = 400;
  constexpr std::uint32_t shortest_words = 16;  // characters of an answer without a sentence's end
  const Measure& own = measures[element.id()];
  if (!is_block(element) || own.unseen || own.text < min_answer || own.text > longest) return false;
  const bool named = any_name(element, names_review_answer);
  if (!named && !any_name(element, names_reply)) return false;
  if (own.end - element.id() > most_nodes || link_share(own) > 0.5 || has_twin(element))
    return false;
  if (element.find("textarea") || element.find("input")) return false;
  const Signing signing = signing_of(element, measures);
  if (named) return signing != Signing::member;
  if (own.breaks == 0 && own.text < shortest_words) return false;
  return signing == Signing::nobody &&
         !asks_for_reply(text::fold(text::collapse_space(formats::text_of(element))));
}

bool is_named_reply(Node element) { return any_name(element, names_answer); }

bool names_subject(std::string_view name, std::string_view subject) {
  constexpr std::size_t least = 4;  // bytes of a word that tells
  // "Customer reviews of the Kettle" names no "Amazon Customer".
  constexpr std::string_view anybody[] = {
      "customer", "reviews", "reviewer", "buyer",    "user",    "guest",   "visitor",   "verified",
      "member",   "client",  "cliente",  "clientes", "usuario", "clienti", "utilizator"};
  const auto words = text::folded_words(subject);
  const auto named = text::folded_words(name);
  return std::any_of(named.begin(), named.end(), [&](const std::string& word) {
    return word.size() >= least && std::find(words.begin(), words.end(), word) != words.end() &&
           std::find(std::begin(anybody), std::end(anybody), word) == std::end(anybody);
  });
}

bool is_signed_by_owner(Node contribution, const Measures& measures, std::string_view subject) {
  constexpr std::uint32_t most_nodes = 400;
  for (const Node below : contribution.descendants()) {
    if (below.id() - contribution.id() > most_nodes) break;
    const Measure& own = measures[below.id()];
    if (!below.is_element()) continue;
    const bool names = names_author(below, measures);
    if (!names && !is_badge(below, own)) continue;
    const std::string name = formats::text_of(below);
    if (names && names_subject(name, subject)) return true;
    if (tells_owner(text::fold(text::collapse_space(name)))) return true;
  }
  return false;
}

OwnerAnswer read_owner_answer(Node element, const Measures& measures, std::span<const Node> dates) {
  if (!is_owner_answer(element, measures)) return {};
  return AnswerReader(measures, dates).read({element}, Node());
}

OwnerAnswer read_signed_answer(Node block, Node head, const Measures& measures,
                               std::span<const Node> dates) {
  return AnswerReader(measures, dates).read({block}, head);
}

std::string without_answer_head(std::string_view text) {
  constexpr int most_lines = 3;  // whose it is, their name, when
  bool headed = false;
  for (int line = 0; line < most_lines; ++line) {
    text = text::trim(text);
    const std::string_view first = text::trim(text.substr(0, text.find('\n')));
    if (const std::size_t head = head_in(first, true); head > 0) {
      text.remove_prefix(head);
      headed = true;
    } else if (headed && is_shown_date(first, {})) {
      text.remove_prefix(first.size());
    } else {
      break;
    }
  }
  return std::string(text::trim(text));
}

}  // namespace testigo::extract
