#include "extract/quotes.h"

#include <algorithm>
#include <vector>

#include "extract/control_words.h"
#include "formats/html.h"
#include "formats/xpath.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::size_t longest_head =
    300;  // bytes of "On … Ana <ana@example.com> wrote:", with blanks

constexpr std::string_view quote_classes[] = {"gmail_quote", "yahoo_quoted", "moz-cite-prefix",
                                              "quote-inline"};

// As deep as parse_html allows trees to be.
void copy_without(Node node, const NodeIds& left_out, formats::TreeBuilder& copy) {
  if (left_out.contains(node.id())) return;
  if (node.kind() == formats::NodeKind::text) {
    copy.text(node.text());
    return;
  }
  copy.open(node.name());
  for (const Node::Attribute& attribute : node.attributes()) {
    copy.attribute(attribute.name, attribute.value);
  }
  for (const Node child : node.children()) copy_without(child, left_out, copy);
  copy.close();
}

// Of an element that holds little; of others nothing.
std::string short_text_of(Node element) {
  if (!element.is_element()) return std::string(element.text());
  constexpr std::size_t most_nodes = 20;
  std::size_t nodes = 0;
  std::size_t bytes = 0;
  for (const Node below : element.descendants()) {
    if (!below.is_element()) bytes += below.text().size();
    if (++nodes > most_nodes || bytes > longest_head) return {};
  }
  return formats::text_of(element);
}

bool begins_with(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && text::ascii_lower(text.substr(0, lower.size())) == lower;
}

// The length of the tag that opens a quotation here; 0 where none does.
std::size_t opening_quote(std::string_view text) {
  constexpr std::string_view name = "[quote";
  constexpr std::size_t longest_tag = 300;  // with whose words they are, and from where
  if (text.front() != '[' || text.size() == name.size() || !begins_with(text, name)) return 0;
  const char next = text[name.size()];
  if (next != ']' && next != '=' && next != ' ') return 0;
  const std::size_t close = text.substr(0, longest_tag).find(']');
  if (close == std::string_view::npos) return 0;
  if (next == ' ' && text.substr(0, close).find('=') == std::string_view::npos) return 0;
  return close + 1;
}

// Whether `tag`, a text from a "<" on, is no bare tag like "<p>", "</i>" or "<br/>" and no lone
// "<": those quote nobody.
bool may_quote(std::string_view tag) {
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/';
  };
  std::size_t end = 1;
  while (end < tag.size() && is_name(tag[end])) ++end;
  constexpr std::string_view name = "blockquote";
  if (end > name.size() && begins_with(tag.substr(1), name)) return true;
  if (end == 1) return end < tag.size() && tag[end] == '!';
  return end < tag.size() && tag[end] != '>';
}

}  // namespace

bool has_usual_quotes(std::string_view html) {
  std::size_t at = html.find('<');
  while (at != std::string_view::npos && !may_quote(html.substr(at))) at = html.find('<', at + 1);
  if (at == std::string_view::npos) return false;
  const auto holds = [&](std::string_view sign) {
    return html.find(sign) != std::string_view::npos;
  };
  if (holds("<BLOCKQUOTE")) return true;
  // Letters that are rare in text are the quicker ones to look for.
  if (!holds("quote") && !holds("z-cite-prefix")) return false;
  return holds("<blockquote") ||
         std::any_of(std::begin(quote_classes), std::end(quote_classes), holds);
}

std::string without_quoted_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!line.starts_with('>')) out.append(line).append(1, '\n');
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return out;
}

bool has_quote_tags(std::string_view text) {
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1))
    if (opening_quote(text.substr(at)) > 0) return true;
  return false;
}

std::string without_quote_tags(std::string_view text) {
  constexpr std::string_view closing = "[/quote]";
  std::string out;
  std::vector<std::size_t> open;  // where in `out` each began
  while (!text.empty()) {
    std::size_t taken = opening_quote(text);
    if (taken > 0) {
      open.push_back(out.size());
    } else if (text.front() == '[' && !open.empty() && begins_with(text, closing)) {
      out.resize(open.back());
      open.pop_back();
      out += '\n';
      taken = closing.size();
    } else {
      out += text.front();
      taken = 1;
    }
    text.remove_prefix(taken);
  }
  return out;
}

