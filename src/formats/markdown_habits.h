#pragma once

#include <string>
#include <string_view>

namespace testigo::formats {

// What people and their editors write in Markdown beyond CommonMark, put so that it is read as they
// mean it: Lemmy's ":::" lines and Reddit's ">!…!<" lose their marks, comments go, a blank line
// ends a quotation, and stars between letters ("f**k") are escaped. Code stays. Linear in the text.
[[nodiscard]] std::string as_commonmark(std::string_view utf8);

}  // namespace testigo::formats
