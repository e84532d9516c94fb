#include "extract/item_marks.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "extract/comment_marks.h"
#include "extract/control_words.h"
#include "extract/date_label.h"
#include "extract/name_words.h"
#include "extract/plain.h"
#include "extract/rating_words.h"
#include "extract/shown_date.h"
#include "extract/star_rating.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t longest_first_name = 40;  // characters
constexpr double largest_scale = 10.0;            // of ratings that do not say theirs

class MarkFinder {
 public:
  MarkFinder(const OwnNodes& own, std::span<const Node> dates, const StarScales& scales,
             bool record)
      : own_(own), dates_(dates), scales_(scales), record_(record) {}

  FoundMarks find() {
    own_.for_each([&](Node node) {
      note_author(node);
      note_date(node);
      return true;
    });
    if (auto stated = stated_author(own_.item())) found_.author = std::move(stated);
    if (record_) find_more();
    return std::move(found_);
  }

 private:
  const Measure& of(Node node) const { return own_.of(node); }

  // What a record shows without naming it.
  void find_more() {
    own_.for_each([&](Node node) {
      note_rating(node);
      note_reach(node);
      return true;
    });
    if (worth_ <= DateWorth::of_month) find_plain_date();
    if (!found_.author) find_pictured_name();
    if (!found_.author) find_led_name();
    if (!found_.author) find_heading_by_picture();
    if (found_.rating) find_rated_title();
    if (!found_.author && found_.title_node) find_headed_name();
    if (!found_.author) find_first_words();
    spell_out_name();
    if (found_.rating) find_title();
  }

  void note_rating(Node node) {
    constexpr std::uint32_t most_nodes = 200;  // a row of ten stars has fifty
    if (found_.rating || !may_show_rating(node, of(node)) || of(node).end - node.id() > most_nodes)
      return;
    auto rating = of(node).text <= longest_rating ? rating_of_element(node, scales_)
                                                  : rating_of_stars(node, scales_);
    if (!rating || rating->value > rating->best.value_or(largest_scale)) return;
    found_.rating = rating;
    found_.rating_node = node;
  }

  // Of the texts that are dates the one that tells best when this was written.
  void find_plain_date() {
    auto date = std::lower_bound(dates_.begin(), dates_.end(), own_.first(), OwnNodes::before);
    for (; date != dates_.end() && date->id() < own_.end(); ++date) {
      if (!own_.has(*date)) continue;
      const DateWorth worth = worth_of(*date, date_in(date->text()));
      if (worth <= worth_) continue;
      worth_ = worth;
      found_.date = plain_or_none(date_in(date->text()), Markup::none);
      found_.date_text = *date;
    }
  }

  // "3 people found this helpful"
  void note_reach(Node node) {
    constexpr std::uint32_t longest = 80;  // characters
    if (found_.reach || of(node).text == 0 || of(node).text > longest) return;
    const std::string folded = text::fold(text::collapse_space(formats::text_of(node)));
    if (!counts_helped(folded)) return;
    found_.reach = has_digit(folded) ? parse_count(folded) : 1;
  }

  // The name in the label of a picture that leads to a person, where the item shows it in words.
  void find_pictured_name() {
    constexpr std::uint32_t largest_frame = 100;  // characters
    const std::string label = pictured_name();
    if (label.empty()) return;
    own_.for_each([&](Node node) {
      if (found_.author) return false;
      const bool fits = of(node).text > 0 && of(node).text <= longest_name &&
                        text::collapse_space(formats::text_of(node)) == label;
      if (!fits) return true;
      found_.author = plain_or_none(label, Markup::none);
      found_.author_node = node;
      const Node frame = node.parent();
      if (frame != own_.item() && of(frame).text <= largest_frame && !holds_date(frame) &&
          !own_.is_within(found_.rating_node, frame))
        found_.author_frame = frame;
      return false;
    });
  }

  std::string pictured_name() const {
    constexpr std::size_t longest = 60;  // bytes
    std::string name;
    own_.for_each([&](Node node) {
      if (!name.empty() || of(node).text > 0 || !leads_to_person(node)) return name.empty();
      const auto label = node.attribute("aria-label");
      const Node picture = node.find("img");
      name =
          text::collapse_space(text::trim(label ? *label : picture.attribute("alt").value_or("")));
      if (name.size() > longest) name.clear();
      return false;
    });
    return name;
  }

  // "Posted by: <a>Ann</a>"
  void find_led_name() {
    own_.for_each([&](Node node) {
      for (Node child = node.first_child(); child && !found_.author; child = child.next_sibling()) {
        const Node name = child.next_sibling();
        if (child.is_element() || !name || !name.is_element() || !leads_to_name(child.text()))
          continue;
        if (of(name).text == 0 || of(name).text > longest_name) continue;
        found_.author = name_in(name);
        found_.author_node = name;
      }
      return !found_.author;
    });
  }

