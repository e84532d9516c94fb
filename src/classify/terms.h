#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classify/labelled_text.h"
#include "classify/rules.h"

namespace testigo::classify {

// What may become a rule's pattern.
struct Term {
  enum class Kind : std::uint8_t {
    word,     // "flimsy"
    pair,     // "falls apart"
    negated,  // "<not> _{0,2} worth": a word that a negator reaches
  };
  Kind kind = Kind::word;
  std::string pattern;  // in the language of rules/README.md
  bool name = false;    // mostly capitalised within sentences or in hashtags: a name, a topic
};

// Which terms stand in which texts.
struct TermIndex {
  std::vector<Term> terms;
  std::vector<std::vector<std::uint32_t>> of_text;  // by text: terms, each once, ascending
};

// Finds the terms of texts of one language that stand in `least_texts` or more of them. Words that
// a rule of the axis covers already are no terms: what is known is not learnt again. Negated forms
// are looked for only where `negated` says that the language has a class <not>. Two passes, the
// first of which counts in a table of fixed size, so that memory is bounded by what is kept.
[[nodiscard]] TermIndex index_terms(const Rules& rules, std::string_view language, LearntAxis axis,
                                    std::span<const LabelledText> texts, std::size_t least_texts,
                                    bool negated);

}  // namespace testigo::classify
