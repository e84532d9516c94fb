#include "extract/star_rating.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "formats/html.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr double stars_in_all = 5.0;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string lower(Node node, std::string_view attribute) {
  return text::ascii_lower(node.attribute(attribute).value_or(""));
}

// Text of what follows `node` within its nearest ancestors, up to the first number and a little on.
std::string following_text(Node node) {
  constexpr int levels = 2;           // "4.8" and "out of 5" are cousins at most
  constexpr std::size_t enough = 60;  // bytes: a scale follows at once or not at all
  Node ancestor = node;
  for (int i = 0; i < levels && ancestor.parent(); ++i) ancestor = ancestor.parent();
  std::unordered_set<std::uint32_t> inside = {node.id()};
  for (const Node inner : node.descendants()) inside.insert(inner.id());
  std::string text;
  for (const Node after : ancestor.descendants()) {
    if (after.id() <= node.id() || inside.contains(after.id())) continue;
    if (after.kind() == formats::NodeKind::text) text += " " + std::string(after.text());
    if (text.size() > enough) break;
  }
  return text;
}

// "12" of "star-rating--filled-12", "4.5" of "filled-4,5" and "rating-4-5", "5" of "stars50".
std::optional<double> number_in_name(std::string_view name) {
  const std::size_t digit = name.find_first_of("0123456789");
  if (digit == std::string_view::npos) return std::nullopt;
  std::string number(name.substr(digit));
  std::replace_if(
      number.begin(), number.end(), [](char c) { return c == ',' || c == '-' || c == '_'; }, '.');
  const std::size_t end = number.find_first_not_of("0123456789.");
  if (end != std::string::npos) number.resize(end);
  while (number.ends_with('.')) number.pop_back();
  std::optional<double> value = parse_number(number);
  // Two digits without a mark are tenths: nobody has fifty stars.
  if (value && *value > stars_in_all && number.size() == 2) value = *value / 10.0;
  if (!value || *value > stars_in_all) return std::nullopt;
  return value;
}

bool names_stars(std::string_view name) {
  return contains(name, "star") || contains(name, "rating") || contains(name, "rated") ||
         contains(name, "bubble");
}

std::optional<double> rating_in_names(Node node) {
  if (node.is_element("img")) {
    std::string_view source = node.attribute("src").value_or("");
    source = source.substr(0, source.find('?'));
    source.remove_prefix(std::min(source.rfind('/') + 1, source.size()));
    const std::string file = text::ascii_lower(source);
    if (names_stars(file)) return number_in_name(file);
  }
  const std::string classes = lower(node, "class");
  for (std::size_t at = 0; at < classes.size();) {
    const std::size_t end = std::min(classes.find(' ', at), classes.size());
    const std::string_view name = std::string_view(classes).substr(at, end - at);
    if (names_stars(name)) {
      if (const auto number = number_in_name(name)) return number;
    }
    at = end + 1;
  }
  return std::nullopt;
}

// "width: 80%" of a bar of stars.
std::optional<double> share_of_width(Node node) {
  const std::string style = lower(node, "style");
  const std::size_t width = style.find("width");
  if (width == std::string::npos) return std::nullopt;
  const std::size_t percent = style.find('%', width);
  if (percent == std::string::npos || style.find(';', width) < percent) return std::nullopt;
  const auto share = parse_number(style.substr(width + 6, percent - width - 6));
  if (!share || *share < 0.0 || *share > 100.0) return std::nullopt;
  return *share / 100.0 * stars_in_all;
}

// How much of one icon is filled, by its class. An icon that has fewer classes than the first of
// its row lacks the one that fills it.
double filled_share(std::string_view classes, std::string_view first) {
  for (const std::string_view empty : {"empty", "-off", "_off", "inactive", "-0-filled", "outline",
                                       "blank", "star-o ", "border"}) {
    if (contains(classes, empty)) return 0.0;
  }
  if (classes.ends_with("star-o")) return 0.0;
  if (contains(classes, "half") || contains(classes, "-50-filled")) return 0.5;
  const auto count = [](std::string_view text) {
    return std::count(text.begin(), text.end(), ' ');
  };
  return count(classes) < count(first) ? 0.0 : 1.0;
}

bool has_elements(Node node) {
  for (const Node child : node.children()) {
    if (child.is_element() && !node.is_element("svg")) return true;
  }
  return false;
}

// "icon-star" of icon-star-full and icon-star-empty.
std::string stem_of(const std::string& kind) {
  const std::size_t star = kind.find("star");
  return star == std::string::npos ? kind : kind.substr(0, star + 4);
}

