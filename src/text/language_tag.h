#pragma once

#include <string>
#include <string_view>

namespace testigo::text {

// Whether the language of a BCP 47 tag is one of ISO 639 as ICU has it: "pt-BR" yes, "zz" no. Also
// "und", the tag of what is not known.
[[nodiscard]] bool is_language(std::string_view tag);

// The language of a tag as pages write it, in small letters: "en" of "en-US", "EN_us"; or of its
// name in English or in itself ("Spanish", "español"). "" where there is none that is known.
[[nodiscard]] std::string known_language(std::string_view tag);

}  // namespace testigo::text