std::string text_without(Node node, const NodeIds& quotes) {
  if (quotes.empty()) return formats::text_of(node);
  formats::TreeBuilder copy;
  copy_without(node, quotes, copy);
  const formats::Tree tree = copy.finish();
  return formats::text_of(tree.root());
}

bool is_usual_quote(Node node) {
  if (node.name() == "blockquote") return true;
  const std::string_view classes = node.attribute("class").value_or("");
  if (node.name() == "aside" && (classes == "quote" || classes.starts_with("quote "))) return true;
  return std::any_of(
      std::begin(quote_classes), std::end(quote_classes),
      [&](std::string_view name) { return classes.find(name) != std::string_view::npos; });
}

bool is_quote(Node node) {
  if (!node.is_element()) return false;
  const std::string classes = text::ascii_lower(node.attribute("class").value_or(""));
  constexpr std::string_view names[] = {
      "bbcode_quote",       "quotecontent", "quotetitle", "quote_block",
      "quoted-message",     "bbquote",      "quote-body", "bbcodeblock-quote",
      "bbcodeblock--quote", "bbcodequote",  "zitat"};
  const auto named = [&](std::string_view name) { return classes.find(name) != std::string::npos; };
  if (std::any_of(std::begin(names), std::end(names), named)) return true;
  constexpr std::string_view words[] = {"content",   "messagetext", "message-text", "posttext",
                                        "post-text", "postbody",    "post-body"};
  const bool holds_words =
      node.name() == "blockquote" && std::any_of(std::begin(words), std::end(words), named);
  return is_usual_quote(node) && !holds_words;
}

bool is_named_quote(Node node) {
  constexpr std::string_view names[] = {"quote", "quoted", "cita", "citat", "quotation"};
  if (!node.is_element()) return false;
  const std::string classes = text::ascii_lower(text::trim(node.attribute("class").value_or("")));
  return std::find(std::begin(names), std::end(names), classes) != std::end(names);
}

Node head_of_quote(Node quote, Node text_before) {
  constexpr int levels = 3;       // a cell is alone in its row, and the head in the row before
  constexpr int most_around = 6;  // elements around the head's text
  if (!text_before || text_before.text().size() > longest_head) return {};
  Node head = text_before;
  for (int i = 0; i < most_around && head; ++i, head = head.parent()) {
    Node above = quote.parent();
    for (int level = 0; level < levels && above; ++level, above = above.parent())
      if (above == head.parent()) return heads_quote(short_text_of(head)) ? head : Node();
  }
  return {};
}

bool is_headed_quote(Node element) {
  if (!element.is_element()) return false;
  for (const Node child : element.children()) {
    if (!child.is_element() && text::trim(child.text()).empty()) continue;
    return child.is_element() && child.next_sibling() && names_quote(short_text_of(child));
  }
  return false;
}

namespace {

// Adds to quotations what heads them.
void add_heads(const formats::Tree& tree, NodeIds& quotes) {
  Node before;
  for (std::uint32_t id = 1; id < tree.size() && !quotes.empty(); ++id) {
    const Node node = tree.node(id);
    if (quotes.contains(id))
      if (const Node head = head_of_quote(node, before)) quotes.insert(head.id());
    if (!node.is_element() && !text::trim(node.text()).empty()) before = node;
  }
}

}  // namespace

std::string html_text_without(std::string_view html, std::string_view quotes) {
  const Result<formats::Tree> tree = formats::parse_html(html);
  if (!tree) return formats::text_of_html(html);
  NodeIds ids;
  if (const auto matches = formats::XPathDocument(*tree).select(quotes)) {
    for (const formats::XPathMatch& match : *matches) ids.insert(match.node.id());
  }
  add_heads(*tree, ids);
  for (std::uint32_t id = 1; id < tree->size(); ++id)
    if (formats::is_hidden(tree->node(id))) ids.insert(id);
  return text_without(tree->root(), ids);
}

}  // namespace testigo::extract
