#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace testigo::render {

// Markup that is safe to send. It is made of our own literals ("<p>"_html) and of escaped text,
// and of nothing else: there is no way from a string to Html but escape().
class Html {
 public:
  Html() = default;
  [[nodiscard]] const std::string& str() const { return markup_; }

  Html& operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return std::move(a += b); }
  friend bool operator==(const Html&, const Html&) = default;

 private:
  explicit Html(std::string markup) : markup_(std::move(markup)) {}
  friend Html escape(std::string_view text);
  friend Html operator""_html(const char* literal, std::size_t size);

  std::string markup_;
};

// Text for element content and for attribute values in either quotes: & < > " ' and ` become
// references; controls that HTML forbids, bidirectional controls and what is not UTF-8 become
// U+FFFD.
[[nodiscard]] Html escape(std::string_view text);

// Markup written by us. A literal only: never call it by name.
[[nodiscard]] Html operator""_html(const char* literal, std::size_t size);

// The value of an href: the URL if it is http or https, else "#", so that no scraped javascript: or
// data: link is ever followed.
[[nodiscard]] Html escape_link(std::string_view url);

// Text as Markdown (CommonMark 0.31, GitHub's tables) shows it literally within a line. One line:
// see neutralise.
[[nodiscard]] std::string escape_markdown(std::string_view text);

}  // namespace testigo::render
