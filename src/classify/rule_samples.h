#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classify/pattern.h"

namespace testigo::classify {

// A text that a rule's pattern fits: what one says who says it that way and nothing else.
struct RuleSample {
  std::uint32_t rule = 0;  // in LanguageRules::rules
  std::string text;
};

// Stands in samples for a brand that was named to look for; folded.
inline constexpr std::string_view sample_brand = "samplebrand";

// Texts for the ways in which a pattern can be said, so many that each word of a choice stands in
// one of them, up to a limit.
[[nodiscard]] std::vector<std::string> samples_of(const std::vector<Sequence>& ways,
                                                  const AtomSets& sets);

}  // namespace testigo::classify
