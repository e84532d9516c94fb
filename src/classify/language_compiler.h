#pragma once

#include <span>
#include <string>
#include <vector>

#include "classify/collect.h"
#include "classify/compiled.h"
#include "classify/rule_row.h"
#include "classify/rule_samples.h"

namespace testigo::classify {

struct CompiledLanguage {
  LanguageRules rules;
  std::vector<Finding> findings;
  std::vector<RuleSample> samples;
};

// What one language is compiled from. `rows` and `classes` may hold those of others too.
struct LanguageSources {
  std::string language;
  std::span<const std::string> all_languages;
  std::span<const HeadedRow> rows;
  std::span<const PlacedRow> classes;
  bool reports_shared = false;  // whether this one tells of what is wrong in shared tables
  bool with_samples = false;    // whether samples of the rules are wanted
};

// `layout` needs its slots and themes only. Touches nothing else, so that languages can be compiled
// side by side.
[[nodiscard]] CompiledLanguage compile_language(const LanguageSources& sources,
                                                const CompiledRules& layout);

}  // namespace testigo::classify
