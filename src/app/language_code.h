#pragma once

#include <string>
#include <string_view>

namespace testigo::app {

// The BCP 47 tag that people and programs mean when they write a language: "es" of "ES", "spa" and
// "Spanish", "ro" of "rum", "es-MX" of "es_mx". "" where there is none that is known.
[[nodiscard]] std::string language_tag_of(std::string_view said);

// The same without what follows the language: "es" of "es_mx".
[[nodiscard]] std::string language_code_of(std::string_view said);

}  // namespace testigo::app
