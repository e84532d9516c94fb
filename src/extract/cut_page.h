#pragma once

#include <string_view>

namespace testigo::extract {

// Whether an HTML page ends in its middle: it begins as a page does, and ends without the end of
// its body while boxes are still open. Pages that merely leave out end tags that may be left out
// (HTML §13.1.2.4) close their boxes.
[[nodiscard]] bool ends_in_its_middle(std::string_view utf8);

}  // namespace testigo::extract
