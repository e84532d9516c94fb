#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace testigo::formats {

// What separates two pieces of a page's text; the greatest one asked for wins.
enum class Gap : std::uint8_t { none, space, line, paragraph };

// How an HTML element stands in the text around it.
struct Standing {
  Gap gap = Gap::none;  // before and after it
  bool unseen = false;  // what it holds is no text
};
[[nodiscard]] Standing standing_of(std::string_view element);

// Whether an attribute hides its element for good where no script runs: hidden, aria-hidden="true",
// a style of "display: none" or "visibility: hidden".
[[nodiscard]] bool hides(std::string_view attribute, std::string_view value);

// Puts a page's text together as a reader sees it.
class PageText {
 public:
  PageText() = default;
  explicit PageText(std::size_t room) { out_.reserve(room); }  // for so many bytes

  void gap(Gap gap);
  // <br>: the second in a row makes a paragraph.
  void line_break();
  // Text in which runs of space are one; at its ends they only ask for a gap.
  void add(std::string_view text);
  void add_as_is(std::string_view text);
  // All of it, without space at its end.
  [[nodiscard]] std::string take();

 private:
  void write(std::string_view text);

  std::string out_;
  Gap pending_ = Gap::none;
  bool broken_ = false;  // a <br> is pending
};

}  // namespace testigo::formats
