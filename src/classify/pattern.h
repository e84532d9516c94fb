#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "classify/atoms.h"
#include "core/result.h"
#include "text/words.h"

namespace testigo::classify {

// One step of a pattern.
struct Element {
  enum class Kind : std::uint8_t { one_of, gap, brand, sentence_start, sentence_end };
  Kind kind = Kind::one_of;
  std::uint8_t min = 1;  // gap: how many words are passed over
  std::uint8_t max = 1;
  std::uint32_t set = 0;  // one_of: of the AtomSets that the pattern was read with

  friend bool operator==(const Element&, const Element&) = default;
};

// Whether it is a place between words and none of them.
[[nodiscard]] inline bool is_border(const Element& element) {
  return element.kind == Element::Kind::sentence_start ||
         element.kind == Element::Kind::sentence_end;
}

using Sequence = std::vector<Element>;

inline constexpr std::size_t max_sequences =
    20000;  // of one pattern, once its choices are written out
inline constexpr std::size_t max_pattern_words = 32;  // reach of a pattern: more is no phrase

// What a `<name>` stands for: the ways in which it can be said, or nothing if it is not known.
using ClassLookup = std::function<const std::vector<Sequence>*(std::string_view name)>;

// A pattern that cannot be read: where (a byte of the pattern, from 0) and what to do about it.
struct PatternError {
  std::size_t at = 0;
  std::string what;
};

// A pattern's parts, one behind the other, each with the ways in which it can be said; one of no
// step where it may be left out.
using Parts = std::vector<std::vector<Sequence>>;

using PatternResult = std::variant<Parts, PatternError>;
using ClassResult = std::variant<std::vector<Sequence>, PatternError>;

// Reads patterns of one language; `sets` must outlive it.
class PatternReader {
 public:
  explicit PatternReader(AtomSets& sets) : sets_(sets) {}

  // Makes room for so many words.
  void reserve(std::size_t words) { literals_.reserve(words); }

  // What a pattern can match, by the language of rules/README.md. One part, all ways written out,
  // where they are few.
  [[nodiscard]] PatternResult read_pattern(std::string_view pattern, const ClassLookup& classes);
  // The same for `classes.tsv`: alternatives at the top need no brackets, and neither gaps nor
  // sentence borders are allowed.
  [[nodiscard]] ClassResult read_class(std::string_view alternatives, const ClassLookup& classes);

  // Words as they are written in patterns, by number, and the steps that they are: most stand in
  // many.
  class Literals {
   public:
    static constexpr std::uint32_t none = Vocabulary::none;

    void reserve(std::size_t words) { written_.reserve(words); }
    [[nodiscard]] std::uint32_t find(std::string_view written) const;
    std::uint32_t add(std::string_view written, std::span<const Element> steps);
    // Lives as long as none is added.
    [[nodiscard]] std::span<const Element> steps(std::uint32_t literal) const {
      return std::span(steps_).subspan(begins_[literal], begins_[literal + 1] - begins_[literal]);
    }

   private:
    Vocabulary written_;
    std::vector<Element> steps_;               // of all, one behind the other
    std::vector<std::uint32_t> begins_ = {0};  // by literal: in steps_; and the last one's end
  };

 private:
  AtomSets& sets_;
  text::Tokenizer tokenizer_;
  Literals literals_;
};

// Ways of one word each become one step with a choice, so that (a|b|c) does not triple what
// follows.
[[nodiscard]] std::vector<Sequence> merge_single_words(std::vector<Sequence> ways, AtomSets& sets);

// A step that is one atom.
[[nodiscard]] Element one_of(AtomId atom, AtomSets& sets);

}  // namespace testigo::classify
