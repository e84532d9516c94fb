#include "extract/comment_reading.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "extract/comment_marks.h"
#include "extract/control_words.h"
#include "extract/date_label.h"
#include "extract/item_marks.h"
#include "extract/item_words.h"
#include "extract/own_nodes.h"
#include "extract/owner_answer.h"
#include "extract/page_words.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "extract/shown_date.h"
#include "formats/html.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

// What is within a contribution may be numbered by it: <header data-review-id=…>.
std::optional<std::string> id_within(const OwnNodes& own) {
  std::optional<std::string> id;
  own.for_each_inner([&](Node node) {
    if (id || is_quote(node)) return false;
    for (const std::string_view name : {"data-review-id", "data-comment-id"})
      if (const auto value = node.attribute(name); !id && value && has_digit(*value)) id = *value;
    return !id;
  });
  return id;
}

std::optional<std::string> stated_id(Node item) {
  for (const std::string_view name :
       {"data-review-id", "data-reviewid", "data-comment-id", "data-post-id", "data-message-id",
        "data-content-id", "data-product-comment-id", "data-fullname"})
    if (const auto value = item.attribute(name); value && !value->empty())
      return std::string(*value);
  const std::string_view id = item.attribute("id").value_or("");
  if (has_digit(id)) return "#" + std::string(id);
  const std::string_view plain = item.attribute("data-id").value_or("");
  return has_digit(plain) ? std::optional(std::string(plain)) : std::nullopt;
}

// Whether a class or rel names a link for the contribution's own address.
bool names_permalink(Node link) {
  const std::string names =
      text::ascii_lower(std::string(link.attribute("class").value_or("")) + ' ' +
                        std::string(link.attribute("rel").value_or("")));
  constexpr std::string_view words[] = {"bookmark", "u-url", "permalink", "bylink"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return names.find(word) != std::string::npos; });
}

// A link to what is quoted leads to another contribution.
bool is_quoted(Node node) {
  return is_quote(node) || (node.name() == "a" && heads_quote(formats::text_of(node)));
}

// A link that is named for it, or around the date alone, as forums and news sites write it.
std::optional<std::string> dated_link(const OwnNodes& own) {
  std::optional<std::string> url;
  own.for_each([&](Node node) {
    if (is_quoted(node)) return false;
    const std::string_view href = text::trim(node.attribute("href").value_or(""));
    if (url || node.name() != "a" || href.empty() || href.front() == '#') return true;
    if (text::ascii_lower(href.substr(0, href.find(':'))) == "javascript") return true;
    const bool dates = own.of(node).text <= longest_date &&
                       (node.find("time") || is_shown_date(formats::text_of(node), {}) ||
                        is_shown_date(node.attribute("title").value_or(""), {}));
    if (dates || names_permalink(node)) url = std::string(href);
    return true;
  });
  return url;
}

// Whether a fragment names the element, or ends in its number: "p11" and "#comment-11", not "-111".
bool names_item(std::string_view fragment, std::string_view id, std::string_view number) {
  if (!id.empty() && fragment == id) return true;
  if (number.empty() || !fragment.ends_with(number) ||
      fragment.find("respond") != std::string_view::npos)
    return false;
  const std::string_view before = fragment.substr(0, fragment.size() - number.size());
  return before.empty() || !has_digit(before.substr(before.size() - 1));
}

// Where a link leads to the contribution itself.
std::optional<std::string> permalink(const OwnNodes& own) {
  const std::string_view id = own.item().attribute("id").value_or("");
  const std::string_view number = id_number(own.item());
  std::optional<std::string> url;
  own.for_each([&](Node node) {
    const std::string_view href = node.attribute("href").value_or("");
    const std::size_t hash = href.find('#');
    if (url || node.name() != "a" || hash == std::string_view::npos) return true;
    if (names_item(href.substr(hash + 1), id, number)) url = std::string(href);
    return true;
  });
  return url ? url : dated_link(own);
}

bool is_figure(char c) { return c >= '0' && c <= '9'; }

// The figures that an id ends in: "rev_8801" → "8801".
std::string_view end_number(std::string_view id) {
  std::size_t begin = id.size();
  while (begin > 0 && is_figure(id[begin - 1])) --begin;
  return id.substr(begin);
}

// Whether the last part of an address's path holds the number whole: "/Show-r8801-Hotel.html".
bool path_names(std::string_view href, std::string_view number) {
  std::string_view path = href.substr(0, href.find_first_of("?#"));
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0
  for (std::size_t at = path.find(number); at != std::string_view::npos;
       at = path.find(number, at + 1)) {
    const std::size_t end = at + number.size();
    const bool begins = at == 0 || !is_figure(path[at - 1]);
    if (begins && (end == path.size() || !is_figure(path[end]))) return true;
  }
  return false;
}

