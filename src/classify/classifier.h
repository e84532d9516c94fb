#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "classify/brand_switch.h"
#include "classify/rules.h"
#include "core/post.h"
#include "core/verdict.h"

namespace testigo::classify {

// What there is to judge. Views must live for the duration of the call only.
struct ClassifyInput {
  std::string_view text;  // UTF-8 as given; spans count its bytes
  std::optional<std::string_view> title;
  std::optional<std::string_view> language;  // BCP 47; absent: identified from text and title
  std::optional<std::string_view> stated_language;  // BCP 47, as the source says of all that it
                                                    // shows: it holds unless the text clearly
                                                    // is in another
  std::optional<Rating> rating;
  std::span<const std::string> brands;  // names to look for; targets come back under these
  std::optional<BrandSwitch> goes;      // blame is then the first one's, praise the second one's
  bool by_brand = false;                // written by the brand's own account
};

// Judges texts by the rules. Linear in the text. Thread-safe: each thread has a scratch buffer that
// is reused, so nothing is allocated per token. Holds a (shared) copy of the rules.
class Classifier {
 public:
  explicit Classifier(Rules rules);

  // Never fails: no text, or a language without rules, gives a verdict whose axes are empty.
  // Malformed UTF-8 is read as U+FFFD. With `explain`, `why` has every reason, and per axis and
  // value they sum to the logit that decided.
  [[nodiscard]] Verdict classify(const ClassifyInput& input, bool explain) const;

  [[nodiscard]] const Rules& rules() const { return rules_; }

 private:
  Rules rules_;
};

}  // namespace testigo::classify
