#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::sources {

// What a name that a service gives to a value tells of it. Names come apart into words first:
// "reviewText", "review_text" and "review__text" are all "reviewtext". Names are known in English,
// Spanish and Romanian.

// Folded, without anything but ASCII letters and digits: "Puntuación" is "puntuacion".
[[nodiscard]] std::string plain_name(std::string_view name);

// A name's words: "c-review__bodyText" → c, review, body, text.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

// Fields of [items.fields] that can be told by a name.
[[nodiscard]] const std::vector<std::string_view>& told_fields();

// How well a path of plain names ("user", "name") fits a field: 0 best; nothing where it does not.
[[nodiscard]] std::optional<std::size_t> fit(std::string_view field,
                                             const std::vector<std::string>& path);

}  // namespace testigo::sources
