#include "formats/html_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::array<std::string_view, 8> raw_elements = {
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"};
constexpr std::size_t shortest_raw_name = 3;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What a byte means within a tag, looked up: half of a page's bytes stand there.
enum Role : std::uint8_t {
  space = 1,
  ends_tag_name = 2,
  ends_attribute_name = 4,
  ends_bare_value = 8,
  begins_raw_name = 16,
};
constexpr std::array<std::uint8_t, 256> roles = [] {
  std::array<std::uint8_t, 256> made{};
  for (const char c : {' ', '\t', '\n', '\f', '\r'})
    made[static_cast<unsigned char>(c)] =
        space | ends_tag_name | ends_attribute_name | ends_bare_value;
  made['/'] = ends_tag_name | ends_attribute_name;
  made['>'] = ends_tag_name | ends_attribute_name | ends_bare_value;
  made['='] = ends_attribute_name;
  for (const std::string_view raw : raw_elements) {
    made[static_cast<unsigned char>(raw[0])] |= begins_raw_name;
    made[static_cast<unsigned char>(raw[0] - 'a' + 'A')] |= begins_raw_name;
  }
  return made;
}();

bool has_role(char c, Role role) { return (roles[static_cast<unsigned char>(c)] & role) != 0; }
bool is_space(char c) { return has_role(c, space); }

// Where the first byte in that role stands at or after `at`; the page's size where there is none.
std::size_t find_role(std::string_view page, std::size_t at, Role role) {
  while (at < page.size() && !has_role(page[at], role)) ++at;
  return at;
}

bool is_raw(std::string_view name) {
  if (name.size() < shortest_raw_name || !has_role(name[0], begins_raw_name)) return false;
  return std::any_of(raw_elements.begin(), raw_elements.end(), [name](std::string_view raw) {
    return raw.size() == name.size() && text::equal_ignoring_case(raw, name);
  });
}

}  // namespace

const HtmlToken& HtmlTokens::next() {
  token_.attributes.clear();
  token_.attribute_count = 0;
  token_.self_closing = false;
  token_.text = token_.name = {};
  if (!raw_element_.empty()) {
    read_raw_text();
    return token_;
  }
  while (at_ < page_.size()) {
    if (peek() != '<') {
      read_text();
      return token_;
    }
    if (read_markup()) return token_;
  }
  token_.kind = HtmlToken::Kind::end;
  return token_;
}

void HtmlTokens::read_text() {
  const std::size_t end = std::min(page_.find('<', at_ + 1), page_.size());
  token_.kind = HtmlToken::Kind::text;
  token_.text = page_.substr(at_, end - at_);
  at_ = end;
}

// At "<": true with a token made, false where something was skipped.
bool HtmlTokens::read_markup() {
  if (is_alpha(peek(1))) {
    read_tag(at_ + 1, HtmlToken::Kind::start_tag);
    if (is_raw(token_.name)) raw_element_ = token_.name;
    return true;
  }
  if (peek(1) == '/' && is_alpha(peek(2))) {
    read_tag(at_ + 2, HtmlToken::Kind::end_tag);
    return true;
  }
  const bool is_cut_off = peek(1) == '/' && at_ + 2 >= page_.size();  // a page's end is no comment
  if (peek(1) == '!' || peek(1) == '?' || (peek(1) == '/' && !is_cut_off)) {
    skip_comment();
    return false;
  }
  read_text();  // a lone "<" is text, and so is "</" at the very end
  return true;
}

void HtmlTokens::skip_comment() {
  if (page_.substr(at_, 4) != "<!--") {
    at_ = std::min(page_.find('>', at_), page_.size() - 1) + 1;
    return;
  }
  at_ += 4;
  if (peek() == '>') {
    ++at_;
    return;
  }
  const std::size_t begin = at_ - (peek() == '-' ? 1 : 0);  // "<!-->" and "<!--->" are complete
  const std::size_t plain = page_.find("-->", begin);
  const std::size_t bang = page_.substr(0, plain).find("--!>", begin);
  const std::size_t end = std::min(plain, bang);
  at_ = end == std::string_view::npos ? page_.size() : end + (end == bang ? 4 : 3);
}

void HtmlTokens::skip_space() {
  while (at_ < page_.size() && is_space(page_[at_])) ++at_;
}

void HtmlTokens::read_tag(std::size_t name_at, HtmlToken::Kind kind) {
  token_.kind = kind;
  at_ = name_at;
  at_ = find_role(page_, at_, ends_tag_name);
  token_.name = page_.substr(name_at, at_ - name_at);
  if (peek() == '>') {
    ++at_;
  } else {
    read_attributes();
  }
}

void HtmlTokens::read_attributes() {
  while (true) {
    skip_space();
    if (at_ >= page_.size()) return;
    if (peek() == '>') {
      ++at_;
      return;
    }
    if (peek() == '/') {
      token_.self_closing = peek(1) == '>';
      ++at_;
      continue;
    }
    read_attribute();
  }
}

void HtmlTokens::read_attribute() {
  HtmlToken::Attribute attribute;
  const std::size_t begin = at_;  // a leading "=" belongs to the name
  at_ = find_role(page_, at_ + 1, ends_attribute_name);
  attribute.name = page_.substr(begin, at_ - begin);
  skip_space();
  if (peek() == '=') {
    ++at_;
    skip_space();
    const char quote = peek();
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++at_;
    const std::size_t value = at_;
    if (quoted) {
      at_ = std::min(page_.find(quote, at_), page_.size());
    } else {
      at_ = find_role(page_, at_, ends_bare_value);
    }
    attribute.value = page_.substr(value, at_ - value);
    if (quoted && at_ < page_.size()) ++at_;
  }
  ++token_.attribute_count;
  if (token_.attributes.size() < max_kept_attributes) token_.attributes.push_back(attribute);
}

// Up to "</name" in any case, or to the end of the page.
void HtmlTokens::read_raw_text() {
  token_.kind = HtmlToken::Kind::raw_text;
  token_.name = std::exchange(raw_element_, {});
  std::size_t end = page_.size();
  for (std::size_t i = at_; (i = page_.find("</", i)) != std::string_view::npos; i += 2) {
    const std::size_t after = i + 2 + token_.name.size();
    const bool same =
        text::equal_ignoring_case(page_.substr(i + 2, token_.name.size()), token_.name);
    const char next = after < page_.size() ? page_[after] : '>';
    if (!same || !(is_space(next) || next == '/' || next == '>')) continue;
    end = i;
    break;
  }
  token_.text = page_.substr(at_, end - at_);
  at_ = end;
}

}  // namespace testigo::formats
