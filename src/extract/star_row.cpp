#include "extract/star_row.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page_words.h"
#include "extract/rating_words.h"
#include "extract/star_icon.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::size_t least_icons = 2;  // one star alone is a mark, not a row
constexpr std::size_t most_icons = 10;
constexpr std::size_t icons_of_unnamed = 5;   // of a row that only its shape tells
constexpr std::size_t icons_of_stacks = 3;    // of a row of which each holds two
constexpr std::size_t most_elements = 2'000;  // looked at for a row

// The children of an element that may be icons of one row, alike in name.
std::vector<Icon> icons_in(Node element) {
  std::vector<Icon> icons;
  std::string_view name;
  for (const Node child : element.children()) {
    if (!child.is_element() || (!icons.empty() && child.name() != name)) continue;
    if (!may_be_icon(child)) {
      if (!icons.empty()) break;
      if (text::trim(child.text_content()).empty()) return {};  // a row itself
      continue;
    }
    name = child.name();
    icons.push_back(read_icon(child));
    if (icons.size() > most_icons) return {};
  }
  return icons;
}

bool are_stars(const std::vector<Icon>& icons) {
  return std::all_of(icons.begin(), icons.end(), [](const Icon& icon) { return icon.is_star; });
}

// Five pictures of one shape, some or all of them painted.
bool are_one_shape(const std::vector<Icon>& icons) {
  return icons.size() == icons_of_unnamed && !icons.front().path.empty() &&
         std::all_of(icons.begin(), icons.end(),
                     [&](const Icon& icon) { return icon.path == icons.front().path; }) &&
         (icons.front().look != icons.back().look || icons.front().fill == Fill::full);
}

// Five of whatever, of which each is named full, half or empty.
bool are_told(const std::vector<Icon>& icons) {
  return icons.size() == icons_of_unnamed && icons.front().look != icons.back().look &&
         std::all_of(icons.begin(), icons.end(),
                     [](const Icon& icon) { return icon.fill != Fill::unknown; });
}

struct Run {
  std::string_view look;
  std::size_t size = 0;
  Fill fill = Fill::unknown;
};

// Icons side by side that look alike; empty where one look comes again.
std::vector<Run> runs_of(const std::vector<Icon>& icons) {
  std::vector<Run> runs;
  for (const Icon& icon : icons) {
    if (runs.empty() || runs.back().look != icon.look) {
      if (std::any_of(runs.begin(), runs.end(),
                      [&](const Run& run) { return run.look == icon.look; }))
        return {};
      runs.push_back({icon.look, 0, icon.fill});
    }
    ++runs.back().size;
  }
  return runs;
}

std::optional<double> filled_in(const std::vector<Icon>& icons) {
  const std::vector<Run> runs = runs_of(icons);
  constexpr std::size_t most_looks = 3;  // full, half, empty
  if (runs.empty() || runs.size() > most_looks) return std::nullopt;
  const Run& first = runs.front();
  if (runs.size() == 1) {
    if (first.fill == Fill::unknown && !are_stars(icons)) return std::nullopt;
    const double share = first.fill == Fill::none ? 0.0 : first.fill == Fill::half ? 0.5 : 1.0;
    return share * static_cast<double>(first.size);
  }
  const bool rises = first.fill == Fill::none && runs.back().fill != Fill::none;
  if (rises) return std::nullopt;
  const bool three = runs.size() == most_looks;
  if (three && (runs[1].size != 1 || runs[1].fill == Fill::none)) return std::nullopt;
  double filled = static_cast<double>(first.size) * (first.fill == Fill::half ? 0.5 : 1.0);
  if (three || runs[1].fill == Fill::half) filled += 0.5 * static_cast<double>(runs[1].size);
  return filled;
}

bool is_named_rating(Node element) {
  std::string names = text::ascii_lower(element.attribute("class").value_or(""));
  names += ' ' + text::ascii_lower(test_id(element));
  constexpr std::string_view parts[] = {"score", "stele", "ant-rate", "raty"};
  return holds_star_name(names) || names_rating(names) ||
         std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view part) { return names.find(part) != std::string::npos; });
}

