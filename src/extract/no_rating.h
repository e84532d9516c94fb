#pragma once

#include <string_view>

namespace testigo::extract {

// Whether a text that stands for a rating says that there is none, in the words that people and
// programs have for it in any language that is listened to: "N/A", "not rated", "-", "sin
// valoración", "fără notă". Case, accents and space around do not count. Blank is not for this to
// say.
[[nodiscard]] bool tells_no_rating(std::string_view written);

}  // namespace testigo::extract
