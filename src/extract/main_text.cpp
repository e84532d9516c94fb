#include "extract/main_text.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/main_words.h"
#include "extract/plain.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;
using formats::NodeKind;

constexpr std::uint32_t paragraph_size = 40;  // characters from which a block is running text
constexpr double most_links = 0.5;            // of running text that may be links
constexpr double hold_of_whole = 0.75;        // of the running text that the inmost holder has
constexpr double hold_of_article = 0.4;       // where the element is named for the main matter
constexpr double least_named = 0.2;           // of the running text, of an element so named
constexpr std::uint32_t longest_heading = 60;
constexpr std::uint32_t shortest_matter = 10;    // of a line that is more than a label
constexpr std::uint32_t longest_line = 160;      // of "Read also: …" with a headline
constexpr std::uint32_t longest_farewell = 300;  // of a request to subscribe
constexpr std::size_t least_teasers = 3;
constexpr std::uint32_t largest_teaser = 800;
constexpr double most_teasers = 0.75;    // of the page's text; above it they are its matter
constexpr std::uint32_t lead_size = 80;  // characters that are running text without a full stop
constexpr double most_intro_links = 0.3;
constexpr double largest_noise = 0.45;  // of the page's text in what is named for other matter

class Finder {
 public:
  Finder(const formats::Tree& tree, const Measures& measures, std::span<const std::uint32_t> apart)
      : tree_(tree), measures_(measures), dropped_(tree.size()), running_(tree.size()) {
    for (const std::uint32_t id : apart) dropped_[id] = true;
  }

  std::string find() {
    drop_noise();
    drop_teasers();
    sum_running_text();
    const Node holder = main_holder();
    if (!holder) return {};
    prune(holder);
    drop_lead(holder);
    drop_beside(holder);
    drop_farewell(holder);
    return plain_text(
        formats::text_of(holder, [&](Node node) { return bool(dropped_[node.id()]); }),
        Markup::none);
  }

 private:
  const Measure& of(Node node) const { return measures_[node.id()]; }

