#pragma once

#include <span>
#include <vector>

#include "classify/compile.h"

namespace testigo::classify {

// Rules that stand in each other's way, found by trying them on texts that they fit: one that never
// counts because another counts in its place wherever it is found, and one that says the opposite
// of another of the same words. Warnings, each once, naming the other rule and its place.
// `compilation` must have samples.
[[nodiscard]] std::vector<Finding> find_clashes(const Compilation& compilation);

}  // namespace testigo::classify
