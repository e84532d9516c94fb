#include "extract/comment_marks.h"

#include <algorithm>
#include <cctype>

#include "extract/control_words.h"
#include "extract/name_words.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "extract/rating_words.h"
#include "extract/shown_date.h"
#include "extract/star_icon.h"
#include "extract/star_row.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {

using formats::Node;

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c >= 0x80 || (c | 0x20u) - 'a' < 26u; });
}

namespace {

// Words that are also said of other things: points of a comment, a note.
bool names_score(std::string_view lower_names) {
  constexpr std::string_view words[] = {"score",     "nota",       "stele",   "estrella",
                                        "estrellas", "puntuacion", "puntaje", "calificacion"};
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    for (std::size_t at = lower_names.find(word); at != std::string_view::npos;
         at = lower_names.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !is_letter(lower_names[at - 1]);
      if (begins && (end == lower_names.size() || !is_letter(lower_names[end]))) return true;
    }
    return false;
  });
}

// "Nota: 7/10", "★★★☆☆", data-rating="4"
bool shows_score(Node node, const Measure& own) {
  for (const std::string_view name : {"data-rating", "data-score"})
    if (parse_number(node.attribute(name).value_or(""))) return true;
  if (own.text == 0 || own.text > longest_rating) return false;
  const auto rating = parse_rating(formats::text_of(node));
  return rating && rating->best;
}

// "Nota: 4/5", alone in its element.
bool holds_rating_text(Node node, const Measure& own) {
  if (own.text < 2 || own.text > longest_rating) return false;
  const Node inside = node.first_child();
  return inside && !inside.is_element() && !inside.next_sibling() && is_rating_text(inside.text());
}

bool is_lone_star(Node node, const Measure& own) {
  constexpr std::uint32_t most = 2;  // characters: a variation selector may follow
  if (own.text == 0 || own.text > most) return false;
  const Node inside = node.first_child();
  if (!inside || inside.is_element() || inside.next_sibling()) return false;
  const std::string_view sign = text::trim(inside.text());
  return sign == "★" || sign == "⭐" || sign == "⭐\uFE0F" || sign == "★\uFE0F";
}

// Whether an element like this one holds a row of stars below a node.
bool holds_like_row(Node node, Node like) {
  constexpr std::size_t most_nodes = 200;
  std::size_t seen = 0;
  for (const Node below : node.descendants()) {
    if (++seen > most_nodes) return false;
    const Node inside = below.is_element() ? below.first_child() : Node();
    if (!inside || inside.is_element() || below.name() != like.name()) continue;
    if (below.attribute("class") == like.attribute("class") && is_rating_text(inside.text()))
      return true;
  }
  return false;
}

// One star of five, where the reviews around have rows of several in its place.
bool is_star_among_rows(Node star) {
  constexpr int levels = 4;
  constexpr int most_around = 20;
  Node item = star;
  for (int i = 0; i < levels && item.parent(); ++i) {
    item = item.parent();
    int around = 0;
    for (const Node sibling : item.parent().children()) {
      if (++around > most_around) break;
      if (sibling != item && sibling.name() == item.name() && holds_like_row(sibling, star))
        return true;
    }
  }
  return false;
}

// Buttons that nobody can press, one of them pressed.
bool is_set_by_buttons(Node node) {
  constexpr int least = 3;
  int buttons = 0;
  bool checked = false;
  for (const Node child : node.children()) {
    if (child.name() != "input" || child.attribute("type").value_or("") != "radio") continue;
    if (!child.attribute("disabled")) return false;
    checked = checked || child.attribute("checked").has_value();
    ++buttons;
  }
  return checked && buttons >= least;
}

// "<b>Ana</b> a scris pe 10.03.2026"
bool stands_before_said(Node node) {
  constexpr std::string_view names[] = {"a", "b", "strong", "span", "em", "i"};
  if (std::find(std::begin(names), std::end(names), node.name()) == std::end(names)) return false;
  const Node next = node.next_sibling();
  if (!next || next.is_element() || !has_digit(next.text())) return false;
  const std::string_view date = behind_said(next.text());
  return !date.empty() && is_shown_date(date, {});
}

Node next_element(Node node) {
  Node next = node.next_sibling();
  while (next && !next.is_element()) next = next.next_sibling();
  return next;
}

// "<h3>Ana</h3><div class=post-body>", as forums write for readers without scripts.
bool heads_plain_post(Node node, const Measures& measures) {
  const Measure& own = measures[node.id()];
  if (!is_heading(node.name()) || own.links > 0 || own.text == 0 || own.text > longest_name)
    return false;
  Node words = next_element(node);
  if (!words) words = next_element(node.parent());
  return words && measures[words.id()].hints.has(Hint::body) && is_for_no_scripts(node);
}

}  // namespace

bool is_for_no_scripts(Node node) {
  for (Node up = node; up; up = up.parent())
    if (up.name() == "noscript") return true;
  return false;
}

bool is_reply_control(Node node, const Measure& own) {
  constexpr std::uint32_t longest = 40;  // characters
  const bool pressed = node.name() == "a" || node.name() == "button";
  return pressed && own.text > 0 && own.text < longest &&
         asks_for_reply(text::fold(text::collapse_space(formats::text_of(node))));
}

bool names_author(Node node, const Measures& measures) {
  const Measure& own = measures[node.id()];
  const bool named = own.hints.has(Hint::author) || node.name() == "cite" ||
                     node.attribute("rel").value_or("") == "author" || leads_to_person(node) ||
                     heads_plain_post(node, measures) ||
                     (own.text > 0 && own.text <= longest_name && stands_before_said(node));
  return named && own.text > 0 && own.text <= longest_name && !own.hints.has(Hint::body);
}

