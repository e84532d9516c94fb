#include "extract/short_list.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "extract/comment_marks.h"
#include "extract/shown_date.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t most_nodes = 400;  // of a contribution that are looked at
constexpr std::uint8_t both = authored | dated;

template <typename Fits>
bool any_below(Node node, Fits fits) {
  for (const Node below : node.descendants()) {
    if (below.id() - node.id() > most_nodes) return false;
    if (fits(below)) return true;
  }
  return false;
}

bool links_member(Node node, const Measures& measures) {
  return any_below(
      node, [&](Node below) { return leads_to_person(below) && measures[below.id()].text > 0; });
}

std::string_view front_of_id(Node node) {
  const std::string_view id = node.attribute("id").value_or("");
  return id.substr(0, id.size() - id_number(node).size());
}

bool are_numbered_alike(std::span<const Node> nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [&](Node node) {
    return !id_number(node).empty() && !front_of_id(node).empty() &&
           front_of_id(node) == front_of_id(nodes.front());
  });
}

// Whether what is around is named for comments or reviews.
bool stands_among_comments(Node node, const Measures& measures) {
  constexpr int levels = 3;
  Node up = node.parent();
  for (int i = 0; i < levels && up; ++i, up = up.parent()) {
    const Hints& hints = measures[up.id()].hints;
    if (hints.has(Hint::comment) && !hints.has(Hint::noise)) return true;
  }
  return false;
}

bool make_up_page(std::span<const Node> nodes, const Measures& measures) {
  constexpr double least = 0.6;  // of its text
  std::uint32_t text = 0;
  for (const Node node : nodes) text += measures[node.id()].text;
  return text >= least * measures[0].text;
}

// Whether scripts find a contribution by it: data-content="post-55".
bool is_stated(Node node) {
  constexpr std::string_view names[] = {"data-content",    "data-post-id",  "data-message-id",
                                        "data-comment-id", "data-fullname", "data-pid",
                                        "data-review-id"};
  return stated_author(node) &&
         std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
           return has_digit(node.attribute(name).value_or(""));
         });
}

// "Joined: 3 May 2019"
bool tells_of_member(Node node, const Measures& measures) {
  bool led = false;  // by a label, "Joined:"
  return any_below(node, [&](Node below) {
    if (below.is_element() || measures[below.id()].text == 0) return false;
    const bool numbered = has_digit(below.text());
    const bool labels = tells_membership(below.text());
    const bool told = numbered && (labels || (led && below.text().size() <= longest_date));
    const std::string_view term = below.parent().name();
    led = labels && (text::trim(below.text()).ends_with(':') || term == "dt" || term == "th");
    return told;
  });
}

}  // namespace

bool is_pair_of_contributions(std::span<const Node> pair, const Measures& measures,
                              const PageMarks& marks) {
  const auto all_have = [&](std::uint8_t wanted) {
    return std::all_of(pair.begin(), pair.end(),
                       [&](Node node) { return (marks.below[node.id()] & wanted) == wanted; });
  };
  if (all_have(starred | dated) &&
      (stands_among_comments(pair.front(), measures) || make_up_page(pair, measures)))
    return true;
  return all_have(both) && are_numbered_alike(pair) &&
         std::all_of(pair.begin(), pair.end(),
                     [&](Node node) { return links_member(node, measures); });
}

bool is_lone_post(Node node, const Measures& measures, const PageMarks& marks, bool announced) {
  const Measure& own = measures[node.id()];
  if ((marks.below[node.id()] & both) != both || own.holds_heading || id_number(node).empty())
    return false;
  if (!own.hints.has(Hint::message) && !own.hints.has(Hint::comment)) return false;
  const bool told = is_stated(node) ||
                    (!own.hints.has(Hint::list) && (tells_of_member(node, measures) ||
                                                    (announced && links_member(node, measures))));
  return told && any_below(node, [&](Node below) {
           return below.is_element() && measures[below.id()].hints.has(Hint::body);
         });
}

}  // namespace testigo::extract
