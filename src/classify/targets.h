#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "classify/brand_switch.h"
#include "classify/comparisons.h"
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
// named last before it, if its sentence names no others; what compares brands goes to the one that
// wins, and with the sign turned to the one that loses (comparisons.h).
//
// Where the author goes from one brand to another, blame that both would share is that of the one
// they leave and praise that of the one they go to, whether or not the text names it; but what a
// clause that tells of no switch says of one of them is that one's.
class Targets {
 public:
  void reset(std::size_t brands, const std::optional<BrandSwitch>& goes);
  void note(const Reading& reading, const Scopes& scopes, std::span<const BrandAt> named,
            std::span<const Hit> modifiers, std::span<const Outcome> outcomes);
  // One for each brand that is named or an end of the switch, in the order given. A text that names
  // one brand only speaks of that one: it gets the whole verdict's tag and score. A text that as a
  // whole complains does so of the brand that is left, if it says no more of that; one that
  // praises, of the brand gone to.
  [[nodiscard]] std::vector<Target> list(std::span<const std::string> brands,
                                         const Verdict& whole) const;

 private:
  struct Sum {
    bool named = false;
    double good = 0.0;
    double bad = 0.0;
  };

  class Attribution;

  void give(std::uint16_t brand, double polarity);
  void share(std::span<const BrandAt> sharers, double polarity);
  void share_by_switch(const Attribution& attribution, const Outcome& outcome);
  [[nodiscard]] Tag tag_of(std::uint16_t brand, double score, const Verdict& whole) const;

  std::vector<Sum> sums_;  // by brand
  bool compared_ = false;
  std::optional<BrandSwitch> goes_;
  Comparisons comparisons_;
};

}  // namespace testigo::classify