// What an icon is called: its class, else the picture or symbol that it shows.
std::string icon_name(Node node) {
  std::string classes = text::collapse_space(lower(node, "class"));
  if (contains(classes, "star")) return classes;
  for (const std::string_view attribute : {"src", "href", "xlink:href"}) {
    std::string file = lower(node, attribute);
    const std::size_t begin = file.find_last_of("/#");
    if (begin != std::string::npos) file.erase(0, begin + 1);
    if (contains(file, "star") && (node.is_element("img") || node.is_element("use"))) return file;
  }
  return {};
}

// The row of star icons in an element: alike in name and first class, without elements of their
// own.
std::vector<std::string> star_icons(Node element) {
  std::vector<std::string> icons;
  std::string_view name;
  for (const Node node : element.descendants()) {
    if (!node.is_element() || has_elements(node)) continue;
    const std::string classes = icon_name(node);
    if (classes.empty()) continue;
    const std::string kind = classes.substr(0, classes.find(' '));
    if (icons.empty()) name = node.name();
    const std::string stem = stem_of(kind);
    const bool alike = icons.empty() || (node.name() == name && icons.front().starts_with(stem));
    if (alike) icons.push_back(classes);
  }
  return icons;
}

std::optional<double> count_of_icons(Node element) {
  constexpr std::size_t least = 2;  // one star alone is a mark, not a row
  constexpr std::size_t most = 10;
  const std::vector<std::string> icons = star_icons(element);
  if (icons.size() < least || icons.size() > most) return std::nullopt;
  double filled = 0.0;
  bool ended = false;
  for (const std::string& classes : icons) {
    const double share = filled_share(classes, icons.front());
    if (ended && share > 0.0) return std::nullopt;  // gaps in a row of stars: this is no rating
    ended = ended || share < 1.0;
    filled += share;
  }
  return filled;
}

// <meter value="3.5" max="5">
std::optional<WrittenRating> of_gauge(Node node) {
  if (!node.is_element("meter") && !node.is_element("progress")) return std::nullopt;
  const auto value = parse_number(node.attribute("value").value_or(""));
  const auto best = parse_number(node.attribute("max").value_or(""));
  if (!value || !best || *value > *best) return std::nullopt;
  return WrittenRating{*value, best};
}

std::optional<WrittenRating> in_labels(Node node) {
  if (const auto gauge = of_gauge(node)) return gauge;
  const auto read = [&](std::string_view name) -> std::optional<WrittenRating> {
    const auto value = node.attribute(name);
    if (!value) return std::nullopt;
    const auto rating = parse_rating(*value);
    if (!rating || rating->value > rating->best.value_or(100.0)) return std::nullopt;
    return rating;
  };
  for (const std::string_view name : {"aria-label", "title", "alt", "content", "data-rating",
                                      "data-score", "data-stars", "data-rate"})
    if (const auto rating = read(name)) return rating;
  if (!names_stars(lower(node, "class")) && !contains(lower(node, "class"), "rate"))
    return std::nullopt;
  for (const std::string_view name : {"data-value", "data-rateit-value"})
    if (const auto rating = read(name)) return rating;
  return std::nullopt;
}

}  // namespace

std::optional<WrittenRating> rating_of_stars(Node element) {
  const auto first_of = [&](auto read) -> std::optional<WrittenRating> {
    if (auto found = read(element)) return WrittenRating{*found, {}};
    for (const Node node : element.descendants()) {
      if (!node.is_element()) continue;
      if (auto found = read(node)) return WrittenRating{*found, {}};
    }
    return std::nullopt;
  };
  if (auto label = in_labels(element)) return label;
  for (const Node node : element.descendants()) {
    if (!node.is_element()) continue;
    if (auto label = in_labels(node)) return label;
  }
  const auto icons = count_of_icons(element);
  if (auto width = first_of(share_of_width)) return width;
  if (icons && *icons > 0.0) return WrittenRating{*icons, {}};
  return first_of(rating_in_names);
}

std::optional<WrittenRating> rating_of_element(Node element) {
  const std::string text = formats::text_of(element);
  std::optional<WrittenRating> rating = parse_rating(text);
  if (!rating || text.find_first_of("0123456789") == std::string::npos) {
    const auto drawn = rating_of_stars(element);  // characters may be laid over one another
    return drawn ? drawn : rating;
  }
  if (const auto gauge = of_gauge(element)) return gauge;
  if (!rating->best) rating->best = scale_at_start(following_text(element));
  if (rating->best && *rating->best < rating->value) rating->best.reset();  // "5 out of 1 reviews"
  return rating;
}

}  // namespace testigo::extract
