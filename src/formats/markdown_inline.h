#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace testigo::formats {

// Labels that a document gives addresses ("[docs]: https://…"), as label_key writes them.
using LinkLabels = std::unordered_set<std::string>;

// CommonMark §4.7: labels are alike whatever their case and space.
[[nodiscard]] std::string label_key(std::string_view label);

inline constexpr std::size_t longest_label = 999;  // CommonMark §4.7

// The words of one paragraph, heading or cell: marks of emphasis, links, pictures, code, HTML tags
// and escapes taken out, "\n" where a line breaks. Linear in the text.
[[nodiscard]] std::string markdown_words(std::string_view block, const LinkLabels& labels);

}  // namespace testigo::formats
