#include "formats/html_plain.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "formats/entities.h"
#include "formats/html_plain_sorts.h"
#include "formats/html_tokens.h"
#include "text/find_byte.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Kind = HtmlToken::Kind;
using Sort = PlainSort;

// Which element's text comes next.
enum class Raw : std::uint8_t { none, title, script };

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f'; }
bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

// Builds the tree as the page's tokens come, until something is not plain.
class PlainBuilder {
 public:
  explicit PlainBuilder(std::string_view page) : tokens_(page), builder_(page.size()) {}

  std::optional<Tree> build() {
    while (true) {
      const HtmlToken& token = tokens_.next();
      if (token.kind == Kind::end) break;
      if (!take(token)) return std::nullopt;
    }
    if (place_ != Place::after_html) return std::nullopt;
    return builder_.finish();
  }

 private:
  enum class Place : std::uint8_t {
    before_html,
    before_head,
    in_head,
    after_head,
    in_body,
    after_body,
    after_html
  };

  struct Open {
    std::string name;
    Sort sort;
  };

  bool take(const HtmlToken& token) {
    switch (token.kind) {
      case Kind::text:
        return text(token.text);
      case Kind::raw_text:
        return raw_text(token);
      case Kind::start_tag:
        return read_name(token) && start(token);
      case Kind::end_tag:
        return read_name(token) && token.attribute_count == 0 && end();
      case Kind::end:
        break;
    }
    return false;
  }

  bool read_name(const HtmlToken& token) {
    name_ = text::ascii_lower(token.name);
    return std::all_of(name_.begin(), name_.end(),
                       [](char c) { return is_alphanumeric(c) || c == '-'; });
  }

  // --- texts -------------------------------------------------------------------------------

  bool text(std::string_view text) {
    if (place_ == Place::before_html || place_ == Place::before_head) return is_blank(text);
    if (place_ != Place::in_body && !is_blank(text)) return false;
    return add_text(text);
  }

  bool raw_text(const HtmlToken& token) {
    if (raw_ == Raw::title) return !token.text.starts_with('\n') && add_text(token.text);
    // Within "<!--" a script may hold another script's end tag.
    if (raw_ != Raw::script || token.text.find("<!--") != std::string_view::npos) return false;
    if (token.text.find('\0') != std::string_view::npos) return false;
    if (!token.text.empty()) builder_.text(token.text);
    return true;
  }

  bool add_text(std::string_view text) {
    if (!decode(text, false)) return false;
    if (!decoded_.empty()) builder_.text(decoded_);
    return true;
  }

  // Character references as everybody writes them; the standard's other 2,000 are not plain.
  bool decode(std::string_view text, bool attribute) {
    decoded_.clear();
    while (!text.empty()) {
      const std::size_t plain = text::find_byte(text, 0, is_odd);
      decoded_.append(text, 0, plain);
      text.remove_prefix(plain);
      if (text.empty()) break;
      if (text[0] != '&') return false;
      const std::size_t length =
          attribute && names_parameter(text) ? literal_ampersand() : reference(text);
      if (length == 0) return false;
      text.remove_prefix(length);
    }
    return true;
  }

  // References, lone "<" and control characters.
  static constexpr auto is_odd = [](unsigned char c) {
    return ((c < 0x20) & (c != '\n') & (c != '\t') & (c != '\f')) | (c == '&') | (c == '<') |
           (c == 0x7F);
  };

