#include "extract/indent.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "extract/number.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::size_t most_looked_at = 12;  // elements from the item's first on
constexpr int most_wrappers = 3;            // around an item, that hold nothing else
constexpr int most_lists_around = 100;
constexpr double deepest = 10'000.0;  // pixels

std::optional<double> number_at(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  if (end == 0) return std::nullopt;
  const auto value = parse_number(text.substr(0, end));
  return value && *value <= deepest ? value : std::nullopt;
}

std::optional<double> by_attribute(Node node) {
  for (const std::string_view name :
       {"indent", "data-indent", "data-depth", "data-level", "data-nesting-level"})
    if (const auto value = node.attribute(name)) return number_at(*value);
  return std::nullopt;
}

// "depth-2", "level3", "comment--indent-1"
std::optional<double> by_class(Node node) {
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  for (const std::string_view word : {"depth", "level", "indent", "lvl"}) {
    std::size_t at = classes.find(word);
    if (at == std::string::npos) continue;
    at += word.size();
    if (at < classes.size() && (classes[at] == '-' || classes[at] == '_')) ++at;
    if (const auto value = number_at(std::string_view(classes).substr(at))) return value;
  }
  return std::nullopt;
}

std::optional<double> by_style(Node node) {
  std::string style = text::ascii_lower(node.attribute("style").value_or(""));
  std::erase(style, ' ');
  for (const std::string_view name : {"margin-left:", "padding-left:"}) {
    const std::size_t at = style.find(name);
    if (at != std::string::npos) return number_at(std::string_view(style).substr(at + name.size()));
  }
  return std::nullopt;
}

// <img src=s.gif height=1 width=40>
std::optional<double> by_spacer(Node node) {
  if (node.name() != "img" || !node.attribute("width")) return std::nullopt;
  const auto height = number_at(node.attribute("height").value_or("0"));
  return height && *height <= 1.0 ? number_at(*node.attribute("width")) : std::nullopt;
}

std::optional<double> stated(Node node) {
  if (const auto indent = by_attribute(node)) return indent;
  if (const auto indent = by_class(node)) return indent;
  return by_style(node);
}

bool is_indented_list(Node node) {
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  return classes.find("indent") != std::string::npos ||
         classes.find("children") != std::string::npos;
}

}  // namespace

std::optional<double> indent_of(Node element, const Measures& measures) {
  if (const auto indent = stated(element)) return indent;
  Node around = element.parent();
  for (int i = 0; i < most_wrappers && around; ++i, around = around.parent()) {
    if (measures[around.id()].text != measures[element.id()].text) break;
    if (const auto indent = stated(around)) return indent;
  }
  std::size_t looked_at = 0;
  for (const Node below : element.descendants()) {
    if (!below.is_element() && measures[below.id()].text > 0) break;
    if (!below.is_element()) continue;
    if (const auto indent = by_attribute(below)) return indent;
    if (const auto indent = by_spacer(below)) return indent;
    if (++looked_at == most_looked_at) break;
  }
  double lists = 0.0;
  Node above = element.parent();
  for (int i = 0; i < most_lists_around && above; ++i, above = above.parent())
    if (is_indented_list(above)) lists += 1.0;
  return lists > 0.0 ? std::optional(lists) : std::nullopt;
}

void nest_by_indent(std::vector<PageComment>& comments,
                    const std::vector<std::optional<double>>& indents) {
  const auto is_indented = [](const std::optional<double>& indent) {
    return indent.value_or(0.0) > 0.0;
  };
  if (std::none_of(indents.begin(), indents.end(), is_indented)) return;
  const double first = indents.front().value_or(0.0);  // a list begins where it is indented least
  if (std::any_of(indents.begin(), indents.end(), [&](const std::optional<double>& indent) {
        return indent.value_or(0.0) < first;
      }))
    return;
  if (std::any_of(comments.begin(), comments.end(),
                  [](const PageComment& comment) { return comment.answers != 0; }))
    return;
  std::vector<std::pair<double, const PageComment*>> above;  // indent, who
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const double indent = indents[i].value_or(0.0);
    while (!above.empty() && above.back().first >= indent) above.pop_back();
    if (!above.empty()) {
      comments[i].parent = above.back().second->id;
      comments[i].answers = above.back().second->place;
    }
    above.emplace_back(indent, &comments[i]);
  }
}

}  // namespace testigo::extract
