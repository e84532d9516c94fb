#pragma once

#include <string>
#include <string_view>

namespace testigo::formats {

// XML text as a strict reader takes it, of what feeds send: HTML's named characters and numeric
// ones that XML forbids are put in place, a lone "&" becomes "&#38;", control characters become
// spaces, invalid UTF-8 U+FFFD, what stands before the first "<" goes. CDATA, comments and
// processing instructions keep their "&".
[[nodiscard]] std::string mend_xml(std::string_view utf8);

// Whether any tag has more attributes than that, declarations of namespaces among them; and some
// that have not, where quotes are not closed. One pass over the bytes.
[[nodiscard]] bool has_wide_tag(std::string_view xml, std::size_t most_attributes);

}  // namespace testigo::formats
