#include "formats/meta_prescan.h"

#include <algorithm>
#include <vector>

#include "text/charset.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::size_t max_prescan_bytes = 8u << 10;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Attribute {
  std::string name;  // lower-case
  std::string value;
};

// The standard's "prescan a byte stream", which knows less of HTML than the tokenizer does.
class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::string_view> run() {
    while (at_ < bytes_.size()) {
      at_ = bytes_.find('<', at_);
      if (at_ == std::string_view::npos) break;
      if (bytes_.substr(at_, 4) == "<!--") {
        const std::size_t end = bytes_.find("-->", at_ + 2);
        if (end == std::string_view::npos) break;
        at_ = end + 3;
      } else if (is_meta()) {
        at_ += 5;
        if (const auto encoding = meta()) return encoding;
      } else {
        skip_other();
      }
    }
    return {};
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }

  bool is_meta() const {
    return text::equal_ignoring_case(bytes_.substr(at_, 5), "<meta") &&
           (is_space(peek(5)) || peek(5) == '/');
  }

  void skip_other() {
    const bool end_tag = peek(1) == '/';
    if (is_alpha(peek(end_tag ? 2 : 1))) {
      while (at_ < bytes_.size() && !is_space(peek()) && peek() != '>') ++at_;
      while (attribute()) {
      }
    } else if (peek(1) == '!' || peek(1) == '/' || peek(1) == '?') {
      at_ = std::min(bytes_.find('>', at_), bytes_.size());
    } else {
      ++at_;
    }
  }

  // §13.2.3.2 "get an attribute".
  std::optional<Attribute> attribute() {
    while (at_ < bytes_.size() && (is_space(peek()) || peek() == '/')) ++at_;
    if (at_ >= bytes_.size() || peek() == '>') return {};
    Attribute out;
    while (at_ < bytes_.size()) {
      const char c = peek();
      if ((c == '=' && !out.name.empty()) || is_space(c) || c == '/' || c == '>') break;
      out.name += c;
      ++at_;
    }
    out.name = text::ascii_lower(out.name);
    skip_space();
    if (peek() != '=') return out;
    ++at_;
    skip_space();
    value(out.value);
    return out;
  }

  void skip_space() {
    while (at_ < bytes_.size() && is_space(peek())) ++at_;
  }

  void value(std::string& out) {
    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      const std::size_t end = std::min(bytes_.find(quote, at_ + 1), bytes_.size());
      out = text::ascii_lower(bytes_.substr(at_ + 1, end - at_ - 1));
      at_ = std::min(end + 1, bytes_.size());
      return;
    }
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && !is_space(peek()) && peek() != '>') ++at_;
    out = text::ascii_lower(bytes_.substr(begin, at_ - begin));
  }

  std::optional<std::string_view> meta() {
    bool is_content_type = false;
    bool needs_content_type = false;
    std::vector<std::string> seen;
    std::optional<std::string> label;
    while (const std::optional<Attribute> found = attribute()) {
      if (std::find(seen.begin(), seen.end(), found->name) != seen.end()) continue;
      seen.push_back(found->name);
      if (found->name == "http-equiv") is_content_type = found->value == "content-type";
      if (found->name == "content" && !label) {
        label = charset_parameter(found->value);
        if (label) needs_content_type = true;
      }
      if (found->name == "charset") {
        label = found->value;
        needs_content_type = false;
      }
    }
    // A tag cut off by the end of the bytes declares nothing.
    if (at_ >= bytes_.size() || !label || (needs_content_type && !is_content_type)) return {};
    return text::encoding_for_label(*label);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::optional<std::string_view> xml_declaration(std::string_view bytes) {
  if (bytes.substr(0, 5) != "<?xml") return {};
  const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return text::encoding_for_label(declaration.substr(at + 1, end - at - 1));
}

}  // namespace

std::optional<std::string_view> prescan_encoding(std::string_view bytes) {
  bytes = bytes.substr(0, max_prescan_bytes);
  std::optional<std::string_view> encoding = xml_declaration(bytes);
  if (!encoding) encoding = Prescan(bytes).run();
  if (encoding && encoding->substr(0, 6) == "UTF-16") return "UTF-8";
  return encoding;
}

std::optional<std::string> charset_parameter(std::string_view content_type) {
  const std::string lower = text::ascii_lower(content_type);
  std::size_t at = 0;
  while (true) {
    at = lower.find("charset", at);
    if (at == std::string::npos) return {};
    at = std::min(lower.find_first_not_of(" \t\n\f\r", at + 7), lower.size());
    if (at < lower.size() && lower[at] == '=') break;
  }
  at = lower.find_first_not_of(" \t\n\f\r", at + 1);
  if (at == std::string::npos) return {};
  if (lower[at] == '"' || lower[at] == '\'') {
    const std::size_t end = lower.find(lower[at], at + 1);
    if (end == std::string::npos) return {};
    return lower.substr(at + 1, end - at - 1);
  }
  return lower.substr(at, lower.find_first_of("; \t\n\f\r", at) - at);
}

}  // namespace testigo::formats
