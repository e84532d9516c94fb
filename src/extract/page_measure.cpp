#include "extract/page_measure.h"

#include <algorithm>
#include <string_view>

namespace testigo::extract {
namespace {

using formats::Node;
using formats::NodeKind;

constexpr std::uint32_t main_text_size = 300;  // characters of what may be a page's main matter
constexpr double main_text_share = 0.1;        // of the page's text

constexpr std::uint32_t few = 300;     // characters: what stands before a script's matter
constexpr std::uint32_t matter = 150;  // a notice that scripts are needed is shorter

bool is_unseen(Node element) {
  constexpr std::string_view names[] = {"script", "style",  "template", "head",  "svg",
                                        "iframe", "object", "audio",    "video", "select"};
  if (std::find(std::begin(names), std::end(names), element.name()) != std::end(names)) return true;
  return element.attribute("hidden").has_value();
}

bool is_break(std::string_view rest) {
  constexpr std::string_view breaks[] = {".", ",", "!", "?", ";", "。", "、", "！", "？", "，"};
  return std::any_of(std::begin(breaks), std::end(breaks),
                     [&](std::string_view mark) { return rest.starts_with(mark); });
}

void count(std::string_view text, Measure& measure) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte <= ' ' || (byte & 0xC0u) == 0x80u) continue;
    ++measure.text;
    const bool may_break = byte < 'A' || byte == 0xE3 || byte == 0xEF;
    if (may_break && is_break(text.substr(at, 3))) ++measure.breaks;
  }
}

Measures measure(const formats::Tree& tree, bool scripts_run) {
  Measures all(tree.size());
  std::vector<bool> in_link(tree.size());
  for (std::uint32_t id = 1; id < tree.size(); ++id) {
    const Node node = tree.node(id);
    const std::uint32_t parent = node.parent().id();
    Measure& own = all[id];
    own.unseen = all[parent].unseen;
    in_link[id] = in_link[parent];
    if (node.kind() == NodeKind::element) {
      own.unseen = own.unseen || is_unseen(node) || (scripts_run && node.name() == "noscript");
      in_link[id] = in_link[id] || node.name() == "a";
      if (!own.unseen) own.hints = hints_of(node);
    } else if (!own.unseen) {
      count(node.text(), own);
      if (in_link[id]) own.links = own.text;
    }
  }
  for (std::uint32_t id = static_cast<std::uint32_t>(tree.size()) - 1; id > 0; --id) {
    Measure& above = all[tree.node(id).parent().id()];
    above.text += all[id].text;
    above.links += all[id].links;
    above.breaks += all[id].breaks;
    all[id].end = std::max(all[id].end, id + 1);
    above.end = std::max(above.end, all[id].end);
    above.holds_heading =
        above.holds_heading || all[id].holds_heading || tree.node(id).name() == "h1";
  }
  for (std::uint32_t id = static_cast<std::uint32_t>(tree.size()) - 1; id > 0; --id) {
    Measure& own = all[id];
    const bool main = own.hints.has(Hint::main) && own.text >= main_text_size &&
                      own.text > all[0].text * main_text_share && link_share(own) < 0.5;
    own.holds_main = !own.hints.has(Hint::comment) && (own.holds_main || main);
    Measure& above = all[tree.node(id).parent().id()];
    above.holds_main = above.holds_main || own.holds_main;
  }
  return all;
}

}  // namespace

Measures measure(const formats::Tree& tree) {
  Measures seen = measure(tree, true);
  if (seen[0].text >= few) return seen;
  Measures all = measure(tree, false);
  return all[0].text >= seen[0].text + matter ? all : seen;
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

double link_share(const Measure& measure) {
  return measure.text == 0 ? 0.0 : static_cast<double>(measure.links) / measure.text;
}

}  // namespace testigo::extract
