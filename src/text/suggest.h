#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace testigo::text {

// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
// (optimal string alignment), counted in bytes. Words over 64 bytes are compared by their first 64.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to a mistyped word, for "did you mean". At most a third of the word's
// letters, and at least one, may differ; the first of equals wins. Empty where none is near.
// A view into `candidates`.
[[nodiscard]] std::optional<std::string_view> did_you_mean(
    std::string_view word, std::span<const std::string_view> candidates);

}  // namespace testigo::text
