#pragma once

#include <cstdint>

#include "text/fold.h"

namespace testigo::text {

// What the tokenizer needs to know of a code point.
enum class CharClass : std::uint8_t {
  other,
  letter,     // and marks that go with letters
  ideograph,  // a word of its own: Han, kana
  digit,
  space,
  newline,
  emoji,
  ignored,  // vanishes in folding: joiners, variation selectors, soft hyphen
};

struct CharFacts {
  FoldedChar folded;
  CharClass kind = CharClass::other;
  bool upper = false;
};

// Precomputed up to U+24FF, worked out on the spot beyond.
[[nodiscard]] CharFacts char_facts(char32_t code_point);

}  // namespace testigo::text
