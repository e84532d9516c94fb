#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classify/effects.h"
#include "classify/matcher.h"
#include "classify/scopes.h"
#include "core/verdict.h"
#include "text/words.h"

namespace testigo::classify {

// Where the given brands are named: as words ("Acme Cloud"), hashtags or @names, whatever their case.
[[nodiscard]] std::vector<BrandAt> find_brands(std::span<const std::string> brands,
                                               const text::Tokenizer& tokenizer,
                                               std::span<const text::Token> tokens);

// Who is praised and who is blamed. What a hit says goes to the brand nearest in its clause, else to
// the last one named before it; after a comparator ("than") to the brand there with the sign turned,
// and to the brand before it as it is.
class Targets {
 public:
  void reset(std::size_t brands);
  void note(const Reading& reading, const Scopes& scopes, std::span<const BrandAt> named,
            std::span<const Hit> modifiers, std::span<const Outcome> outcomes);
  // One for each brand that is named, in the order given. A text that names one brand only speaks of
  // that one: it gets the whole verdict's tag and score.
  [[nodiscard]] std::vector<Target> list(std::span<const std::string> brands, const Verdict& whole) const;

 private:
  struct Sum {
    bool named = false;
    double good = 0.0;
    double bad = 0.0;
  };

  void give(std::uint16_t brand, double polarity);

  std::vector<Sum> sums_;  // by brand
  bool compared_ = false;
  std::vector<std::uint32_t> comparators_;  // by clause: the token where one stands, or none
};

}  // namespace testigo::classify