std::optional<StarRow> row_of(const std::vector<Icon>& icons, bool named) {
  if (icons.size() < least_icons) return std::nullopt;
  if (!named && !are_stars(icons) && !are_one_shape(icons) && !are_told(icons)) return std::nullopt;
  const auto filled = filled_in(icons);
  if (!filled || *filled == 0.0) return std::nullopt;
  return StarRow{*filled, icons.size(), icons.front().look != icons.back().look};
}

// "star-content star-empty": its icons may be named as those that are laid over them.
bool names_empty(Node element) {
  const std::string names = text::ascii_lower(element.attribute("class").value_or(""));
  constexpr std::string_view parts[] = {"empty", "blank", "unfilled", "inactive"};
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view part) { return names.find(part) != std::string::npos; });
}

std::vector<Icon> icons_of_row(Node element) {
  std::vector<Icon> icons = icons_in(element);
  if (names_empty(element))
    for (Icon& icon : icons)
      if (icon.fill == Fill::unknown) icon.fill = Fill::none;
  return icons;
}

std::optional<StarRow> row_of(Node element, bool named) {
  return row_of(icons_of_row(element), named);
}

bool look_alike(const std::vector<Icon>& icons) {
  return std::all_of(icons.begin(), icons.end(),
                     [&](const Icon& icon) { return icon.look == icons.front().look; });
}

// Empty icons, and behind them as many full ones as are laid over them: an element of two rows.
std::optional<StarRow> layered_row(Node element) {
  std::vector<std::vector<Icon>> layers;
  for (const Node child : element.children()) {
    if (!child.is_element() && text::trim(child.text()).empty()) continue;
    if (!child.is_element() || layers.size() == 2 || child.attribute("style")) return std::nullopt;
    layers.push_back(icons_of_row(child));
  }
  if (layers.size() != 2) return std::nullopt;
  const std::vector<Icon>& under = layers[0];
  const std::vector<Icon>& over = layers[1];
  const bool fits = under.size() >= icons_of_stacks && !over.empty() &&
                    over.size() <= under.size() && look_alike(under) && look_alike(over) &&
                    under.front().fill == Fill::none && over.front().fill != Fill::none &&
                    over.front().fill != Fill::half && are_stars(under) && are_stars(over);
  if (!fits) return std::nullopt;
  return StarRow{static_cast<double>(over.size()), under.size(), true};
}

// The icons of a row that begins with this one, a full star over an empty one; none where it is
// itself a row.
std::vector<Icon> icons_behind_stack(Node first) {
  constexpr std::size_t most_layers = 2;
  if (!may_be_icon(first)) return {};
  std::size_t layers = 0;
  for (const Node child : first.children())
    if (child.is_element()) ++layers;
  if (layers != most_layers || !read_icon(first).is_star) return {};
  std::vector<Icon> icons;
  for (Node next = first; next; next = next.next_sibling()) {
    if (!next.is_element()) continue;
    if (next.name() != first.name() || !may_be_icon(next)) break;
    icons.push_back(read_icon(next));
    if (!icons.back().is_star || icons.size() > most_icons) return {};
  }
  return icons.size() < icons_of_stacks ? std::vector<Icon>() : icons;
}

}  // namespace

std::optional<StarRow> star_row(Node element) {
  const bool named = is_named_rating(element);
  if (const auto icons = icons_behind_stack(element); !icons.empty()) return row_of(icons, named);
  if (auto row = layered_row(element)) return row;
  if (auto row = row_of(element, named)) return row;
  std::size_t looked_at = 0;
  for (const Node node : element.descendants()) {
    if (++looked_at > most_elements) break;
    if (!node.is_element() || node.name() == "svg") continue;
    if (auto row = layered_row(node)) return row;
    if (auto row = row_of(node, named || is_named_rating(node))) return row;
  }
  return std::nullopt;
}

bool is_star_row(Node element) {
  Node first = element.first_child();
  while (first && !first.is_element()) first = first.next_sibling();
  if (!first || !first.next_sibling()) return false;
  constexpr std::string_view names[] = {"i", "span", "svg", "img", "li", "ion-icon", "em", "b"};
  const bool may_be =
      std::find(std::begin(names), std::end(names), first.name()) != std::end(names) ||
      (first.name() == "div" && may_be_icon(first));
  return may_be && row_of(element, false).has_value();
}

}  // namespace testigo::extract
