#pragma once

#include <optional>
#include <string_view>

namespace testigo::extract {

// Whether a text is a rating on its scale and nothing else, wherever it stands: "★★★★☆",
// "Nota: 4/5", "4,0 / 5", "Puntuación: 4 de 5 estrellas", "Evaluare: 5 stele". One star alone is a
// mark, and a bare "4/5" a place among pictures.
[[nodiscard]] bool is_rating_text(std::string_view text);

// Whether a text is a value and its scale, and has no other words: "6,5/10", "4 / 5".
[[nodiscard]] bool is_bare_rating(std::string_view text);

// What stands behind a rating that begins a text: "Avoid" of "2/10 Avoid"; nothing where none on a
// scale does.
[[nodiscard]] std::optional<std::string_view> behind_rating(std::string_view text);

// Whether class names tell of a rating: "star-rating", "userrating", "rated", "rateit",
// "bubble_45"; not "moderated", "operating". Lower-case.
[[nodiscard]] bool names_rating(std::string_view names);

}  // namespace testigo::extract
