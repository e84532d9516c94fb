#pragma once

#include <memory>
#include <span>
#include <vector>

#include "classify/collect.h"
#include "classify/compiled.h"
#include "classify/lint.h"

namespace testigo::classify {

// What compiling yields: usable rules, and everything that is wrong in the files. Rows with errors
// are left out of the rules, so that lint can go on and find the rest.
struct Compilation {
  std::shared_ptr<const CompiledRules> rules;
  std::vector<Finding> findings;  // by path and line
};
[[nodiscard]] Compilation compile(std::span<const RulesFile> files);

}  // namespace testigo::classify