  // "<img class=avatar><h5>Ana</h5><p>Published on 5 May</p>": the first words behind a picture of
  // who wrote, before the date.
  void find_heading_by_picture() {
    bool pictured = false;
    bool ended = false;
    own_.for_each([&](Node node) {
      if (ended) return false;
      pictured = pictured || shows_person(node);
      if (of(node).text == 0) return true;
      const Node inside = node.first_child();
      const bool leaf = inside && !inside.is_element() && !inside.next_sibling();
      ended = leaf || is_heading(node.name());
      if (!pictured || !is_heading(node.name()) || of(node).text > longest_first_name ||
          holds_date(node) || !stands_before_date(node))
        return !ended;
      const std::string name = formats::text_of(node);
      if (is_sentence(name)) return false;
      found_.author = plain_or_none(name, Markup::none);
      found_.author_node = node;
      return false;
    });
  }

  static bool shows_person(Node node) {
    if (node.name() != "img") return false;
    const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
    constexpr std::string_view words[] = {"avatar", "userpic", "profile", "user-photo"};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
      return classes.find(word) != std::string::npos;
    });
  }

  // Whether the next words are a date's.
  bool stands_before_date(Node node) const {
    bool found = false;
    bool ended = false;
    own_.for_each([&](Node next) {
      if (ended) return false;
      if (next.id() < of(node).end || of(next).text == 0) return next != node;
      found = of(next).text <= longest_date &&
              (next.name() == "time" || date_shown(next, of(next)) || holds_date(next));
      const Node inside = next.first_child();
      ended = found || (inside && !inside.is_element());
      return !ended;
    });
    return found;
  }

  // The first words, where they are few and stand by themselves before the date or the rating.
  void find_first_words() {
    bool ended = false;
    const std::uint32_t limit = std::min({first_id(found_.time_node), first_id(found_.date_text),
                                          first_id(found_.rating_node), of(own_.item()).end});
    own_.for_each([&](Node node) {
      if (found_.author || ended || node.id() >= limit) return false;
      if (of(node).text == 0) return true;
      if (is_heading(node.name())) {  // a title, unless the date stands in it: "Ana, 5 May"
        if (!holds_date(node)) return false;
        found_.author = name_in(node);
        found_.author_node = node;
        return false;
      }
      const Node inside = lone_text_of(node);
      const bool leaf = static_cast<bool>(inside);
      if (!leaf || of(node).text > longest_first_name) return !leaf;
      if (!has_letter(inside.text())) return false;  // "#1"
      ended = holds_date(node);
      if (ended || is_sentence(inside.text())) return false;
      found_.author = plain_or_none(inside.text(), Markup::none);
      found_.author_node = node;
      return false;
    });
  }

  // The text that is all there is in a node, icons beside.
  Node lone_text_of(Node node) const {
    Node text;
    for (const Node child : node.children()) {
      if (of(child).text == 0) continue;
      if (text || child.is_element()) return {};
      text = child;
    }
    return text;
  }

  // "Jane D." right behind "J", which stands in place of a picture.
  void spell_out_name() {
    if (!found_.author_node || !found_.author) return;
    bool ended = false;
    own_.for_each([&](Node node) {
      if (ended || of(node).text == 0) return !ended;
      const Node inside = node.first_child();
      if (node.id() < of(found_.author_node).end || !inside || inside.is_element())
        return node != found_.author_node;
      ended = true;
      if (of(node).text > longest_first_name || !are_initials(*found_.author, inside.text()))
        return false;
      found_.author = name_in(node);
      found_.author_node = node;
      return false;
    });
  }

  // "Ana K." is none.
  static bool is_sentence(std::string_view words) {
    constexpr auto most_blanks = 2;  // in a name
    words = text::trim(words);
    return !words.empty() && std::string_view(".!?").find(words.back()) != std::string_view::npos &&
           std::count(words.begin(), words.end(), ' ') > most_blanks;
  }

  std::uint32_t first_id(Node node) const { return node ? node.id() : of(own_.item()).end; }

  // "<h3>2/10 Avoid</h3>"
  void find_rated_title() {
    Node heading = found_.rating_node;
    while (heading && heading != own_.item() && !is_heading(heading.name()))
      heading = heading.parent();
    if (!heading || !is_heading(heading.name()) || heading == own_.item()) return;
    if (of(heading).text <= longest_title && behind_rating(formats::text_of(heading)))
      found_.title_node = heading;
  }

  // Behind a title the next heading is a name, before the date.
  void find_headed_name() {
    const std::uint32_t limit =
        std::min({first_id(found_.time_node), first_id(found_.date_text), of(own_.item()).end});
    bool ended = false;
    own_.for_each([&](Node node) {
      if (ended || node.id() >= limit) return false;
      if (!is_heading(node.name()) || node.id() <= found_.title_node.id()) return true;
      ended = true;
      if (of(node).text == 0 || of(node).text > longest_first_name || holds_date(node))
        return false;
      const std::string name = formats::text_of(node);
      if (is_sentence(name)) return false;
      found_.author = plain_or_none(name, Markup::none);
      found_.author_node = node;
      return false;
    });
  }

  void find_title() {
    own_.for_each([&](Node node) {
      const bool named =
          is_heading(node.name()) || (of(node).hints.has(Hint::control) && names_title(node));
      if (found_.title_node || !named || of(node).text == 0 || of(node).text > longest_title ||
          own_.is_within(found_.author_node, node) || own_.is_within(node, found_.author_node) ||
          own_.is_within(found_.rating_node, node))
        return !found_.title_node;
      found_.title_node = node;
      return false;
    });
  }

  static bool names_title(Node node) {
    const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
    const auto says = [&](std::string_view word) {
      return classes.find(word) != std::string::npos;
    };
    return (says("title") || says("heading") || says("titulo") || says("titlu")) && !says("user") &&
           !says("author");
  }

  void note_author(Node node) {
    constexpr std::size_t longest = 12;  // bytes of a name's first letters
    const bool settled = found_.author && !is_within_author(node);
    if (settled && found_.author->size() > longest) return;
    if (!names_author(node, own_.measures()) || is_initials(node, of(node))) return;
    auto name = name_in(node);
    if (settled && !are_initials(*found_.author, name.value_or(""))) return;
    found_.author = std::move(name);
    found_.author_node = node;
  }

  // The words of an element named for the author; of several lines, or where the date stands too,
  // the first words in it.
  std::optional<std::string> name_in(Node node) const {
    const std::string text = formats::text_of(node);
    if (text.find('\n') == std::string::npos && !holds_date(node))
      return plain_or_none(without_said(text), Markup::none);
    for (const Node below : node.descendants())
      if (!below.is_element() && of(below).text > 0 && !of(below).unseen)
        return plain_or_none(without_said(below.text()), Markup::none);
    return std::nullopt;
  }

  bool holds_date(Node node) const { return extract::holds_date(own_, dates_, node); }

  // The inmost element that is named for the author holds the name alone.
  bool is_within_author(Node node) const { return own_.is_within(node, found_.author_node); }

  // The first of the dates that tell best when this was written.
  void note_date(Node node) {
    auto date = date_shown(node, of(node));
    const bool stated = node.name() == "time" && !found_.time_node;
    if (stated) found_.time_node = node;
    if (!date) return;
    DateWorth worth = worth_of(node, *date);
    if (stated && worth == DateWorth::shown) worth = DateWorth::stated;
    if (worth <= worth_) return;
    worth_ = worth;
    found_.date = std::move(date);
  }

  DateWorth worth_of(Node node, std::string_view date) const {
    const std::string words = node.is_element() && of(node).text <= longest_date
                                  ? formats::text_of(node)
                                  : std::string(node.text());
    DateWorth worth = worth_by_label(words);
    if (worth == DateWorth::shown) worth = worth_by_label(words_before(node));
    return worth != DateWorth::of_use && is_month_alone(date) ? DateWorth::of_month : worth;
  }

  // What stands right before a node, where it is short.
  std::string words_before(Node node) const {
    constexpr std::uint32_t longest = 40;  // characters
    constexpr int levels = 2;
    for (int i = 0; i < levels && node != own_.item() && own_.has(node.parent()); ++i) {
      Node before;
      for (const Node child : node.parent().children()) {
        if (child == node) break;
        if (of(child).text > 0) before = child;
      }
      if (before && of(before).text > longest) return {};
      if (before)
        return before.is_element() ? formats::text_of(before) : std::string(before.text());
      node = node.parent();
    }
    return {};
  }

  const OwnNodes& own_;
  std::span<const Node> dates_;
  const StarScales& scales_;
  bool record_;
  DateWorth worth_ = DateWorth::none;  // of the date found
  FoundMarks found_;
};

}  // namespace

FoundMarks find_marks(const OwnNodes& own, std::span<const Node> dates, const StarScales& scales,
                      bool record) {
  return MarkFinder(own, dates, scales, record).find();
}

bool holds_date(const OwnNodes& own, std::span<const Node> dates, Node node) {
  const auto first = std::lower_bound(dates.begin(), dates.end(), node, OwnNodes::before);
  return first != dates.end() && own.is_within(*first, node);
}

}  // namespace testigo::extract