bool is_initials(Node node, const Measure& own) {
  constexpr std::uint32_t most = 3;  // characters
  if (own.text > most) return false;
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  constexpr std::string_view words[] = {"avatar", "gravatar", "initial", "userpic"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return classes.find(word) != std::string::npos;
  });
}

// Whether an element is made to show a rating: by its name, or by a label of stars.
bool may_show_rating(Node node, const Measure& own) {
  const std::string names = text::ascii_lower(std::string(node.attribute("class").value_or("")) +
                                              ' ' + std::string(test_id(node)));
  if (holds_star_name(names) || names_rating(names)) return true;
  if (names.find("review-score") != std::string::npos) return true;
  const std::string property = text::ascii_lower(node.attribute("itemprop").value_or(""));
  if (property == "ratingvalue" || property == "reviewrating") return true;
  if (names == "raty " || is_star_row(node)) return true;
  if (holds_rating_text(node, own) || is_set_by_buttons(node)) return true;
  if (is_lone_star(node, own) && is_star_among_rows(node)) return true;
  if (names_score(names) && shows_score(node, own)) return true;
  for (const std::string_view name : {"aria-label", "title", "alt"}) {
    const auto label = node.attribute(name);
    if (!label || !has_digit(*label) || label->size() > longest_rating) continue;
    const auto rating = parse_rating(*label);
    if (rating && (rating->best || counts_stars(*label))) return true;
  }
  return false;
}

bool leads_to_person(Node node) {
  if (node.name() != "a") return false;
  const std::string href = text::ascii_lower(node.attribute("href").value_or(""));
  constexpr std::string_view parts[] = {
      "/user/",       "/users/",    "/u/",      "/profile",      "/member/",
      "/members/",    "user?id=",   "/author/", "/user_details", "=profile",
      "=viewprofile", "member.php", "/by/",     "/people/",      "/@"};
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view part) { return href.find(part) != std::string::npos; });
}

std::optional<std::string> stated_author(Node item) {
  constexpr std::size_t longest = 120;  // bytes
  for (const std::string_view attribute :
       {"data-author", "data-author-name", "data-username", "data-user-name", "data-userslug"}) {
    const std::string_view name = text::trim(item.attribute(attribute).value_or(""));
    const bool number = name.find_first_not_of("0123456789") == std::string_view::npos;
    if (!number && name.size() <= longest) return plain_or_none(name, Markup::none);
  }
  return std::nullopt;
}

bool names_person(Node node) {
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  constexpr std::string_view words[] = {"user",         "author", "autor",
                                        "message-name", "poster", "nick"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return classes.find(word) != std::string::npos;
  });
}

namespace {

// "2026-03-10T10:00:00 1773136800": the same instant once more.
std::string_view without_epoch(std::string_view date) {
  const std::size_t blank = date.rfind(' ');
  if (blank == std::string_view::npos || date.find('T') > blank) return date;
  const std::string_view last = date.substr(blank + 1);
  constexpr std::size_t least = 9;  // digits of one
  const bool epoch =
      last.size() >= least && last.find_first_not_of("0123456789") == std::string_view::npos;
  return epoch ? date.substr(0, blank) : date;
}

std::optional<std::string> date_in_attributes(Node node) {
  for (const std::string_view name : {"title", "datetime", "data-content", "data-date"}) {
    const auto value = node.attribute(name);
    if (!value) continue;
    const std::string_view date = without_epoch(text::trim(*value));
    if (is_shown_date(date, {})) return std::string(date);
  }
  return std::nullopt;
}

// "answered <span title="2026-03-10 11:00:00Z">Mar 10 at 11:00</span>"
std::optional<std::string> date_of_parts(Node node) {
  constexpr std::size_t most_nodes = 8;
  std::size_t nodes = 0;
  for (const Node below : node.descendants()) {
    if (++nodes > most_nodes) break;
    if (!below.is_element()) continue;
    if (auto date = date_in_attributes(below)) return date;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> date_shown(Node node, const Measure& own) {
  if (node.name() == "time") {
    auto stated = plain_or_none(node.attribute("datetime").value_or(""), Markup::none);
    return stated ? stated : plain_or_none(formats::text_of(node), Markup::none);
  }
  const auto title = node.attribute("title");
  if (node.name() == "abbr" && title && has_digit(*title) && !may_show_rating(node, own))
    return std::string(*title);
  const bool own_link =
      node.name() == "a" && node.attribute("href").value_or("").find('#') != std::string_view::npos;
  if (!(own.hints.has(Hint::date) || own_link)) return std::nullopt;
  if (auto stated = date_in_attributes(node)) return stated;
  if (own.text < 4 || own.text > longest_date) return std::nullopt;
  const std::string text = formats::text_of(node);
  if (auto stated = date_of_parts(node)) return stated;
  if (is_shown_date(text, {})) return plain_or_none(text, Markup::none);
  const bool dated = own.hints.has(Hint::date) && has_digit(text);
  return dated ? plain_or_none(text, Markup::none) : std::nullopt;
}

ItemMarks marks_of(Node element, const Measures& measures) {
  const Measure& own = measures[element.id()];
  return {names_author(element, measures), date_shown(element, own).has_value(),
          is_reply_control(element, own), may_show_rating(element, own)};
}

}  // namespace testigo::extract
