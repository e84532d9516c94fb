#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "classify/collect.h"
#include "classify/compiled.h"
#include "classify/lint.h"
#include "classify/rule_samples.h"

namespace testigo::classify {

// What compiling yields: usable rules, and everything that is wrong in the files. Rows with errors
// are left out of the rules, so that lint can go on and find the rest.
struct Compilation {
  std::shared_ptr<const CompiledRules> rules;
  std::vector<Finding> findings;                           // by path and line
  std::map<std::string, std::vector<RuleSample>> samples;  // by language, where they are asked for
};
enum class Samples : bool { no, yes };
[[nodiscard]] Compilation compile(std::span<const RulesFile> files, Samples samples = Samples::no);

}  // namespace testigo::classify