  void drop_noise() {
    const std::uint32_t whole = measures_[0].text;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      const Measure& own = measures_[id];
      if (dropped_[node.parent().id()]) dropped_[id] = true;
      if (dropped_[id] || !node.is_element()) continue;
      if (own.unseen) {
        dropped_[id] = true;
        continue;
      }
      if (own.text > whole * largest_noise || own.holds_main) continue;
      if (is_never_main(node.name()) || is_noise(node, own)) dropped_[id] = true;
    }
  }

  // Three or more of one kind side by side that each head to another page.
  void drop_teasers() {
    std::map<std::pair<std::uint32_t, std::string>, std::vector<Node>> groups;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (dropped_[node.parent().id()]) dropped_[id] = true;
      if (dropped_[id] || !node.is_element() || !is_teaser(node)) continue;
      groups[{node.parent().id(), kind_of(node)}].push_back(node);
    }
    std::uint32_t text = 0;
    for (const auto& [kind, group] : groups)
      for (const Node node : group) text += group.size() < least_teasers ? 0 : of(node).text;
    if (text > measures_[0].text * most_teasers) return;  // a page of teasers: they are its matter
    for (const auto& [kind, group] : groups)
      for (const Node node : group)
        if (group.size() >= least_teasers) dropped_[node.id()] = true;
  }

  bool is_teaser(Node node) const {
    constexpr std::string_view names[] = {"article", "div", "li", "section", "figure"};
    const Measure& own = of(node);
    if (!is_one_of(node.name(), names) || own.links == 0 || own.text > largest_teaser) return false;
    if (node.name() == "article") return true;
    for (const Node below : node.descendants()) {
      if (!is_heading(below.name()) || of(below).text == 0) continue;
      return of(below).links == of(below).text;
    }
    return false;
  }

  bool is_noise(Node node, const Measure& own) const {
    if (node.name() == "body" || node.name() == "html") return false;
    if (node.name() == "a" && own.text <= longest_heading && is_print_link(node)) return true;
    return own.hints.has(Hint::noise) && !own.hints.has(Hint::main) && !node.child("blockquote");
  }

  // "Print this recipe": a button, whatever it looks like.
  static bool is_print_link(Node link) {
    const std::string classes = text::ascii_lower(link.attribute("class").value_or(""));
    return classes.find("print") != std::string::npos;
  }

  // Text that stands in the block itself, in inline elements too.
  void own_text(Node block, std::uint32_t& text, std::uint32_t& links) const {
    std::vector<Node> open;
    for (Node child : block.children()) open.push_back(child);
    while (!open.empty()) {
      const Node node = open.back();
      open.pop_back();
      if (dropped_[node.id()]) continue;
      if (node.kind() == NodeKind::text) {
        text += of(node).text;
        links += of(node).links;
      } else if (!is_block(node.name())) {
        for (Node child : node.children()) open.push_back(child);
      }
    }
  }

  // Characters of running text below each node.
  void sum_running_text() {
    for (std::uint32_t id = static_cast<std::uint32_t>(tree_.size()) - 1; id > 0; --id) {
      const Node node = tree_.node(id);
      if (dropped_[id]) continue;
      if (node.is_element() && is_block(node.name())) {
        std::uint32_t text = 0;
        std::uint32_t links = 0;
        own_text(node, text, links);
        if (text >= paragraph_size && links < text * most_links) running_[id] += text - links;
      }
      running_[node.parent().id()] += running_[id];
    }
  }

  Node main_holder() {
    const Node named = named_holder();
    if (named) return named;
    const Node inmost = inmost_holder();
    if (inmost) return with_introduction(inmost);
    const Node named_list = largest_named();
    return named_list ? named_list : few_words();
  }

  // A page of a few words, which are no links, is all there is to read on it.
  Node few_words() const {
    const Node body = tree_.root().child("body");
    return of(body).text > 0 && link_share(of(body)) < most_links ? body : Node();
  }

  // Where running text stands before the holder, in an element of its own: their parent.
  Node with_introduction(Node holder) {
    const Node parent = holder.parent();
    bool before = true;
    bool introduced = false;
    for (const Node sibling : parent.children()) {
      if (sibling == holder) before = false;
      if (before && sibling.is_element() && !dropped_[sibling.id()] &&
          running_[sibling.id()] >= lead_size && link_share(of(sibling)) < most_intro_links)
        introduced = true;
    }
    if (!introduced || running_[parent.id()] > running_[holder.id()] * 1.34) return holder;
    return parent;
  }

  // Of a page without running text (a list of links): what is named for the main matter.
  Node largest_named() const {
    Node best;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (dropped_[id] || !of(node).hints.has(Hint::main) || of(node).text < paragraph_size)
        continue;
      if (!best || of(node).text > of(best).text) best = node;
    }
    return best;
  }

  // The element that is named for the words of an article; where several of one parent are (an
  // article cut by advertisements), their parent.
  Node named_holder() const {
    Node best;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (dropped_[id] || running_[id] == 0 || !node.is_element() || !is_block(node.name()))
        continue;
      if (!of(node).hints.has(Hint::main)) continue;
      if (!best || running_[id] > running_[best.id()]) best = node;
    }
    if (!best || running_[best.id()] < running_[tree_.root().id()] * least_named) return {};
    const std::string kind = kind_of(best);
    for (const Node sibling : best.parent().children()) {
      if (sibling != best && sibling.is_element() && running_[sibling.id()] > 0 &&
          !dropped_[sibling.id()] && kind_of(sibling) == kind)
        return best.parent();
    }
    return best;
  }

  // Goes down as long as one child holds nearly all, or is named for the main matter.
  Node inmost_holder() const {
    Node at = tree_.root();
    const std::uint32_t whole = running_[at.id()];
    if (whole == 0) return {};
    while (true) {
      Node best;
      for (const Node child : at.children()) {
        if (!child.is_element() || dropped_[child.id()] || running_[child.id()] == 0) continue;
        if (!best || running_[child.id()] > running_[best.id()]) best = child;
      }
      if (!best || !is_block(best.name()) || best.name() == "p") return at;
      const bool named =
          best.name() == "article" || best.name() == "main" || of(best).hints.has(Hint::article);
      const double share = named ? hold_of_article : hold_of_whole;
      if (running_[best.id()] < running_[at.id()] * share) return at;
      at = best;
    }
  }

  // What stands before the first running text: the title, which is not part of the text, and lines
  // about who published it when.
  void drop_lead(Node holder) {
    std::vector<std::uint32_t> lead;
    const bool named = of(holder).hints.has(Hint::main);
    for (const Node node : holder.descendants()) {
      const std::uint32_t id = node.id();
      if (dropped_[id] || !node.is_element() || !is_block(node.name())) continue;
      std::uint32_t text = 0;
      std::uint32_t links = 0;
      own_text(node, text, links);
      if (is_running(node, text, links)) {
        for (const std::uint32_t one : lead) dropped_[one] = true;
        return;
      }
      const bool heading = is_heading(node.name()) && node.name() != "h1";
      if (named && (text == 0 || is_matter(node, text, links))) continue;
      if (running_[id] <= text && !heading) lead.push_back(id);
    }
  }

  // Headings of what is beside the matter, with the lists and blocks of links that follow them; and
  // lines that name such matter themselves: "Read also: Ten boots".
  void drop_beside(Node holder) {
    for (const Node node : holder.descendants()) {
      const std::uint32_t id = node.id();
      if (dropped_[node.parent().id()]) dropped_[id] = true;
      if (dropped_[id] || !node.is_element() || !is_block(node.name())) continue;
      const bool heads = of(node).text <= longest_heading;
      const bool leads = of(node).text <= longest_line && link_share(of(node)) > most_links;
      if (of(node).text == 0 || (!heads && !leads)) continue;
      if (!leads_aside(text::fold(text::collapse_space(formats::text_of(node))))) continue;
      dropped_[id] = true;
      if (!heads) continue;
      for (Node next = node.next_sibling(); next; next = next.next_sibling()) {
        if (!next.is_element()) continue;
        if (is_heading(next.name()) || link_share(of(next)) < most_links) break;
        dropped_[next.id()] = true;
      }
    }
  }

  // The blocks of a holder that still stand and hold no other, last first; `each` says whether to
  // go on.
  template <typename Each>
  void for_each_last(Node holder, Each each) {
    for (std::uint32_t id = of(holder).end - 1; id > holder.id(); --id) {
      const Node node = tree_.node(id);
      if (dropped_[id] || !node.is_element() || !is_block(node.name()) || of(node).text == 0)
        continue;
      std::uint32_t text = 0;
      std::uint32_t links = 0;
      own_text(node, text, links);
      if (text > 0 && !each(node)) return;
    }
  }

  // Lines at the end that ask the reader to subscribe or to follow, and headings behind which
  // nothing is left.
  void drop_farewell(Node holder) {
    constexpr std::size_t most = 6;  // such lines
    std::size_t dropped = 0;
    for_each_last(holder, [&](Node node) {
      const bool heads = is_heading(node.name()) && of(node).text <= longest_line;
      if (!heads && (of(node).text > longest_farewell || ++dropped > most)) return false;
      if (!heads && !bids_farewell(text::fold(text::collapse_space(formats::text_of(node)))))
        return false;
      dropped_[node.id()] = true;
      return true;
    });
  }

  // In what is named for the main matter lists and short lines are of it, but for names and dates.
  bool is_matter(Node block, std::uint32_t text, std::uint32_t links) const {
    const Hints& hints = of(block).hints;
    const bool line = hints.has(Hint::author) || hints.has(Hint::date) ||
                      hints.has(Hint::control) || hints.has(Hint::beside);
    const bool plain = block.name() == "p" || block.name() == "li";
    return plain && !line && text >= shortest_matter && links == 0 && of(block).links == 0;
  }

  bool is_running(Node block, std::uint32_t text, std::uint32_t links) const {
    if (is_heading(block.name()) || links >= text * most_links || of(block).breaks == 0)
      return false;
    if (text < paragraph_size) return false;
    const std::string line = formats::text_of(block);
    if (line.find("://") != std::string::npos && line.find(' ') == std::string::npos) return false;
    constexpr std::string_view ends[] = {".", "!", "?", "…", "。", "！", "？", "\"", "”", ":"};
    return text >= lead_size || std::any_of(std::begin(ends), std::end(ends),
                                            [&](auto end) { return line.ends_with(end); });
  }

  // Blocks of links and stray lines inside the main matter.
  void prune(Node holder) {
    for (const Node node : holder.descendants()) {
      const std::uint32_t id = node.id();
      if (dropped_[node.parent().id()]) dropped_[id] = true;
      if (dropped_[id] || !node.is_element() || !is_block(node.name())) continue;
      const Measure& own = of(node);
      if (own.text == 0 || running_[id] > running_[holder.id()] / 5) continue;
      if (link_share(own) > 0.66 && own.text > 0 && own.breaks * 30 < own.text) dropped_[id] = true;
    }
  }

  const formats::Tree& tree_;
  const Measures& measures_;
  std::vector<bool> dropped_;
  std::vector<std::uint32_t> running_;
};

}  // namespace

std::string main_text(const formats::Tree& tree, const Measures& measures,
                      std::span<const std::uint32_t> apart) {
  return Finder(tree, measures, apart).find();
}

}  // namespace testigo::extract
