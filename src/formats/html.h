#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "formats/tree.h"

namespace testigo::formats {

// Gumbo takes time with the square of depth and of attributes per tag (100,000 nested divs: 14 s),
// so a scan of the bytes refuses such pages before it sees them.
struct HtmlLimits {
  std::size_t max_bytes = 16u << 20;  // decoded; the heaviest forum pages are 5 MB
  std::size_t max_depth = 1'000;      // browsers stop at 512
  std::size_t max_attributes = 512;   // on one tag
};

// The tree that the HTML5 algorithm makes of any bytes: always html, head and body. Bytes must be
// UTF-8 (see encoding_sniff.h); invalid sequences come out as U+FFFD. Names are lower-case, foreign
// content keeps no namespace. <template> contents are ordinary children.
// Errors: limit_exceeded only; there is no malformed HTML.
[[nodiscard]] Result<Tree> parse_html(std::string_view utf8, const HtmlLimits& limits = {});

// What a reader sees of a node: entities decoded, runs of space made one, a line break at <br> and
// around blocks, a blank line around paragraphs, table cells apart, <pre> as it stands. Scripts,
// styles, templates, and anything with the attribute `hidden` are left out. Trimmed.
[[nodiscard]] std::string text_of(Node node);
// The same, without the elements and texts below that `leave_out` says.
[[nodiscard]] std::string text_of(Node node, const std::function<bool(Node)>& leave_out);

// Whether one of its attributes hides an element where no script runs (page_text.h). On a page
// scripts unfold what styles hide, and only `hidden` counts.
[[nodiscard]] bool is_hidden(Node node);

// text_of for markup in a string, as feeds and APIs hold it, without what is hidden there. Plain
// text passes through, entities decoded. What parse_html refuses has its tags stripped.
[[nodiscard]] std::string text_of_html(std::string_view utf8);

}  // namespace testigo::formats