  // "&page=2" in an address: no reference (§13.2.5.73).
  static bool names_parameter(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && is_alphanumeric(text[at])) ++at;
    return at > 1 && at < text.size() && text[at] == '=';
  }

  std::size_t literal_ampersand() {
    decoded_ += '&';
    return 1;
  }

  // Reads the reference that a text begins with; returns its length, 0 where it is not plain.
  std::size_t reference(std::string_view text) {
    if (text.size() == 1 || is_space(text[1])) return literal_ampersand();
    const auto found = read_reference(text);
    if (!found || text[found->size - 1] != ';') return 0;
    const char32_t c = found->value;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c >= 0xD800) return 0;
    if (c == 0x2329 || c == 0x232A) return 0;  // HTML 4 and HTML 5 differ about &lang; and &rang;
    decoded_ += text::encode(c);
    return found->size;
  }

  // --- start tags --------------------------------------------------------------------------

  bool start(const HtmlToken& tag) {
    if (name_ == "html")
      return move(Place::before_html, Place::before_head) && open(tag, Sort::odd);
    if (name_ == "head") return move(Place::before_head, Place::in_head) && open(tag, Sort::odd);
    if (name_ == "body") return move(Place::after_head, Place::in_body) && open(tag, Sort::odd);
    const Sort sort = plain_sort_of(name_);
    if (name_ == "title" && place_ == Place::in_head) return start_raw(tag, Raw::title);
    if (place_ != Place::in_body && place_ != Place::in_head) return false;
    if (sort == Sort::raw) return start_raw(tag, Raw::script);
    if (sort == Sort::metadata) return open(tag, sort) && close_last();
    return place_ == Place::in_body && start_in_body(tag, sort);
  }

  bool start_in_body(const HtmlToken& tag, Sort sort) {
    switch (sort) {
      case Sort::empty:
        return open(tag, sort) && close_last();
      case Sort::rule:
        return end_paragraph() && open(tag, sort) && close_last();
      case Sort::heading:
        return open_.back().sort != Sort::heading && end_paragraph() &&
               open_.back().sort != Sort::heading && open(tag, sort);
      case Sort::list_item:
        return end_list_item() && end_paragraph() && open(tag, sort);
      case Sort::block:
      case Sort::paragraph:
        return end_paragraph() && open(tag, sort);
      case Sort::form:
        return !is_open(sort) && end_paragraph() && open(tag, sort);
      case Sort::button:
        return !is_open(sort) && open(tag, sort);
      case Sort::textarea:
        return start_raw(tag, Raw::title);
      case Sort::anchor:
        return !is_open(Sort::anchor) && open(tag, sort);
      case Sort::formatting:
      case Sort::ordinary:
        return open(tag, sort);
      default:
        return false;
    }
  }

  bool start_raw(const HtmlToken& tag, Raw raw) {
    raw_ = raw;
    return open(tag, Sort::raw);
  }

  bool open(const HtmlToken& tag, Sort sort) {
    if (tag.attribute_count > tag.attributes.size() || open_.size() >= max_plain_depth)
      return false;
    builder_.open(name_);
    open_.push_back({name_, sort});
    return add_attributes(tag);
  }

  bool add_attributes(const HtmlToken& tag) {
    for (std::size_t i = 0; i < tag.attributes.size(); ++i) {
      const HtmlToken::Attribute& attribute = tag.attributes[i];
      const bool plain = std::all_of(attribute.name.begin(), attribute.name.end(), [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '_' || c == ':';
      });
      if (!plain || !decode(attribute.value, true)) return false;
      const bool repeated = std::any_of(
          tag.attributes.begin(), tag.attributes.begin() + static_cast<std::ptrdiff_t>(i),
          [&](const HtmlToken::Attribute& before) {
            return text::equal_ignoring_case(before.name, attribute.name);
          });
      if (repeated) return false;
      attribute_name_ = text::ascii_lower(attribute.name);
      builder_.attribute(attribute_name_, decoded_);
    }
    return true;
  }

  bool move(Place from, Place to) {
    const bool in_place = place_ == from;
    place_ = to;
    return in_place;
  }

  bool is_open(Sort sort) const {
    return std::any_of(open_.begin(), open_.end(),
                       [sort](const Open& one) { return one.sort == sort; });
  }

  // Before a block: a paragraph just open ends, one further out is not plain.
  bool end_paragraph() {
    if (open_.back().sort == Sort::paragraph) close_last();
    return !is_open(Sort::paragraph);
  }

  // Before a list item: its neighbour ends if it is the last that is open. One further out is
  // parted from this one by a list of its own, or not plain.
  bool end_list_item() {
    if (open_.back().sort == Sort::paragraph) close_last();
    const Open& last = open_.back();
    // An li ends an li; a dt and a dd end one another.
    if (last.sort == Sort::list_item && (last.name == "li") == (name_ == "li")) close_last();
    return open_.back().name == "ul" || open_.back().name == "ol" || open_.back().name == "dl";
  }

  // --- end tags ----------------------------------------------------------------------------

  bool end() {
    if (open_.empty()) return false;
    if (name_ == "head") return move(Place::in_head, Place::after_head) && end_named();
    // Both stay open to what blank text may follow.
    if (name_ == "body")
      return move(Place::in_body, Place::after_body) && open_.back().name == name_;
    if (name_ == "html") return move(Place::after_body, Place::after_html);
    if (place_ != Place::in_body && place_ != Place::in_head) return false;
    const Sort sort = plain_sort_of(name_);
    if (sort == Sort::block || sort == Sort::list_item || sort == Sort::heading ||
        sort == Sort::form || sort == Sort::button) {
      end_implied();
    }
    return end_named();
  }

  // §13.2.6.3, as far as it goes here.
  void end_implied() {
    while (open_.back().name != name_ &&
           (open_.back().sort == Sort::paragraph || open_.back().sort == Sort::list_item)) {
      close_last();
    }
  }

  bool end_named() { return open_.back().name == name_ && close_last(); }

  bool close_last() {
    builder_.close();
    open_.pop_back();
    return true;
  }

  HtmlTokens tokens_;
  TreeBuilder builder_;
  Place place_ = Place::before_html;
  Raw raw_ = Raw::none;
  std::vector<Open> open_;
  std::string name_;  // of the tag in hand, lower-case
  std::string attribute_name_;
  std::string decoded_;
};

}  // namespace

std::optional<Tree> parse_plain_html(std::string_view utf8) {
  if (utf8.find('\r') != std::string_view::npos || !text::is_valid_utf8(utf8)) return std::nullopt;
  return PlainBuilder(utf8).build();
}

}  // namespace testigo::formats
