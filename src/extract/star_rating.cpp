#include "extract/star_rating.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "extract/star_row.h"
#include "extract/star_scale.h"
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

// "--rating: 4.2", "--percent: 84%": what a style sheet draws the stars by.
std::optional<double> rating_of_variable(std::string_view style) {
  for (const std::string_view name : {"--rating", "--stars", "--score", "--value", "--percent"}) {
    const std::size_t at = style.find(name);
    if (at == std::string_view::npos) continue;
    std::string_view value = style.substr(at + name.size());
    value = value.substr(0, value.find(';'));
    if (!value.starts_with(':')) continue;
    value.remove_prefix(1);
    const bool share = value.ends_with('%');
    const auto number = parse_number(value);
    const double most = share ? 100.0 : stars_in_all;
    if (number && *number >= 0.0 && *number <= most)
      return share ? *number / 100.0 * stars_in_all : *number;
  }
  return std::nullopt;
}

// "width: 80%" of a bar of stars.
std::optional<double> share_of_width(Node node) {
  const std::string style = lower(node, "style");
  if (const auto rating = rating_of_variable(style)) return rating;
  const std::size_t width = style.find("width");
  if (width == std::string::npos) return std::nullopt;
  const std::size_t percent = style.find('%', width);
  if (percent == std::string::npos || style.find(';', width) < percent) return std::nullopt;
  const auto share = parse_number(style.substr(width + 6, percent - width - 6));
  if (!share || *share < 0.0 || *share > 100.0) return std::nullopt;
  return *share / 100.0 * stars_in_all;
}

// What is filled of a row of icons; of more than five, that many are the best.
WrittenRating of_row(const StarRow& row) {
  const auto size = static_cast<double>(row.size);
  return {row.filled, size > stars_in_all ? std::optional(size) : std::nullopt};
}

// Buttons of which one is pressed; where none is, readers may press one yet.
struct PressedStars {
  bool are_there = false;
  std::optional<double> value;
};
PressedStars pressed_stars(Node element) {
  PressedStars found;
  for (const Node node : element.descendants()) {
    if (!node.is_element("input") || lower(node, "type") != "radio") continue;
    found.are_there = true;
    if (node.attribute("checked")) found.value = parse_number(node.attribute("value").value_or(""));
  }
  return found;
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
  for (const std::string_view name :
       {"aria-label", "title", "alt", "content", "data-rating", "data-score", "data-stars",
        "data-rate", "data-grade", "data-rateit-value"})
    if (const auto rating = read(name)) return rating;
  if (!names_stars(lower(node, "class")) && !contains(lower(node, "class"), "rate"))
    return std::nullopt;
  return read("data-value");
}

}  // namespace

std::optional<WrittenRating> rating_of_stars(Node element, const StarScales& scales) {
  const auto first_of = [&](auto read) -> std::optional<WrittenRating> {
    if (auto found = read(element)) return WrittenRating{*found, {}};
    for (const Node node : element.descendants()) {
      if (!node.is_element()) continue;
      if (auto found = read(node)) return WrittenRating{*found, {}};
    }
    return std::nullopt;
  };
  if (auto label = in_labels(element)) return label;
  const auto row = star_row(element);
  const bool is_drawn = row && row->mixed;  // then labels may be those of one star each
  for (const Node node : element.descendants()) {
    if (!node.is_element()) continue;
    if (auto label = in_labels(node); label && (label->best || !is_drawn)) return label;
  }
  if (const PressedStars pressed = pressed_stars(element); pressed.are_there) {
    if (!pressed.value) return std::nullopt;
    return WrittenRating{*pressed.value, {}};
  }
  if (is_drawn) return of_row(*row);
  if (auto width = first_of(share_of_width)) return width;
  if (row) return of_row(*row);
  return first_of([&](Node node) { return scales.stars(node); });
}

std::optional<WrittenRating> rating_of_element(Node element, const StarScales& scales) {
  const std::string text = formats::text_of(element);
  std::optional<WrittenRating> rating = parse_rating(text);
  if (!rating || text.find_first_of("0123456789") == std::string::npos) {
    const auto drawn = rating_of_stars(element, scales);  // characters may be laid over one another
    return drawn ? drawn : rating;
  }
  if (const auto gauge = of_gauge(element)) return gauge;
  if (!rating->best) rating->best = scale_at_start(following_text(element));
  if (rating->best && *rating->best < rating->value) rating->best.reset();  // "5 out of 1 reviews"
  return rating;
}

}  // namespace testigo::extract
