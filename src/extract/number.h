#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace testigo::extract {

// Digits may be of any script: "４.５", "٤٫٥".

// A number as people write it: "4.5", "4,5" (a decimal comma), "1,234", "1.234,5", "1 234",
// " 87 %", "+3". A single comma before exactly three digits marks thousands ("1,234"; not "0,500"),
// a single full stop does not ("4.625"). Nothing where words stand beside it.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

// The number of reviews, votes or likes in a text: whole, not negative. Here "1.234" is a thousand
// and more, "2.4k" is 2400; of a text with several numbers, the one in brackets or beside words
// that are not "of" ("4.5/5 (23 reviews)" → 23). Nothing where that is not clear.
[[nodiscard]] std::optional<std::int64_t> parse_count(std::string_view text);

// A rating with what its own text says of the scale; drawn as characters too: "★★★½".
struct WrittenRating {
  double value = 0.0;
  std::optional<double> best;  // "4.5/5", "3 out of five", "90%"

  friend bool operator==(const WrittenRating&, const WrittenRating&) = default;
};
[[nodiscard]] std::optional<WrittenRating> parse_rating(std::string_view text);

// Whether a text is a number of stars and nothing else: "4 estrellas", "4.5 star rating".
[[nodiscard]] bool counts_stars(std::string_view text);

// The scale that a text goes on with after a value: " out of 5 stars" → 5. Nothing for "5 reviews".
[[nodiscard]] std::optional<double> scale_at_start(std::string_view text);

// All numbers in a text, in order, signs ignored: "3.5 of 5 (1,204)" → 3.5, 5, 1204.
[[nodiscard]] std::vector<double> numbers_in(std::string_view text);

}  // namespace testigo::extract