// The link to the contribution that its title is: its path holds the number by which the page names
// the contribution.
Node titled_link(const OwnNodes& own, const std::optional<std::string>& id) {
  constexpr std::size_t least = 3;  // figures: fewer are in many addresses
  const std::string_view number = id ? end_number(*id) : std::string_view();
  Node link;
  if (number.size() < least) return link;
  own.for_each_inner([&](Node node) {
    if (link || is_quoted(node)) return false;
    const bool fits = node.name() == "a" && own.of(node).text > 0 &&
                      own.of(node).text <= longest_title &&
                      (is_heading(node.parent().name()) || is_named_quote(node.parent())) &&
                      path_names(node.attribute("href").value_or(""), number);
    if (fits) link = node;
    return !fits;
  });
  return link;
}

// Where a review's title leads to the review itself, as its path says: "/reviews/66ab0".
std::optional<std::string> review_link(Node title) {
  Node link = title.parent().name() == "a" ? title.parent() : title.find("a");
  if (title.name() == "a") link = title;
  const std::string_view href = link.attribute("href").value_or("");
  const std::string path = text::ascii_lower(href.substr(0, href.find_first_of("?#")));
  const std::size_t last = path.rfind('/');
  if (last == std::string::npos || !has_digit(path.substr(last))) return std::nullopt;
  constexpr std::string_view words[] = {"review", "opinion",   "resena", "recenzi",
                                        "avis",   "bewertung", "comment"};
  const std::string_view before = std::string_view(path).substr(0, last);
  const bool tells = std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return before.find(word) != std::string_view::npos;
  });
  return tells ? std::optional(std::string(href)) : std::nullopt;
}

// Whether words stand between two nodes of a contribution.
bool holds_words_between(const OwnNodes& own, Node first, Node end) {
  constexpr std::uint32_t least = 12;  // characters in one text
  const auto below = own.item().descendants();
  return std::any_of(below.begin(), below.end(), [&](Node node) {
    return !node.is_element() && node.id() > first.id() && node.id() < end.id() &&
           own.of(node).text >= least;
  });
}

// What somebody else signed and dated below a review's words: a block that begins with a few words
// and a date, behind the review's own date and words.
Node signed_by_another(const OwnNodes& own, std::span<const Node> dates) {
  Node first;
  for (auto date = std::lower_bound(dates.begin(), dates.end(), own.item(), OwnNodes::before);
       date != dates.end() && own.is_within(*date, own.item()); ++date) {
    if (!first) {
      first = *date;
      continue;
    }
    const Node head = date->parent().parent();
    const Node block = head.parent();
    if (!own.is_within(block, own.item()) || block == own.item() || !own.has(block) ||
        own.is_within(first, block))
      continue;
    Node opening = block.first_child();
    while (opening && own.of(opening).text == 0) opening = opening.next_sibling();
    const std::uint32_t named = own.of(head).text - own.of(date->parent()).text;
    const bool heads = opening == head && named > 0 && named <= longest_name &&
                       own.of(block).text > own.of(head).text &&
                       worth_by_label(formats::text_of(head)) == DateWorth::shown;
    if (heads && holds_words_between(own, first, block)) return block;
  }
  return {};
}

// What stands first in what another signed: name and date.
Node head_of(Node block, const OwnNodes& own) {
  Node head = block.first_child();
  while (head && own.of(head).text == 0) head = head.next_sibling();
  return head;
}

// What the maker of the reviewed thing signed and dated below a review's words.
OwnerAnswer answer_of_maker(Node block, const OwnNodes& own, const CommentContext& context) {
  const Node head = head_of(block, own);
  if (!head || !names_subject(formats::text_of(head), context.subject)) return {};
  return read_signed_answer(block, head, context.measures, context.dates);
}

}  // namespace

PageComment read_comment(const CommentPlace& place, const CommentContext& context) {
  OwnNodes own(place.item, place.beside, place.replies, context.measures);
  PageComment comment;
  OwnerAnswer answer = find_owner_answer(own, context.dates, place.rated);
  const bool looks_on = !answer.is_there() && place.rated && place.record;
  if (const Node other = looks_on ? signed_by_another(own, context.dates) : Node()) {
    answer = answer_of_maker(other, own, context);
    if (!answer.is_there()) own.leave_out({other});
  }
  if (answer.is_there()) {
    own.leave_out(std::move(answer.nodes));
    comment.reply = std::move(answer.text);
    comment.reply_date = std::move(answer.date);
  }
  FoundMarks marks = find_marks(own, context.dates, context.scales, place.record);
  comment.id = stated_id(place.item);
  if (!comment.id) comment.id = id_within(own);
  comment.url = permalink(own);
  if (const Node link = marks.rating ? titled_link(own, comment.id) : Node()) {
    if (!marks.title_node) marks.title_node = link;
    if (!comment.url) comment.url = std::string(link.attribute("href").value_or(""));
  }
  if (!comment.url && marks.rating) comment.url = review_link(marks.title_node);
  ItemWords words = read_words(own, marks, context.dates, place.record);
  comment.author = std::move(marks.author);
  comment.date = std::move(marks.date);
  comment.rating = marks.rating;
  comment.reach = marks.reach;
  comment.title = std::move(words.title);
  comment.text = std::move(words.text);
  if (place.answers && is_owner_answer(place.item, context.measures)) {
    comment.by_owner = true;
    comment.text = without_answer_head(comment.text);
  }
  comment.own_words = std::move(words.own_words);
  return comment;
}

}  // namespace testigo::extract
