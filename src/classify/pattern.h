#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"
#include "text/words.h"

namespace testigo::classify {

// What one token may be: a word, anything that begins with a stem, or a kind of token.
struct Atom {
  enum class Kind : std::uint8_t { word, stem, token_kind };
  Kind kind = Kind::word;
  text::TokenKind token_kind = text::TokenKind::word;  // of a token_kind atom
  std::string text;                                    // folded; of a word or stem

  friend auto operator<=>(const Atom&, const Atom&) = default;
};

// One step of a pattern.
struct Element {
  enum class Kind : std::uint8_t { one_of, gap, brand, sentence_start, sentence_end };
  Kind kind = Kind::one_of;
  std::vector<Atom> atoms;  // one_of: sorted, no two alike
  std::uint8_t min = 1;     // gap: how many words are passed over
  std::uint8_t max = 1;

  friend bool operator==(const Element&, const Element&) = default;
};

using Sequence = std::vector<Element>;

inline constexpr std::size_t max_sequences = 20000;   // of one pattern, once its choices are written out
inline constexpr std::size_t max_pattern_words = 32;  // reach of a pattern: more is no phrase

// What a `<name>` stands for: the ways in which it can be said, or nothing if it is not known.
using ClassLookup = std::function<const std::vector<Sequence>*(std::string_view name)>;

// A pattern that cannot be read: where (a byte of the pattern, from 0) and what to do about it.
struct PatternError {
  std::size_t at = 0;
  std::string what;
};

// The ways in which a pattern can match, by the language of rules/README.md.
[[nodiscard]] std::variant<std::vector<Sequence>, PatternError> parse_pattern(
    std::string_view pattern, const ClassLookup& classes);

// The same for `classes.tsv`: alternatives at the top need no brackets, and neither gaps nor sentence
// borders are allowed.
[[nodiscard]] std::variant<std::vector<Sequence>, PatternError> parse_class(
    std::string_view alternatives, const ClassLookup& classes);

// A single word that is to be taken as it is: a picture.
[[nodiscard]] Sequence literal_sequence(std::string_view folded);

}  // namespace testigo::classify
