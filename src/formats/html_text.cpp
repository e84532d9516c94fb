#include <algorithm>
#include <cstdint>

#include "formats/html.h"
#include "formats/html_scan.h"
#include "formats/html_tokens.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

// What separates two pieces of text; the greatest one asked for wins.
enum class Gap : std::uint8_t { none, space, line, paragraph };

Gap gap_around(std::string_view name) {
  constexpr std::string_view paragraphs[] = {"p",   "h1",         "h2", "h3", "h4", "h5",   "h6",
                                             "pre", "blockquote", "ul", "ol", "dl", "table"};
  constexpr std::string_view lines[] = {
      "address", "article", "aside",    "body",       "center", "dd",      "details",  "dialog",
      "div",     "dt",      "fieldset", "figcaption", "figure", "footer",  "form",     "header",
      "hr",      "html",    "legend",   "li",         "main",   "nav",     "optgroup", "option",
      "section", "summary", "tr",       "caption",    "title",  "textarea"};
  constexpr std::string_view cells[] = {"td", "th", "button", "select", "img", "input"};
  const auto in = [name](const auto& names) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
  };
  if (in(paragraphs)) return Gap::paragraph;
  if (in(lines)) return Gap::line;
  return in(cells) ? Gap::space : Gap::none;
}

bool is_unseen(Node node) {
  constexpr std::string_view unseen[] = {"script", "style",  "template", "noscript", "head",
                                         "svg",    "iframe", "object",   "audio",    "video"};
  return std::find(std::begin(unseen), std::end(unseen), node.name()) != std::end(unseen) ||
         node.attribute("hidden").has_value();
}

// Emoji that a page shows as pictures carry the character in their alt.
std::string_view emoji_of(Node image) {
  const bool is_emoji =
      image.attribute("class").value_or("").find("emoji") != std::string_view::npos;
  return is_emoji ? image.attribute("alt").value_or("") : std::string_view();
}

class Text {
 public:
  void gap(Gap gap) { pending_ = std::max(pending_, gap); }

  // <br>: the second in a row makes a paragraph.
  void line_break() {
    pending_ = broken_ ? Gap::paragraph : std::max(pending_, Gap::line);
    broken_ = true;
  }

  // Text in which runs of space are one; at its ends they only ask for a gap.
  void add(std::string_view text) {
    const std::string collapsed = text::collapse_space(text);
    if (collapsed.empty()) {
      if (!text.empty()) gap(Gap::space);
      return;
    }
    if (begins_with_space(text)) gap(Gap::space);
    write(collapsed);
    if (ends_with_space(text)) gap(Gap::space);
  }

  void add_as_is(std::string_view text) {
    if (!text.empty()) write(text);
  }

  std::string take() {
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  static bool begins_with_space(std::string_view text) {
    const text::CodePoint first = text::decode(text, 0);
    return text::collapse_space(text.substr(0, first.size)).empty();
  }
  static bool ends_with_space(std::string_view text) {
    const std::size_t last = text::char_border(text, text.size() - 1);
    return text::collapse_space(text.substr(last)).empty();
  }

  void write(std::string_view text) {
    constexpr std::string_view gaps[] = {"", " ", "\n", "\n\n"};
    if (!out_.empty()) out_ += gaps[static_cast<std::size_t>(pending_)];
    pending_ = Gap::none;
    broken_ = false;
    out_ += text;
  }

  std::string out_;
  Gap pending_ = Gap::none;
  bool broken_ = false;  // a <br> is pending
};

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
      pre_depth_ > 0 ? text_.add_as_is(node.text()) : text_.add(node.text());
      return false;
    }
    if (!node.is_element()) return true;
    if (node.name() == "br") {
      text_.line_break();
      return false;
    }
    text_.gap(gap_around(node.name()));
    if (is_unseen(node) || (leave_out_ && leave_out_(node))) return false;
    if (node.name() == "img") text_.add(emoji_of(node));
    if (node.name() == "pre") ++pre_depth_;
    return true;
  }

  void leave(Node node) {
    if (!node.is_element() || node.name() == "br") return;
    text_.gap(gap_around(node.name()));
    const bool entered = !is_unseen(node) && !(leave_out_ && leave_out_(node));
    if (node.name() == "pre" && entered) --pre_depth_;
  }

  const std::function<bool(Node)>& leave_out_;
  Text text_;
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
  Text out;
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

std::string text_of_html(std::string_view utf8) {
  if (!has_markup(utf8)) return std::string(text::trim(decode_entities(utf8)));
  const Result<Tree> tree = parse_html(utf8);
  return tree ? text_of(tree->document()) : strip_tags(utf8);
}

}  // namespace testigo::formats
