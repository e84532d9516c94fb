#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "classify/compiled.h"
#include "classify/matcher.h"
#include "classify/scopes.h"
#include "classify/tally.h"
#include "text/words.h"

namespace testigo::classify {

// What a hit came to, after all modifiers: for facets, targets and durations.
struct Outcome {
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  std::uint8_t axis = 0;  // of the rule that fired
  std::uint16_t value = 0;
  double polarity = 0.0;  // what it added to positive, less what it added to negative
  bool negated = false;   // a negator before it has turned it
};

// One field of the input, read: what the later steps look at.
struct Reading {
  const CompiledRules* rules = nullptr;
  const LanguageRules* language = nullptr;
  std::span<const text::Token> tokens;
  Field field = Field::text;
};

// Enters each hit into the tally: what it says by itself, then what each modifier around it
// changes, every step under the modifier's own rule. One outcome for each hit, appended to
// `outcomes`' vector.
class Effects {
 public:
  Effects(const Reading& reading, const Matcher& matcher, const Scopes& scopes, Tally& tally)
      : reading_(reading), matcher_(matcher), scopes_(scopes), tally_(tally) {}

  [[nodiscard]] Outcome enter(std::size_t hit);

 private:
  // What a hit says at present: values and amounts, before plain links.
  struct Part {
    std::uint8_t axis;
    std::uint16_t value;
    double amount;
  };
  static constexpr std::size_t max_parts = 8;
  struct Parts {
    std::array<Part, max_parts> all;  // up to `count`; the rest is not worth writing
    std::size_t count = 0;
    void push(const Part& part) {
      if (count < max_parts) all[count++] = part;
    }
    [[nodiscard]] std::span<const Part> view() const { return {all.data(), count}; }
  };

  [[nodiscard]] Outcome enter_plain(const Hit& hit);
  void post(const Parts& parts, double sign, const Origin& origin);
  void scale(Parts& parts, double factor, const Origin& origin);
  void turn(Parts& parts, When when, const Origin& origin);
  void apply_factors(Parts& parts, const Circumstances& around);
  void emphasise(Parts& parts, Modifier mark, std::uint32_t token);
  [[nodiscard]] Origin origin_of(std::uint32_t rule, std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] Origin origin_of_modifier(std::uint32_t modifier) const;
  [[nodiscard]] double weight_of(std::uint32_t modifier) const;
  [[nodiscard]] double polarity_of(const Parts& parts) const;

  const Reading& reading_;
  const Matcher& matcher_;
  const Scopes& scopes_;
  Tally& tally_;
};

}  // namespace testigo::classify
