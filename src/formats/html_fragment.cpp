#include "formats/html_fragment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <unordered_map>
#include <vector>

#include "formats/entities.h"
#include "formats/html_tokens.h"
#include "formats/page_text.h"
#include "text/find_byte.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Kind = HtmlToken::Kind;

constexpr std::size_t max_open_blocks = 200;

// What a tag does to the text, blocks told apart.
enum class Sort : std::uint8_t {
  odd,  // not read here
  phrase,
  line_break,
  rule,
  picture,
  paragraph,
  list_item,
  heading,
  unordered,
  ordered,
  quote,
  division
};

Sort sort_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Sort> sorts = [] {
    std::unordered_map<std::string_view, Sort> map = {
        {"br", Sort::line_break}, {"hr", Sort::rule},      {"img", Sort::picture},
        {"p", Sort::paragraph},   {"li", Sort::list_item}, {"ul", Sort::unordered},
        {"ol", Sort::ordered},    {"div", Sort::division}, {"blockquote", Sort::quote}};
    for (const std::string_view heading : {"h1", "h2", "h3", "h4", "h5", "h6"})
      map[heading] = Sort::heading;
    for (const std::string_view phrase :
         {"a",   "b",     "i",   "em",   "strong", "code", "span",   "u",
          "s",   "small", "sub", "sup",  "cite",   "mark", "q",      "del",
          "ins", "var",   "kbd", "abbr", "tt",     "big",  "strike", "font"})
      map[phrase] = Sort::phrase;
    return map;
  }();
  const auto found = sorts.find(name);
  return found == sorts.end() ? Sort::odd : found->second;
}

Gap gap_of(Sort sort) {
  switch (sort) {
    case Sort::rule:
    case Sort::list_item:
    case Sort::division:
      return Gap::line;
    case Sort::picture:
      return Gap::space;
    case Sort::odd:
    case Sort::phrase:
    case Sort::line_break:
      return Gap::none;
    default:
      return Gap::paragraph;
  }
}

class Fragment {
 public:
  explicit Fragment(std::string_view utf8) : tokens_(utf8), text_(utf8.size()) {}

  std::optional<std::string> read() {
    while (true) {
      const HtmlToken& token = tokens_.next();
      if (token.kind == Kind::end) return text_.take();
      if (!take(token)) return std::nullopt;
    }
  }

 private:
  bool take(const HtmlToken& token) {
    if (token.kind == Kind::text) return add(token.text);
    if (token.kind == Kind::raw_text) return false;
    const Sort sort = sort_of(text::ascii_lower(token.name));
    return token.kind == Kind::start_tag ? start(token, sort) : end(sort);
  }

  bool add(std::string_view text) {
    std::size_t plain = text::find_byte(text, 0, is_odd);
    if (plain == text.size()) {
      text_.add(text);
      return true;
    }
    decoded_.clear();
    while (true) {
      decoded_.append(text, 0, plain);
      text.remove_prefix(plain);
      if (text.empty()) break;
      const std::size_t size = text[0] == '&' ? reference(text) : 0;
      if (size == 0) return false;
      text.remove_prefix(size);
      plain = text::find_byte(text, 0, is_odd);
    }
    text_.add(decoded_);
    return true;
  }

  // A reference, a lone "<" or a control character.
  static constexpr auto is_odd = [](unsigned char c) {
    return ((c < 0x20) & (c != '\n') & (c != '\t')) | (c == '&') | (c == '<') | (c == 0x7F);
  };

  // Reads a reference as everybody writes it; returns its length, 0 where it is another.
  std::size_t reference(std::string_view text) {
    if (text.size() == 1 || text[1] == ' ' || text[1] == '\n') {
      decoded_ += '&';
      return 1;
    }
    const auto found = read_reference(text);
    if (!found || text[found->size - 1] != ';') return 0;
    const char32_t c = found->value;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c >= 0xD800) return 0;
    if (c == 0x2329 || c == 0x232A) return 0;  // HTML 4 and HTML 5 differ about &lang; and &rang;
    decoded_ += text::encode(c);
    return found->size;
  }

  bool start(const HtmlToken& tag, Sort sort) {
    if (sort == Sort::odd || !is_shown(tag, sort)) return false;
    if (sort == Sort::phrase) return true;
    if (sort == Sort::line_break) {
      text_.line_break();
      return true;
    }
    if (sort == Sort::picture) {
      text_.gap(gap_of(sort));
      return true;
    }
    if (sort == Sort::heading && is_open(Sort::heading)) return false;
    if (sort == Sort::list_item) close_list_item();
    close_paragraph();
    text_.gap(gap_of(sort));
    if (sort == Sort::rule) return true;
    open_.push_back(sort);
    return open_.size() <= max_open_blocks;
  }

  // Not hidden, and no picture that stands for an emoji.
  static bool is_shown(const HtmlToken& tag, Sort sort) {
    if (tag.attribute_count > tag.attributes.size()) return false;
    return std::none_of(tag.attributes.begin(), tag.attributes.end(), [&](const auto& attribute) {
      return hides(attribute.name, attribute.value) ||
             (sort == Sort::picture && text::equal_ignoring_case(attribute.name, "class"));
    });
  }

  bool is_open(Sort sort) const {
    return std::find(open_.begin(), open_.end(), sort) != open_.end();
  }

  void close_last() {
    text_.gap(gap_of(open_.back()));
    open_.pop_back();
  }

  // A paragraph holds no blocks: it ends before one.
  void close_paragraph() {
    if (!open_.empty() && open_.back() == Sort::paragraph) close_last();
  }

  // The item before, unless a list or a quotation lies between.
  void close_list_item() {
    for (auto block = open_.rbegin(); block != open_.rend(); ++block) {
      if (*block == Sort::list_item) return close_through(Sort::list_item);
      if (*block != Sort::paragraph && *block != Sort::division) return;
    }
  }

  void close_through(Sort sort) {
    while (open_.back() != sort) close_last();
    close_last();
  }

  bool end(Sort sort) {
    switch (sort) {
      case Sort::phrase:
        return true;
      case Sort::paragraph:
        // One that was never opened stands for an empty one.
        text_.gap(gap_of(sort));
        close_paragraph();
        return true;
      case Sort::list_item:
        end_list_item();
        return true;
      case Sort::heading:
        close_paragraph();
        if (open_.empty() || open_.back() != sort) return false;
        close_last();
        return true;
      case Sort::unordered:
      case Sort::ordered:
      case Sort::quote:
      case Sort::division:
        if (is_open(sort)) close_through(sort);
        return true;
      default:
        return false;
    }
  }

  // An item's end does not reach beyond the innermost list.
  void end_list_item() {
    for (auto block = open_.rbegin(); block != open_.rend(); ++block) {
      if (*block == Sort::list_item) return close_through(Sort::list_item);
      if (*block == Sort::unordered || *block == Sort::ordered) return;
    }
  }

  HtmlTokens tokens_;
  PageText text_;
  std::vector<Sort> open_;  // blocks, outermost first
  std::string decoded_;
};

}  // namespace

std::optional<std::string> text_of_plain_fragment(std::string_view utf8) {
  return Fragment(utf8).read();
}

}  // namespace testigo::formats
