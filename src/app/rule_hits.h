#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "classify/classifier.h"
#include "core/result.h"

namespace testigo::app {

// In how many texts a rule gave a reason, and what those are labelled with, where they are.
struct RuleHits {
  std::size_t texts = 0;
  std::map<std::string, std::size_t> labels;
};

// By rule, over JSONL files of rows with `text` and perhaps `label`, of an object its tag. The text
// alone is judged. Errc::malformed and not_found name file and line.
[[nodiscard]] Result<std::map<std::string, RuleHits>> count_rule_hits(
    const classify::Classifier& classifier, const std::vector<std::string>& files);

}  // namespace testigo::app
