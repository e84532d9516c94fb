#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "classify/compiled.h"
#include "classify/matcher.h"
#include "text/words.h"

namespace testigo::classify {

// What stands around a hit and changes it: modifiers by their index, `absent` where there is none.
struct Circumstances {
  static constexpr std::uint32_t absent = UINT32_MAX;

  std::uint32_t negator = absent;
  std::uint32_t question = absent;
  std::uint32_t conditional = absent;
  std::uint32_t past = absent;
  std::uint32_t concession = absent;
  std::uint32_t contrast = absent;
  bool after_contrast = false;
  std::uint32_t exclaim = absent;
  std::array<std::uint32_t, 3> degree = {absent, absent, absent};  // intensifiers and diminishers
  std::uint32_t caps = absent;  // the token that is emphasised so
  std::uint32_t elongated = absent;
  std::uint32_t quoted = absent;
};

// Where clauses end and what modifiers reach. Keeps its buffers; linear in tokens.
class Scopes {
 public:
  void read(std::span<const text::Token> tokens, std::span<const Hit> modifiers,
            std::span<const Hit> hits);

  [[nodiscard]] std::uint32_t clause_of(std::uint32_t token) const { return clauses_[token]; }
  [[nodiscard]] std::uint32_t clause_count() const { return clause_count_; }
  [[nodiscard]] std::uint32_t sentence_count() const {
    return static_cast<std::uint32_t>(sentences_.size());
  }
  // `index` is the hit's among those that were given.
  [[nodiscard]] Circumstances of(std::size_t index) const;
  // Whether nothing stands around the hit: all of its circumstances are absent.
  [[nodiscard]] bool is_plain(std::size_t index) const;

 private:
  struct Reach {
    std::uint32_t negator = Circumstances::absent;
    std::uint32_t conditional = Circumstances::absent;
    std::uint32_t past = Circumstances::absent;
    std::uint32_t concession = Circumstances::absent;

    friend bool operator==(const Reach&, const Reach&) = default;
  };
  struct Sentence {
    std::uint32_t question = Circumstances::absent;
    std::uint32_t exclaim = Circumstances::absent;
    std::uint32_t contrast = Circumstances::absent;

    friend bool operator==(const Sentence&, const Sentence&) = default;
  };

  void reach_out();
  void mark_sentences();
  void attach_degrees();
  void attach_degree(std::uint32_t modifier, std::size_t next_hit);
  void add_degree(std::size_t hit, std::uint32_t modifier);
  [[nodiscard]] Modifier kind_of(std::uint32_t modifier) const {
    return static_cast<Modifier>(modifiers_[modifier].value);
  }
  // Whether the modifier is part of the hit's own words: then it says nothing about the hit.
  [[nodiscard]] bool holds_modifier(const Hit& hit, std::uint32_t modifier) const;
  [[nodiscard]] std::uint32_t emphasised(const Hit& hit, text::TokenFlag flag) const;

  std::span<const text::Token> tokens_;
  std::span<const Hit> modifiers_;
  std::span<const Hit> hits_;
  bool caps_mean_something_ = false;
  unsigned met_flags_ = 0;  // of all tokens
  std::uint32_t clause_count_ = 0;
  std::vector<std::uint32_t> clauses_;  // by token
  std::vector<Reach> reach_;            // by hit
  std::vector<Sentence> sentences_;
  std::vector<std::array<std::uint32_t, 3>> degrees_;  // by hit
};

[[nodiscard]] constexpr bool begins_clause(Modifier modifier) {
  return modifier == Modifier::boundary || modifier == Modifier::contrast ||
         modifier == Modifier::concession || modifier == Modifier::conditional;
}

// Axes on which intensity, contrast and unreality weigh; a theme is a theme whatever is said of it.
[[nodiscard]] constexpr bool is_weighed(std::uint8_t axis) {
  return axis == index_of(Axis::polarity) || axis == index_of(Axis::tag) ||
         axis == index_of(Axis::act) || axis == index_of(Axis::intent);
}

}  // namespace testigo::classify
