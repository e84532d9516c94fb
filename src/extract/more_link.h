#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace testigo::extract {

// Where a link to the whole text begins in a line that ends in one which names what it leads to:
// "It leaks … Continue reading “Kettles”", "Read more about Kettles »". It stands after an ellipsis
// or is the whole line, begins with one of `phrases` (folded; those of one word do not count), and
// the name is in quotation marks, has an arrow behind it or is `title`. npos where there is none.
[[nodiscard]] std::size_t more_link_at(std::string_view line, std::string_view title,
                                       std::span<const std::string> phrases);

}  // namespace testigo::extract
