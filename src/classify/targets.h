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

// Where the given brands are named: as words ("Acme Cloud"), hashtags or @names, whatever their
// case.
[[nodiscard]] std::vector<BrandAt> find_brands(std::span<const std::string> brands,
                                               const text::Tokenizer& tokenizer,
                                               std::span<const text::Token> tokens);

// Who is praised and who is blamed. What a hit says goes to the brands of its clause, else to those
// named last before it. Before a comparator ("than") it goes to the brand named before that, and
// with the sign turned to the brand after it.
class Targets {
 public:
  void reset(std::size_t brands);
  void note(const Reading& reading, const Scopes& scopes, std::span<const BrandAt> named,
            std::span<const Hit> modifiers, std::span<const Outcome> outcomes);
  // One for each brand that is named, in the order given. A text that names one brand only speaks
  // of that one: it gets the whole verdict's tag and score.
  [[nodiscard]] std::vector<Target> list(std::span<const std::string> brands,
                                         const Verdict& whole) const;

 private:
  struct Sum {
    bool named = false;
    double good = 0.0;
    double bad = 0.0;
  };

  void give(std::uint16_t brand, double polarity);
  void share(std::span<const BrandAt> sharers, double polarity);

  std::vector<Sum> sums_;  // by brand
  bool compared_ = false;
  std::vector<std::uint32_t> comparators_;  // by sentence: its first one, or none
};

}  // namespace testigo::classify
