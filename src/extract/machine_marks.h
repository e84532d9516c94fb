#pragma once

#include <string>

namespace testigo::extract {

// A text without the marks for machines that shops put before the words of a review: films and
// other articles by their numbers, "[[VIDEOID:4f1c]]". Words in such a mark stay: "[[ASIN:B004 Blue
// Kettle]] leaks" → "Blue Kettle leaks".
[[nodiscard]] std::string without_machine_marks(std::string text);

}  // namespace testigo::extract
