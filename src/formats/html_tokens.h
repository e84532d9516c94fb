#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace testigo::formats {

// One step through the bytes of an HTML page. All views are into the page, undecoded.
struct HtmlToken {
  enum class Kind : std::uint8_t { text, start_tag, end_tag, raw_text, end };
  struct Attribute {
    std::string_view name;  // as written
    std::string_view value;
  };

  Kind kind = Kind::end;
  std::string_view text;  // of text; of raw_text (what stands in <script>, <title>, …)
  std::string_view name;  // of tags, as written; of raw_text the element's
  std::vector<Attribute> attributes;  // at most max_kept_attributes
  std::size_t attribute_count = 0;    // all of them
  bool self_closing = false;
};

// More say nothing about a page; the rest is counted only.
inline constexpr std::size_t max_kept_attributes = 64;

// The HTML tokenizer (§13.2.5) as far as it tells tags from text, in one linear pass that holds
// nothing: comments, doctypes and CDATA are skipped, raw-text elements come as one token.
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view page) : page_(page) {}

  // The next token; kind `end` at the end, for good. The reference holds until the next call.
  const HtmlToken& next();
  // How many bytes the tokens so far have taken.
  [[nodiscard]] std::size_t position() const { return at_; }

 private:
  void read_text();
  bool read_markup();
  void read_tag(std::size_t name_at, HtmlToken::Kind kind);
  void read_attributes();
  void read_attribute();
  void read_raw_text();
  void skip_comment();
  void skip_space();
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < page_.size() ? page_[at_ + ahead] : '\0';
  }

  std::string_view page_;
  std::size_t at_ = 0;
  HtmlToken token_;
  std::string_view raw_element_;  // whose text comes next
};

}  // namespace testigo::formats
