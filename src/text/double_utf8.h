#pragma once

#include <string>

namespace testigo::text {

// A text that was UTF-8, taken for windows-1252 and made UTF-8 again ("garantÃ­a"), as it was
// before; any other as it is. It is one if each of its characters beyond ASCII is part of such a
// sequence, and there are several: nobody writes like that.
[[nodiscard]] std::string mend_double_utf8(std::string text);

// The same of a text that may be as short as a name: one sequence will do where no author writes
// such a pair: "Ã©", a capital behind a small letter ("striÈ›"), "â€™" for an apostrophe.
[[nodiscard]] std::string mend_short_double_utf8(std::string text);

}  // namespace testigo::text
