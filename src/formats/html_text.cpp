#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "formats/html.h"
#include "formats/html_fragment.h"
#include "formats/html_scan.h"
#include "formats/html_tokens.h"
#include "formats/page_text.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

bool is_unseen(Node node) {
  return standing_of(node.name()).unseen || node.attribute("hidden").has_value();
}

// Emoji that a page shows as pictures carry the character in their alt.
std::string_view emoji_of(Node image) {
  const bool is_emoji =
      image.attribute("class").value_or("").find("emoji") != std::string_view::npos;
  return is_emoji ? image.attribute("alt").value_or("") : std::string_view();
}

// Walks without recursion, keeping only how deep in <pre> it is.
class Reader {
 public:
  explicit Reader(const std::function<bool(Node)>& leave_out) : leave_out_(leave_out) {}

  std::string read(Node root) {
    Node node = root;
    while (node) {
      const bool descend = enter(node);
      if (descend && node.first_child()) {
        node = node.first_child();
        continue;
      }
      while (true) {
        leave(node);
        if (node == root) return text_.take();
        if (const Node next = node.next_sibling()) {
          node = next;
          break;
        }
        node = node.parent();
      }
    }
    return text_.take();
  }

 private:
  bool enter(Node node) {
    if (node.kind() == NodeKind::text) {
      if (leave_out_ && leave_out_(node)) return false;
      pre_depth_ > 0 ? text_.add_as_is(node.text()) : text_.add(node.text());
      return false;
    }
    if (!node.is_element()) return true;
    if (node.name() == "br") {
      text_.line_break();
      return false;
    }
    text_.gap(standing_of(node.name()).gap);
    if (is_unseen(node) || (leave_out_ && leave_out_(node))) return false;
    if (node.name() == "img") text_.add(emoji_of(node));
    if (node.name() == "pre") ++pre_depth_;
    return true;
  }

  void leave(Node node) {
    if (!node.is_element() || node.name() == "br") return;
    text_.gap(standing_of(node.name()).gap);
    const bool entered = !is_unseen(node) && !(leave_out_ && leave_out_(node));
    if (node.name() == "pre" && entered) --pre_depth_;
  }

  const std::function<bool(Node)>& leave_out_;
  PageText text_;
  int pre_depth_ = 0;
};

// "<" followed by what makes it markup.
bool has_markup(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' ||
        next == '!') {
      return true;
    }
  }
  return false;
}

std::string strip_tags(std::string_view page) {
  PageText out;
  HtmlTokens tokens(page);
  while (true) {
    const HtmlToken& token = tokens.next();
    if (token.kind == HtmlToken::Kind::end) return out.take();
    if (token.kind == HtmlToken::Kind::text) out.add(decode_entities(token.text));
    if (token.kind == HtmlToken::Kind::start_tag) out.gap(Gap::space);
  }
}

}  // namespace

std::string text_of(Node node) { return text_of(node, nullptr); }

std::string text_of(Node node, const std::function<bool(Node)>& leave_out) {
  return Reader(leave_out).read(node);
}

bool is_hidden(Node node) {
  constexpr std::string_view names[] = {"hidden", "aria-hidden", "style"};
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
    const auto value = node.attribute(name);
    return value && hides(name, *value);
  });
}

std::string text_of_html(std::string_view utf8) {
  if (!has_markup(utf8)) return std::string(text::trim(decode_entities(utf8)));
  if (auto plain = text_of_plain_fragment(utf8)) return *std::move(plain);
  const Result<Tree> tree = parse_html(utf8);
  return tree ? text_of(tree->document(), is_hidden) : strip_tags(utf8);
}

}  // namespace testigo::formats
