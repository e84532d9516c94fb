#pragma once

#include <string_view>

namespace testigo::text {

// Whether the language of a BCP 47 tag is one of ISO 639 as ICU has it: "pt-BR" yes, "zz" no. Also
// "und", the tag of what is not known.
[[nodiscard]] bool is_language(std::string_view tag);

}  // namespace testigo::text
